"""The numbers that Word prints but does not store in a paragraph's text (第%1条, （%2）…)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from corpus.numerals import CIRCLED, IROHA, KATAKANA

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KANJI = "〇一二三四五六七八九"


class Numbering:
    """Counters over one document's lists; call `mark` for its paragraphs in order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {a.get(f"{_W}abstractNumId"): _levels(a) for a in root.iter(f"{_W}abstractNum")}
        for num in root.iter(f"{_W}num"):
            link = num.find(f"{_W}abstractNumId")
            if link is not None:
                self._levels[num.get(f"{_W}numId")] = abstract.get(link.get(f"{_W}val"), {})

    def mark(self, paragraph: Any) -> str:
        """The printed mark of `paragraph` with a space after it, or nothing."""
        found = _num_pr(paragraph)
        if found is None or found[0] not in self._levels:
            return ""
        num, level = found
        levels = self._levels[num]
        if level not in levels:
            return ""
        counts = self._counts[num]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        form, text, _start = levels[level]
        if form == "bullet":
            return "- "
        for k, (fmt, _t, start) in levels.items():
            text = text.replace(f"%{k + 1}", _number(counts.get(k, start), fmt))
        return f"{'    ' * level if text.endswith('.') else ''}{text} "


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    found = {}
    for level in abstract.iter(f"{_W}lvl"):
        form, text, start = (level.find(f"{_W}{name}") for name in ("numFmt", "lvlText", "start"))
        if form is not None and text is not None:
            first = int(start.get(f"{_W}val", "1")) if start is not None else 1
            found[int(level.get(f"{_W}ilvl", "0"))] = (
                form.get(f"{_W}val"),
                text.get(f"{_W}val") or "",
                first,
            )
    return found


def _num_pr(paragraph: Any) -> tuple[str, int] | None:
    properties = [
        paragraph._p.pPr,
        paragraph.style.element.pPr if paragraph.style is not None else None,
    ]
    for owner in properties:
        num_pr = None if owner is None else owner.numPr
        if num_pr is not None and num_pr.numId is not None:
            level = num_pr.ilvl.val if num_pr.ilvl is not None else 0
            return str(num_pr.numId.val), int(level)
    return None


def _number(value: int, form: str) -> str:
    """`value` as Word's number format prints it."""
    if form in ("aiueo", "aiueoFullWidth") and value <= len(KATAKANA):
        return KATAKANA[value - 1]
    if form in ("iroha", "irohaFullWidth") and value <= len(IROHA):
        return IROHA[value - 1]
    if form.startswith("decimalEnclosedCircle") and value <= len(CIRCLED):
        return CIRCLED[value - 1]
    if form in (
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCountingThousand",
        "chineseCounting",
    ):
        return _kanji(value)
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(d)) for d in str(value))
    if form == "lowerLetter":
        return chr(ord("a") + (value - 1) % 26)
    return str(value)


def _kanji(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_KANJI[tens]}十")
    return head + (_KANJI[ones] if ones or not tens else "")
