"""What is answered to a remark (`understanding/remarks.py`): a friendly word, or the last answer again.

A friendly word cites nothing and asks for the question (`needs_input`); it is no turn of its own,
so that the talk goes on where it was. 「要するに?」 tells the clauses of the last answer once more by
their notes, 「ほかには?」 the next clauses on the same matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant import wording
from assistant.answer import Answer, Citation
from assistant.composer import compose, own_words
from assistant.findings import Finding, Plan
from assistant.lookup import NEAR, around, chosen_of
from assistant.recall import Recall
from assistant.suggesting import suggestions
from assistant.understanding.remarks import ABOUT_ANSWER, Remark

#: of the clauses not yet told the next ones have this share of the likelihood, at most so many
FURTHER, MOST = 0.25, 2
#: so many paragraphs of an agreement are all that is told of one matter
ENOUGH = 4
_SENTENCE = re.compile(r"[^。]+。?")


def friendly(remark: Remark, text: str, last: Answer | None, titles: Iterable[str]) -> Answer:
    """The friendly word to a remark; what the last answer asked for is asked for again."""
    told = wording.REMARKS["about" if remark in ABOUT_ANSWER else remark]
    said = told.format(titles=wording.join(titles), how=wording.HOW_TO_ASK)
    if last is not None and last.missing:
        said += wording.ask_for(last.missing)
    offered = last.suggestions if last is not None else wording.EXAMPLES
    missing = last.missing if last is not None else ()
    return Answer(text, "needs_input", said, missing=missing, suggestions=offered)


def again(remark: Remark, text: str, last: Answer) -> Answer:
    """The last answer once more: sentence by sentence, or the first sentence of each clause."""
    if not last.citations:
        return replace(last, question=text, text=f"{wording.STILL[remark]}{last.text}", carried=())
    head = last.text.split("\n")[: len(last.calculations)]
    lines = [line for citation in last.citations for line in _plainly(remark, citation)]
    asked = [wording.ask_for(last.missing)] if last.missing else []
    blocks = [*head, wording.AGAIN[remark], *lines, *asked]
    if remark == "unclear":
        blocks.append(wording.ASK_THE_WORD)
    return replace(
        last, question=text, text="\n".join(blocks), correction="", carried=(wording.LAST_ANSWER,)
    )


def _plainly(remark: Remark, citation: Citation) -> list[str]:
    said = citation.summary or own_words(citation.quote)
    sentences = (
        [wording.sentence(s) for s in _SENTENCE.findall(said)] if citation.summary else [said]
    )
    kept = sentences[:1] if remark == "gist" else sentences
    return [*(f"・{s}" for s in kept[:-1]), f"・{kept[-1]}（{citation.display}）"]


def further(
    recall: Recall, text: str, words: str, last: Answer, told: Sequence[str], titles: Iterable[str]
) -> Answer:
    """The clauses that come next to `words`, what the talk is about, beside those `told`.

    Where there is none, the last answer's clauses with the word that they are all.
    """
    agreements = dict.fromkeys(address.split(":")[0] for address in told)
    found = [_next(recall, id, words, told) for id in agreements if id in recall.fields]
    findings = tuple(finding for finding in found if finding is not None)
    if not findings:
        return replace(
            last, question=text, text=wording.NOTHING_ELSE, calculations=(), missing=(),
            assumptions=(), alternatives=(), correction="", carried=(wording.LAST_ANSWER,),
        )  # fmt: skip
    plan = Plan(
        findings, carried=(wording.LAST_QUESTION,), suggestions=suggestions(recall, findings)
    )
    answer = compose(words, plan, titles)
    return replace(answer, question=text, text=f"{wording.FURTHER}\n{answer.text}")


def _next(recall: Recall, agreement: str, words: str, told: Sequence[str]) -> Finding | None:
    version = recall.versions[agreement]
    known = {a.split("(")[0] for a in told if a.startswith(f"{agreement}:")}
    near: Mapping[str, float] = dict.fromkeys(around(recall, known), NEAR)
    verdict = recall.judge(recall.ask(words), agreement, favoured=near)
    if verdict is None or len(known) >= ENOUGH:
        return None
    left = {address: p for address, p in verdict.shares.items() if address not in known}
    likely = [c for c in verdict.clauses if c.id in left]
    floor = FURTHER * sum(left.values())
    chosen = tuple(
        chosen_of(recall, version, c.id, c.probability) for c in likely if c.probability >= floor
    )
    return Finding(version, "answered", chosen[:MOST]) if chosen else None
