"""Builds the sections of a report from what the runs found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from evals.figures import (
    Failure,
    Figure,
    Section,
    averaged,
    citation_figures,
    counted,
    failures_of,
    grouped,
)
from evals.metrics import grounding, numbers, retrieval
from evals.outcomes import Outcome
from evals.sets import Item

if TYPE_CHECKING:
    from corpus.library import Library

NumberRow = tuple[Item, numbers.Outcome, dict[str, Any]]

#: Japanese names of how a question with numbers can go
NUMBER_TITLES = {
    "right": "正しい数値",
    "wrong": "誤った数値",
    "asked": "不足の確認",
    "none": "数値なし",
}


def citations(outcomes: Sequence[Outcome], name: str, title: str) -> Section:
    """Citation and abstention figures with their breakdowns and failures."""
    dimensions = ("type", "agreement", "persona", "set", "origin")
    return Section(
        name,
        title,
        citation_figures(outcomes, name),
        grouped(outcomes, dimensions, citation_figures, name),
        failures_of(outcomes),
    )


def ungrounded(outcomes: Iterable[Outcome], library: Library) -> Section:
    """Quotes, numbers and agreements of answers that stand nowhere; all must be zero."""
    failures, kinds, count = [], {"quotes": 0, "numbers": 0, "foreign": 0}, 0
    for one in outcomes:
        count += 1
        for kind, found in _violations(one, library):
            kinds[kind] += 1
            failures.append(
                Failure(one.id, one.question, "出どころのある文言", found, kind, one.tags["half"])
            )
    titles = {
        "quotes": "改変された引用",
        "numbers": "出どころのない数値",
        "foreign": "別規約の引用",
    }
    figures = tuple(
        counted(f"grounding.{kind}", titles[kind], number, count) for kind, number in kinds.items()
    )
    return Section("grounding", "根拠の検査（決定的な回答）", figures, {}, tuple(failures))


def _violations(one: Outcome, library: Library) -> list[tuple[str, str]]:
    answer = one.answer
    cited = answer.get("citations", [])
    texts = {entry["id"]: _full_text(entry["id"], library) for entry in cited}
    sources = [*texts.values(), one.question, *grounding.step_texts(answer.get("calculations", []))]
    sources += [_display(id, library) for id in texts]
    found = [("quotes", id) for id in grounding.false_quotes(cited, texts)]
    found += [
        ("quotes", text) for text in grounding.false_brackets(answer.get("text", ""), sources)
    ]
    if one.tags["set"] != "conversations":  # a later turn may repeat an earlier turn's number
        found += [
            ("numbers", text) for text in grounding.false_numbers(answer.get("text", ""), sources)
        ]
        meant = [one.tags["agreement"]] if one.tags["agreement"] in library.ids else []
        found += [("foreign", id) for id in grounding.foreign_citations(one.cited, meant)]
    return found


def _full_text(id: str, library: Library) -> str:
    from corpus.errors import YakkanError

    try:
        return library.clause(id).full_text
    except YakkanError:
        return ""


def _display(id: str, library: Library) -> str:
    from corpus.errors import YakkanError

    try:
        return library.version(id.split(":")[0]).display(id)
    except YakkanError:
        return ""


def number_section(rows: Sequence[NumberRow], name: str, title: str) -> Section:
    """Shares of right, wrong, asked and silent, by rule, with everything that is not right."""
    groups = {
        rule: _number_figures([row for row in rows if _rule(row[0]) == rule], f"{name}.type.{rule}")
        for rule in sorted({_rule(row[0]) for row in rows})
    }
    failures = tuple(_number_failure(row) for row in rows if row[1] != "right")
    return Section(name, title, _number_figures(rows, name), {"type": groups}, failures)


def _number_figures(rows: Sequence[NumberRow], prefix: str) -> tuple[Figure, ...]:
    return tuple(
        averaged(
            f"{prefix}.{kind}",
            kind_title,
            [float(row[1] == kind) for row in rows],
            higher=kind == "right",
        )
        for kind, kind_title in NUMBER_TITLES.items()
    )


def _rule(item: Item) -> str:
    expect = item.get("expect") or [{}]
    return str(item.get("rule") or expect[0].get("rule") or "なし")


def _number_failure(row: NumberRow) -> Failure:
    item, how, answer = row
    results = answer.get("calculations") or ([answer] if answer.get("outputs") else [])
    found = "; ".join(f"{one.get('rule')}={one.get('outputs')}" for one in results)
    wanted = item.get("expected") or [one.get("expected") for one in item.get("expect", [])]
    return Failure(
        item["id"],
        item.get("question") or f"{_rule(item)} {item.get('agreement', '')}",
        f"{wanted} 不足={item.get('missing', [])}",
        found or f"{answer.get('status', '')} 不足={answer.get('missing', [])}",
        NUMBER_TITLES[how],
        item.get("half", "-"),
    )


def words_section(rows: Sequence[tuple[Item, list[str]]], single: frozenset[str]) -> Section:
    """The same figures for the text search by words alone, without notes, vectors or judgement.

    What the tokenizer does shows here; where notes speak as well it hardly does. Its misses are
    no failures of the assistant and are not listed.
    """
    asked = [row for row in rows if row[0].get("gold")]
    return Section(
        "words", "語だけの検索（ノートなし）", _retrieval_figures(asked, single, "words")
    )


def retrieval_section(rows: Sequence[tuple[Item, list[str]]], single: frozenset[str]) -> Section:
    """Recall@1/5/10 over groups, nDCG@10 and MRR of ranked clause ids, by question type."""
    asked = [row for row in rows if row[0].get("gold")]
    groups = {
        dimension: {
            value: _retrieval_figures(
                [row for row in asked if str(row[0].get(field) or "指定なし") == value],
                single,
                f"retrieval.{dimension}.{value}",
            )
            for value in sorted({str(row[0].get(field) or "指定なし") for row in asked})
        }
        for dimension, field in (("type", "type"), ("agreement", "service"), ("origin", "origin"))
    }
    failures = tuple(
        Failure(
            item["id"],
            item["question"],
            "; ".join("/".join(group) for group in item["gold"]),
            ", ".join(ranked[:5]) or "なし",
            "上位5件に正解がそろわない",
            item.get("half", "-"),
        )
        for item, ranked in asked
        if retrieval.group_recall(ranked, item["gold"], 5, single) != 1
    )
    figures = _retrieval_figures(asked, single, "retrieval")
    return Section("retrieval", "条文の検索", figures, groups, failures)


def _retrieval_figures(
    rows: Sequence[tuple[Item, list[str]]], single: frozenset[str], prefix: str
) -> tuple[Figure, ...]:
    gains = [retrieval.covering_qrels(ranked, item["gold"], single) for item, ranked in rows]
    recalls = {
        k: [retrieval.group_recall(ranked, item["gold"], k, single) or 0.0 for item, ranked in rows]
        for k in (5, 1, 10)
    }
    figures = [
        averaged(f"{prefix}.recall_{k}", f"recall@{k}", values) for k, values in recalls.items()
    ]
    ndcg = [
        retrieval.group_ndcg(gain, len(row[0]["gold"]))
        for gain, row in zip(gains, rows, strict=True)
    ]
    mrr = [1 / (gain.index(1) + 1) if 1 in gain[:10] else 0.0 for gain in gains]
    figures += [
        averaged(f"{prefix}.ndcg_10", "nDCG@10", ndcg),
        averaged(f"{prefix}.mrr", "MRR", mrr),
    ]
    lone = [gain for gain, row in zip(gains, rows, strict=True) if len(row[0]["gold"]) == 1]
    first = [float(gain[:1] == [1]) for gain in lone]
    figures.append(averaged(f"{prefix}.first", "先頭が正解（条文1つの質問）", first))
    return tuple(figures)
