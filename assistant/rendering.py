"""One answer, three renderings: for the customer, for the agent, for the record.

All three only arrange what the answer holds. They are plain text; a surface that draws
cards or tables (the app, rich) takes the same fields and escapes them itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.answer import STATUS_LABELS, Answer, Citation
from assistant.wording import counted, jdate

DISCLAIMER = (
    "この回答は利用規約の案内であり、法的な助言ではありません。"
    "個別のご事情は問い合わせ窓口でご確認ください。"
)


def customer(answer: Answer, contact: str = "") -> str:
    """What a customer reads: the plain answer, then each clause word for word."""
    blocks = [*_plain(answer), *_clauses(answer), *_calculations(answer), *_open_points(answer)]
    blocks.append(DISCLAIMER if not contact else f"{DISCLAIMER}（窓口: {contact}）")
    return "\n\n".join(blocks)


def reply(answer: Answer) -> str:
    """Text that an agent pastes into a reply to a customer."""
    blocks = ["お問い合わせありがとうございます。", *_plain(answer), *_calculations(answer)]
    if answer.citations:
        places = "\n".join(f"・{c.display}\n  「{c.quote}」" for c in answer.citations)
        blocks.append(f"【根拠となる規約の条文】\n{places}")
    blocks += [*_open_points(answer), "ご不明な点がございましたら、お気軽にお問い合わせください。"]
    return "\n\n".join(blocks)


def agent(answer: Answer) -> str:
    """What a support agent reads: status first, then the customer's view and the checks."""
    blocks = [f"[{STATUS_LABELS[answer.status]}]", *_plain(answer), *_clauses(answer)]
    blocks += [*_calculations(answer), *_open_points(answer)]
    if answer.checked:
        blocks.append("確認した条項: " + "、".join(answer.checked))
    return "\n\n".join(blocks)


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
    return "\n".join(lines)


def _plain(answer: Answer) -> list[str]:
    carried = [f"（引き継いだ内容: {'、'.join(answer.carried)}）"] if answer.carried else []
    return [*carried, answer.text]


def _clauses(answer: Answer) -> Iterator[str]:
    for citation in answer.citations:
        yield f"■ {heading(citation)}  [{citation.address}]\n{citation.quote}"


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


def _calculations(answer: Answer) -> Iterator[str]:
    for result in answer.calculations:
        lines = [
            f"　{step['label']}: {step['expression']} = "
            + counted(step["value"], step.get("unit", ""))
            + (f"  [{step['clause']}]" if step.get("clause") else "")
            for step in result.get("steps", ())
        ]
        yield "計算の内訳（" + str(result["agreement"]) + "）\n" + "\n".join(lines)


def _open_points(answer: Answer) -> Iterator[str]:
    if answer.assumptions:
        yield "前提にしたこと\n" + "\n".join(f"・{text}" for text in answer.assumptions)
    if answer.alternatives:
        yield "別の読み方\n" + "\n".join(
            f"・{row['reading']}: {_value(row)}（{row.get('reason', '')}）"
            for row in answer.alternatives
        )
    if answer.warnings:
        yield "ご注意\n" + "\n".join(f"・{text}" for text in answer.warnings)
    if answer.suggestions:
        yield "続けて聞けること\n" + "\n".join(f"・{text}" for text in answer.suggestions)


def _value(reading: Mapping[str, Any]) -> str:
    """What another reading gives, as it is said."""
    value = reading["value"]
    return jdate(value) if isinstance(value, str) else counted(value, reading.get("unit", ""))
