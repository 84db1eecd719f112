"""Defect checks over agreements, one check a file.

A check is a module of this package with `CHECK` (its name), `TITLE` (Japanese) and
`check(version) -> Iterable[LintFinding]`. The registry walks the package: a new file is a
new check. A check must hold for any agreement; it knows no agreement by name.
"""

from __future__ import annotations

from corpus.lint.finding import LintFinding
from corpus.lint.registry import Check, checks, lint

__all__ = ["Check", "LintFinding", "checks", "lint"]
