"""Which written questions are kept from the training of the encoder.

An eighth, chosen by the text alone, so that a question written for several agreements is kept
for all of them. What is measured or weighed on these is measured on questions that the encoder
has not seen. (What ships was distilled once with them, before `evals/distil_encoder.py` left them
out: it was shown the vectors that a teacher who had not seen them gave, not what they are for.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

#: one of so many questions is kept
SHARE = 8


def kept(text: str) -> bool:
    """Whether a written question is kept.

    >>> [kept(text) for text in ("譲渡できる?", "中途解約")]
    [True, False]
    """
    return hashlib.sha256(text.encode()).digest()[0] % SHARE == 0


def rows_kept(texts: Sequence[str]) -> NDArray[np.int64]:
    """The rows of the questions that are kept, ascending."""
    return np.flatnonzero([kept(text) for text in texts])
