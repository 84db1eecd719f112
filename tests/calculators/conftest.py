"""Hypothesis for the calculators: no deadline, since a busy machine is no failure."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("calculators", deadline=None)
settings.load_profile("calculators")
