"""References in clauses: found as printed, resolved from where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import Library, Version
from corpus.opening import version_of_text
from corpus.references import Reference, all_references, references

LIBRARY = Library.load()

TEXT = """第1条（目的）
1 本規約は目的を定めます。
2 前項の規定は第３条（料金）に従います。
第2条（定義）
1 次の各号に定めます。
(1) 一つ目。
(2) 前号に準ずるもの。
(3) その他前各号に準ずるもの。
2 前項各号及び第１項第2号並びに第3号を除きます。
3 前二項の規定は、第1項から第3項までに適用します。
第3条（料金）
1 前条第1項第1号及び第2号、第十一条、次条並びに同条の定めによります。
2 民法第415条及び第416条並びに同法第420条によります。同条の額を上限とします。
3 第2条各号、本条第2項、本項ただし書、第1条の2第1項によります。
4 本規約第1条、当社の契約約款第5条、本利用規約第2条によります。
第4条（附則）
1 前項及び第９９条によります。
"""


@pytest.fixture(scope="module")
def version() -> Version:
    return version_of_text(TEXT, "x")


def found(version: Version, address: str) -> dict[str, list[str]]:
    clause = version.clause(address)
    return {r.printed: [str(t) for t in r.targets] for r in references(clause, version)}


@pytest.mark.parametrize(
    ("address", "printed", "targets"),
    [
        ("x:1.2", "前項", ["x:1.1"]),
        ("x:1.2", "第３条（料金）", ["x:3"]),
        ("x:2.1", "次の各号", ["x:2.1(1)", "x:2.1(2)", "x:2.1(3)"]),
        ("x:2.1(2)", "前号", ["x:2.1(1)"]),
        ("x:2.1(3)", "前各号", ["x:2.1(1)", "x:2.1(2)"]),
        ("x:2.2", "前項各号", ["x:2.1(1)", "x:2.1(2)", "x:2.1(3)"]),
        ("x:2.2", "第１項第2号", ["x:2.1(2)"]),
        ("x:2.2", "第3号", ["x:2.1(3)"]),
        ("x:2.3", "前二項", ["x:2.1", "x:2.2"]),
        ("x:2.3", "第3項", ["x:2.2", "x:2.3"]),
        ("x:3.1", "前条第1項第1号", ["x:2.1(1)"]),
        ("x:3.1", "第2号", ["x:2.1(2)"]),
        ("x:3.1", "第十一条", ["x:11"]),
        ("x:3.1", "次条", ["x:4"]),
        ("x:3.1", "同条", ["x:4"]),
        ("x:3.3", "第2条各号", ["x:2.1(1)", "x:2.1(2)", "x:2.1(3)"]),
        ("x:3.3", "本条第2項", ["x:3.2"]),
        ("x:3.3", "本項ただし書", ["x:3.3"]),
        ("x:3.3", "第1条の2第1項", ["x:1の2.1"]),
        ("x:3.4", "第1条", ["x:1"]),
        ("x:3.4", "第2条", ["x:2"]),
        ("x:4.1", "前項", []),
        ("x:4.1", "第９９条", ["x:99"]),
    ],
)
def test_a_reference_names_these_clauses(
    version: Version, address: str, printed: str, targets: list[str]
) -> None:
    assert found(version, address)[printed] == targets


def test_references_to_statutes_and_other_agreements_are_external(version: Version) -> None:
    statutes = references(version.clause("x:3.2"), version)
    assert [r.printed for r in statutes] == ["第415条", "第416条", "第420条", "同条"]
    assert all(r.external and not r.targets for r in statutes)
    other = {r.printed: r.external for r in references(version.clause("x:3.4"), version)}
    assert other == {"第1条": False, "第5条": True, "第2条": False}


def test_a_statute_number_is_no_item_of_ours() -> None:
    version = LIBRARY.version("msp")
    printed = {r.printed: r.external for r in references(version.clause("msp:12.1(7)"), version)}
    assert printed == {"第77号": True, "第 2条第 2号": True, "第2条第6号": True}


def test_every_internal_reference_of_the_three_agreements_exists_as_a_clause() -> None:
    for id in LIBRARY.ids:
        version = LIBRARY.version(id)
        missing = [(c.id, r.printed) for c, r in all_references(version) if r.missing(version)]
        assert missing == []


def test_a_caption_is_kept_as_printed() -> None:
    version = LIBRARY.version("vpn")
    captions = {r.caption for r in references(version.clause("vpn:18.1"), version)}
    assert "解約" in captions


def test_a_joined_second_paragraph_belongs_to_the_article_named_first() -> None:
    version = version_of_text(
        "第1条（甲）\n1 一。\n2 二。\n第2条（乙）\n1 第1条第1項および第2項による。", "x"
    )
    assert found(version, "x:2.1") == {"第1条第1項": ["x:1.1"], "第2項": ["x:1.2"]}


@given(st.text(alphabet="第前次本同条項号各12十の（）、及び法ただし書 \n", max_size=60))
def test_any_text_is_scanned_and_every_span_gives_the_printed_words(body: str) -> None:
    version = version_of_text(f"第1条（甲）\n1 始。\n2 {body}", "x")
    for clause, reference in all_references(version):
        assert isinstance(reference, Reference)
        assert clause.full_text[slice(*reference.span)] == reference.printed
