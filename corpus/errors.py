"""The one base class for errors that a user may read.

Every message is Japanese and says what was wrong, the value, what is expected and what to
do next. The command line prints it without a traceback and exits non-zero.
"""

from __future__ import annotations


class YakkanError(Exception):
    """An error whose message is written for the user."""
