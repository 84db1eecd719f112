"""One answer, four renderings: for the customer, for a mail, for the agent, for the record.

All only arrange what the answer holds. They are plain text; a surface that draws cards or
tables (the app, rich) takes the same fields and escapes them itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant import wording
from assistant.answer import STATUS_LABELS, Answer, Citation
from assistant.spoken import spoken
from assistant.wording import counted, jdate

DISCLAIMER = (
    "この回答は利用規約の案内であり、法的な助言ではありません。"
    "個別のご事情は問い合わせ窓口でご確認ください。"
)
GREETING = "お問い合わせありがとうございます。"
FAREWELL = "ご不明な点がございましたら、お気軽にお問い合わせください。"
#: how a day of the question was read: the answer says the day in full
_READ = re.compile(r"『[^』]*』は\d+年\d+月\d+日と読みました。")


def customer(answer: Answer, contact: str = "") -> str:
    """What a customer reads: the plain answer, then each clause word for word."""
    blocks = [*_carried(answer), answer.text, *_clauses(answer), *_calculations(answer)]
    blocks += [*_open_points(answer), *_suggestions(answer)]
    blocks.append(DISCLAIMER if not contact else f"{DISCLAIMER}（窓口: {contact}）")
    return "\n\n".join(blocks)


def reply(answer: Answer) -> str:
    """Text that an agent pastes into a mail to a customer.

    It speaks as the desk: no codes, nothing about the conversation or about the clauses'
    weak points, and what the terms leave open is for the desk to find out.
    """
    blocks = [GREETING, *_replied(answer), *_calculations(answer, coded=False)]
    if answer.citations:
        places = "\n".join(f"・{c.display}\n  「{c.quote}」" for c in answer.citations)
        blocks.append(f"【根拠となる規約の条文】\n{places}")
    assumed = (text for text in answer.assumptions if not _READ.fullmatch(text))
    blocks += [*_bullets("前提にしたこと", assumed)]
    blocks += [*_bullets("ご注意", answer.warnings), FAREWELL]
    return "\n\n".join(blocks)


def agent(answer: Answer) -> str:
    """What a support agent reads: status first, then the answer, its clauses and the checks."""
    blocks = [f"[{STATUS_LABELS[answer.status]}]", *_carried(answer), for_staff(answer)]
    blocks += [*_clauses(answer), *_calculations(answer)]
    blocks += [*_open_points(answer), *_bullets("社内の注意", answer.remarks)]
    blocks += [*_looked(answer), *_suggestions(answer)]
    return "\n\n".join(block for block in blocks if block)


def for_staff(answer: Answer) -> str:
    """The plain answer for the desk, which cannot be told to ask the desk."""
    lines = [answer.told]
    if answer.missing:
        lines = [wording.ask_for(answer.missing), answer.told]
        ours = [entry.title for entry in answer.missing if entry.by_provider]
        lines += [f"当社側で確認する点: {wording.join(ours)}"] if ours else []
    elif answer.silent:
        lines.append(answer.text if not answer.told else wording.CHECK_INSIDE)
    elif not answer.told:
        lines = [answer.text]
    return "\n".join(line for line in lines if line)


def record(answer: Answer) -> str:
    """What compliance files: status, addresses, versions, hashes and quotes."""
    lines = [f"質問: {answer.question}", f"判定: {answer.status}（{STATUS_LABELS[answer.status]}）"]
    lines += [f"回答: {answer.text}", f"作成: {answer.origin}"]
    lines += [
        f"引用: {c.address} 版 {c.version} hash {c.hash}\n  {c.quote}" for c in answer.citations
    ]
    lines += [
        f"計算: {r['rule']} {r['agreement']} 版 {r['version']} = {r['value']} {r.get('unit') or ''}"
        for r in answer.calculations
    ]
    lines += [f"確認した条項: {address}" for address in answer.checked]
    lines += [f"注意: {text}" for text in (*answer.warnings, *answer.remarks)]
    lines += [f"控えた理由: {text}" for text in answer.withheld]
    return "\n".join(lines)


def _carried(answer: Answer) -> list[str]:
    return [f"（引き継いだ内容: {'、'.join(answer.carried)}）"] if answer.carried else []


def _replied(answer: Answer) -> Iterator[str]:
    """The answer as the desk writes it, with what it wants to know or will find out."""
    if answer.told:
        yield answer.told
    if answer.missing:
        asked = [entry for entry in answer.missing if not entry.by_provider]
        yield from _bullets(wording.TELL_US, map(wording.with_unit, asked))
        if len(asked) < len(answer.missing):
            yield wording.WE_CHECK_OURS
    elif answer.status == "needs_input":
        yield wording.TELL_US_WHAT
    elif answer.status == "out_of_scope":
        yield wording.WE_CHECK_OTHER
    elif answer.asking:
        yield wording.WE_CHECK


def _clauses(answer: Answer) -> Iterator[str]:
    yield from map(_clause, answer.citations)


def _clause(citation: Citation) -> str:
    return f"■ {heading(citation)}  [{citation.address}]\n{citation.quote}"


def _looked(answer: Answer) -> Iterator[str]:
    """The clauses that were looked at and do not answer, beside those that are cited."""
    cited = {c.address for c in answer.citations}
    found = [_clause(c) for c in answer.looked if c.address not in cited]
    if found:
        yield "確認した条項（お尋ねの点の定めはありません）\n" + "\n".join(found)


def heading(citation: Citation) -> str:
    """Display address with the article's caption."""
    return citation.display + (f"（{citation.caption}）" if citation.caption else "")


def decisive_words(answer: Answer) -> list[str]:
    """The decisive words of every quote, for a surface that can set them apart.

    >>> from assistant.answer import Citation
    >>> c = Citation("a:1.1", "年14.5%とします。", "a", "2026-01-01", "", "", marks=((1, 6),))
    >>> decisive_words(Answer("", "answered", "", (c,)))
    ['14.5%']
    """
    return [c.quote[start:end] for c in answer.citations for start, end in c.marks]


def _calculations(answer: Answer, *, coded: bool = True) -> Iterator[str]:
    """The steps of each calculation; `coded` adds the address that each stands on."""
    names = {c.agreement: c.display.split(" 第")[0] for c in answer.citations}
    for result in answer.calculations:
        name = names.get(str(result["agreement"]), "") if len(answer.calculations) > 1 else ""
        title = f"計算の内訳（{name}）" if name else "計算の内訳"
        yield "\n".join([title, *(_step(step, coded) for step in result.get("steps", ()))])


def _step(step: Mapping[str, Any], coded: bool) -> str:
    value = spoken(counted(step["value"], step.get("unit", "")))
    code = f"  [{step['clause']}]" if coded and step.get("clause") else ""
    return f"　{spoken(step['label'])}: {spoken(step['expression'])} = {value}{code}"


def _open_points(answer: Answer) -> Iterator[str]:
    yield from _bullets("前提にしたこと", answer.assumptions)
    yield from _bullets("別の読み方", map(_reading, answer.alternatives))
    yield from _bullets("ご注意", answer.warnings)


def _suggestions(answer: Answer) -> Iterator[str]:
    yield from _bullets("続けて聞けること", answer.suggestions)


def _bullets(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A titled list; nothing where there are no lines."""
    listed = [f"・{line}" for line in lines]
    if listed:
        yield "\n".join([title, *listed])


def _reading(row: Mapping[str, Any]) -> str:
    passed = "、すでに過ぎています" if row.get("passed") else ""
    return f"{row['reading']}: {_value(row)}{passed}（{row.get('reason', '')}）"


def _value(reading: Mapping[str, Any]) -> str:
    """What another reading gives, as it is said."""
    value = reading["value"]
    return jdate(value) if isinstance(value, str) else counted(value, reading.get("unit", ""))
