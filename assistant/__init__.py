"""Answering: question understanding, planning, answers, surfaces."""

import index  # noqa: F401 - its settings for BLAS must stand before NumPy is loaded
