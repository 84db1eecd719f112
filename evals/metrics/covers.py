"""When a cited clause covers a gold clause: the relation all citation metrics stand on.

A cited id covers a gold id if it is the same clause, lies inside it, or is the paragraph that
holds the gold item. `x:n` and `x:n.1` are the same where article n has one paragraph only; a
bare article covers a paragraph only there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

_ARTICLE = re.compile(r"[^:]+:[^.(]+\Z")
_PARAGRAPH = re.compile(r"[^:]+:[^.(]+\.\d+\Z")


def canonical(id: str, single: Collection[str] = ()) -> str:
    """The id with a one-paragraph article written as its paragraph.

    `single` holds the article ids that have exactly one paragraph.

    >>> canonical("sg:26", {"sg:26"}), canonical("sg:27", {"sg:26"})
    ('sg:26.1', 'sg:27')
    """
    return f"{id}.1" if id in single else id


def inside(inner: str, outer: str) -> bool:
    """Whether clause `inner` lies strictly inside clause `outer` (both as written).

    >>> inside("sg:18.1(2)①", "sg:18.1(2)"), inside("sg:18.1", "sg:1"), inside("sg:1", "sg:1")
    (True, False, False)
    """
    if not inner.startswith(outer) or len(inner) == len(outer):
        return False
    if _ARTICLE.match(outer):
        return inner[len(outer)] == "."
    if _PARAGRAPH.match(outer):
        return inner[len(outer)] == "("
    return outer.endswith(")")


def covers(cited: str, gold: str, single: Collection[str] = ()) -> bool:
    """Whether citing `cited` covers the gold id `gold`.

    >>> covers("sg:18.1", "sg:18.1(2)")  # the paragraph that holds the gold item
    True
    >>> covers("sg:18.1(1)", "sg:18.1")  # lies inside the gold paragraph
    True
    >>> covers("sg:4", "sg:4.2"), covers("sg:26", "sg:26.1", {"sg:26"})
    (False, True)
    """
    cited, gold = canonical(cited, single), canonical(gold, single)
    if cited == gold or inside(cited, gold):
        return True
    return bool(_PARAGRAPH.match(cited)) and inside(gold, cited)


def group_covered(cited: Iterable[str], group: Sequence[str], single: Collection[str] = ()) -> bool:
    """Whether any cited id covers any id of the group.

    >>> group_covered(["sg:1", "sg:4.2"], ["sg:4.2", "sg:4.1"])
    True
    """
    return any(covers(one, gold, single) for one in cited for gold in group)
