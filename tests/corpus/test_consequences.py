"""Consequences of a change: what stood on the old words is named, what did not is left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus.comparison import Comparison, compare
from corpus.consequences import Consequence, consequences, summary
from corpus.errors import YakkanError
from corpus.library import Library, Version
from corpus.opening import version_of_text

LIBRARY = Library.load()
VPN = LIBRARY.version("vpn")


def against(text: str) -> Comparison:
    return compare(VPN, version_of_text(text, "vpn"))


def by_kind(found: dict[int, tuple[Consequence, ...]], kind: str) -> set[tuple[str, str]]:
    return {(c.clause, c.state) for rows in found.values() for c in rows if c.kind == kind}


def without_article(version: Version, number: int) -> str:
    """The text without one article, the later ones renumbered."""
    lines, skipping = [], False
    for line in version.text.split("\n"):
        heading = re.match(r"\s*第\s*([0-9０-９]+)\s*条\s*[（(]", line)
        if heading and line.rstrip().endswith(("）", ")")):
            found = int(heading[1])
            skipping = found == number
            if found > number:
                line = line.replace(heading[1], str(found - 1), 1)
        if not skipping:
            lines.append(line)
    return "\n".join(lines)


def test_a_changed_rate_makes_its_rule_and_note_stale_and_no_other() -> None:
    found = consequences(against(VPN.text.replace("14.6", "14.8")), library=LIBRARY)
    assert set(found) == {0}
    assert by_kind(found, "rule") == {("vpn:8.4", "stale")}
    assert by_kind(found, "note") == {("vpn:8.4", "stale")}


def test_an_answer_is_named_only_where_its_quote_is_gone() -> None:
    journal = [
        {
            "id": "a",
            "citations": [{"id": "vpn:8.4", "quote": "年率14.6%", "version": "2024-02-20"}],
        },
        {"id": "b", "citations": [{"id": "vpn:8.4", "quote": "遅延利息", "version": "2024-02-20"}]},
        {
            "id": "c",
            "citations": [{"id": "vpn:8.4", "quote": "年率14.6%", "version": "2019-04-01"}],
        },
        {"id": "d", "citations": [{"id": "sg:8.1", "quote": "諾否"}]},
    ]
    found = consequences(
        against(VPN.text.replace("14.6", "14.8")), library=LIBRARY, journal=journal
    )
    assert [c.name for rows in found.values() for c in rows if c.kind == "answer"] == ["a"]


def test_a_removed_article_leaves_its_dependents_gone_and_later_ones_renumbered() -> None:
    comparison = against(without_article(VPN, 21))
    assert [str(c.old) for c in comparison.changes if c.kind == "removed"] == ["vpn:21"]
    found = consequences(comparison, library=LIBRARY)
    assert ("vpn:21.1", "gone") in by_kind(found, "note")
    assert ("vpn:24.7", "renumbered") in by_kind(found, "note")
    assert ("vpn:8.4", "stale") not in by_kind(found, "note")


def test_a_reference_left_behind_by_renumbering_is_told() -> None:
    found = consequences(against(without_article(VPN, 9)), library=LIBRARY)
    references = [c for rows in found.values() for c in rows if c.kind == "reference"]
    assert any(c.name == "第17条（解約）" and c.clause == "vpn:14.2" for c in references)


def test_evaluation_items_are_named_with_their_file(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    rows = [{"id": "q1", "gold": [["vpn:8.4"]]}, {"id": "q2", "gold": [["vpn:9.1"]]}]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = consequences(
        against(VPN.text.replace("14.6", "14.8")), library=LIBRARY, evaluations=[file]
    )
    assert [c.name for rows in found.values() for c in rows if c.kind == "evaluation"] == ["own/q1"]


def test_a_broken_evaluation_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text('{"id": 1}\nnot json\n', encoding="utf-8")
    with pytest.raises(YakkanError, match="2 行目"):
        consequences(against(VPN.text), library=LIBRARY, evaluations=[file])


def test_no_change_has_no_consequence() -> None:
    assert consequences(against(VPN.text), library=LIBRARY) == {}


def test_topics_and_silences_that_name_the_clause_are_told() -> None:
    found = consequences(against(VPN.text.replace("14.6", "14.8")), library=LIBRARY)
    assert by_kind(found, "topic") == {("vpn:8.4", "stale")}
    changed = VPN.text.replace("によります。", "に従います。")
    silences = by_kind(consequences(against(changed), library=LIBRARY), "silence")
    assert ("vpn:8.1", "stale") in silences


def test_a_provision_of_several_rules_names_each() -> None:
    found = consequences(
        against(VPN.text.replace("変更の1ヶ月前", "変更の2ヶ月前")), library=LIBRARY
    )
    names = {c.name for rows in found.values() for c in rows if c.kind == "rule"}
    assert "change_notice_deadline" in names
    assert all("[" not in name for name in names)
    assert all("（読み直しが必要）" in line for rows in found.values() for line in summary(rows))
