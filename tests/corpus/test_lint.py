"""Lint: each kind of defect is found where it is, and a sound text has no finding."""

from __future__ import annotations

import os
import pkgutil
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus.lint as package
from corpus.errors import YakkanError
from corpus.library import Library
from corpus.lint import checks, lint
from corpus.opening import open_version, version_of_text

LIBRARY = Library.load()
SAMPLES = os.environ.get("YAKKAN_SAMPLES")

SOUND = """第1条（総則）
1 株式会社甲（以下「当社」といいます。）は、この利用規約（以下「本規約」といいます。）を定め、契約者（当社と契約した者をいいます。以下同じとします。）にサービスを提供します。
2 当社は、前項のサービスを次の各号に従って提供します。
(1) 契約者の申込みを承諾したとき。
(2) 契約者の指示を受けたとき。
(3) その他前各号に準ずるとき。
第2条（料金）
1 契約者は、第1条（総則）第1項のサービスの料金を、月末までに当社に支払うものとします。
2 前項の料金の支払いが遅れたときは、年14.6%の遅延利息を支払うものとします。
第3条（本規約の変更）
1 当社は、本規約を変更することがあります。
"""

#: check, text, words of the quote
DEFECTS = [
    ("cross_reference", "第1条（甲）\n1 第9条（乙）に従います。", "第9条（乙）"),
    ("cross_reference", "第1条（甲）\n1 前項に従います。", "前項"),
    ("cross_reference", "第1条（甲）\n1 次の各号に従います。", "次の各号"),
    ("cross_reference", "第1条（甲）\n1 第2条第5項に従います。\n第2条（乙）\n1 乙です。", "第2条第5項"),
    ("cross_reference", "第1条（甲）\n1 第2条（丙）に従います。\n第2条（乙）\n1 乙です。", "第2条（丙）"),
    ("cross_reference", "第1条（甲）\n1 甲です。\n2 第2項に従います。", "第2項"),
    ("cross_reference", "第1条（甲）\n1 第1条に従います。", "第1条"),
    ("cut_off", "第1条（甲）\n1 個別規定が優先するものとし、\n第2条（乙）\n1 乙です。", "優先するものとし、"),
    ("cut_off", "第1条（甲）\n1 対象が通信回線以外るときは除きます。", "以外るとき"),
    ("cut_off", "第1条（甲）\n1 その他必要な事項なお、当社は従います。", "事項なお"),
    ("cut_off", "第1条（甲）\n1 解約を希望する20日前までに通知します。", "を希望する20日前"),
    ("lookalikes", "第1条（甲）\n1 著作权を有します。", "权"),
    ("lookalikes", "第1条（甲）\n1 サ一バを使います。", "一"),
    ("lookalikes", "第1条（甲）\n1 機器（装置を含みます。)を使います。", "（装置を含みます。)"),
    ("numbering", "第1条（甲）\n1 甲です。\n第3条（乙）\n1 乙です。", "第3条"),
    ("doubled_words", "第1条（甲）\n1 当社はは負担します。", "当社はは"),
    ("doubled_words", "第1条（甲）\n1 必要な必要な期間を与えます。", "必要な必要な"),
    ("doubled_words", "第1条（甲）\n1 当社またはに通知します。", "またはに"),
    ("statutes", "第1条（甲）\n1 不正アクセス行為の禁止に関する法律に従います。", "不正アクセス行為の禁止に関する法律"),
    ("statutes", "第1条（甲）\n1 消費税法（昭和63年法律第18号）に従います。", "消費税法（昭和63年法律第18号"),
    ("definitions", "第1条（甲）\n1 甲社（以下「当社」という。）は提供します。", "当社"),
    ("definitions", "第1条（甲）\n1 本アプリケーションを使います。", "本アプリケーション"),
    ("double_definition", "第1条（甲）\n1 甲（以下「物件」という。）です。物件です。\n2 乙（以下「物件」という。）です。", "物件"),
    ("wrong_party", "第1条（甲）\n1 利用者契約者が負担します。", "利用者契約者"),
    ("wrong_party", "第1条（甲）\n1 利用者は、権利を譲渡してはならないものとします。ただし、利用者の書面による承諾を得た場合は、この限りではありません。", "利用者の書面による承諾"),
    ("prohibition_permission", "第1条（甲）\n1 会員は、次の各号に定める行為をしないものとします。\n(1) 複製すること。\n(2) 個人の範囲で複製することができる。", "複製することができる"),
    ("prohibition_permission", "第1条（甲）\n1 当社は次の各号の場合に解約します。\n(1) 違反したとき。\n(2) 怠ったとき。\n(3) 当社は、責任を負わないものとします。", "責任を負わない"),
    ("deadlines", "第1条（甲）\n1 当社は、提供開始日の前日までに機器一式を引き渡します。\n第2条（乙）\n1 当社は、提供開始日の3日前までに機器一式を引き渡します。", "提供開始日の3日前まで"),
    ("deadlines", "第1条（甲）\n1 契約者は、解約希望日の1か月前までに当社に通知します。\n第2条（乙）\n1 契約者は、解約希望日の3か月前までに当社に通知します。", "解約希望日の3か月前まで"),
    ("lookalikes", "第1条（甲）\n1 預金ロ座に振り込みます。", "ロ"),
    ("lookalikes", "第1条（甲）\n1 当社ヘ通知します。", "ヘ"),
    ("lookalikes", "第1条（甲）\n1 サ―バに接続します。", "―"),
    ("statutes", "第1条（甲）\n1 電気通信事業者法に従います。", "電気通信事業者法"),
    ("statutes", "第1条（甲）\n1 個人情報保護に関する法律に従います。", "個人情報保護に関する法律"),
    ("wrong_party", "第1条（甲）\n1 契約者は、利用料金を契約者に支払うものとします。", "契約者に支払"),
    ("cut_off", "".join(f"第{n}条（甲）\n1 甲は乙に通知します。\n" for n in range(1, 12)) + "第12条（乙）\n1 契約者は、当社に利用料金を期日", "期日"),
    ("referenced_word", "第1条（甲）\n1 第2条のレンタル期間が満了します。\n第2条（乙）\n1 契約の期間は1年です。", "第2条のレンタル期間"),
    ("variants", "第1条（甲）\n1 サーバーとサーバーとサーバがあります。", "サーバ"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text", "words"), DEFECTS)
def test_a_defect_is_found_and_quoted(check: str, text: str, words: str) -> None:
    found = lint(version_of_text(text, "x"), [check])
    assert any(words in finding.quote for finding in found), found
    assert all(finding.check == check for finding in found)


def test_a_sound_text_has_no_finding() -> None:
    assert lint(version_of_text(SOUND, "x")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "第1条（甲）\n1 民法第999条及び第1000条によります。",
        "第1条（甲）\n1 当社の契約約款第99条によります。",
        "第1条（甲）\n1 契約を解除する場合、または契約が終了する場合は従います。",
        "第1条（甲）\n1 次の各号に該当しない者は利用することができる。\n(1) 未成年者。\n(2) 利用を認めることができる。",
        "第1条（甲）\n1 本人は、本店で手続きをします。本契約は本日から有効です。",
        "第1条（甲）\n1 不正アクセス行為の禁止等に関する法律に従います。",
        "第1条（甲）\n1 サービスが満了する1ヶ月前までに申し出ます。",
        "第1条（甲）\n1 利用者は、権利を譲渡してはならないものとします。ただし、当社の承諾を得た場合は、この限りではありません。",
        "第1条（甲）\n1 法第2条第2号イ又はロ若しくはハに掲げる者及びヘの者です。\n2 「甲（」とあるのは「乙（その」と読み替えます。",
        "第1条（甲）\n1 特定電気通信による情報の流通によって発生する権利侵害等への対処に関する法律に従います。",
        "第1条（甲）\n1 力を合わせます。一部の口座を工夫します。",
    ],
)
def test_what_only_looks_like_a_defect_is_left_alone(text: str) -> None:
    assert lint(version_of_text(text, "x")) == ()


def test_the_wrong_cross_reference_of_the_vpn_terms_is_found_by_the_general_check() -> None:
    found = lint(LIBRARY.version("vpn"), ["cross_reference"])
    assert [(f.clause, f.quote, f.severity) for f in found] == [
        ("vpn:18.1", "第16条（解約）第2項", "error")
    ]
    assert "第17条" in found[0].message


@pytest.mark.parametrize(
    ("id", "clause", "check"),
    [
        ("vpn", "vpn:2.2", "cut_off"), ("vpn", "vpn:6.2(1)", "cut_off"), ("vpn", "vpn:9.1", "referenced_word"),
        ("vpn", "vpn:10.1", "deadlines"), ("vpn", "vpn:22.1(1)", "lookalikes"), ("vpn", "vpn:33.2(3)", "prohibition_permission"),
        ("vpn", "vpn:4.3", "definitions"), ("vpn", "vpn:10.2", "definitions"), ("vpn", "vpn:7.2", "double_definition"),
        ("msp", "msp:8.2(5)", "doubled_words"), ("msp", "msp:11.1", "cut_off"), ("msp", "msp:12.1(7)", "wrong_party"),
        ("msp", "msp:12.1(7)", "statutes"), ("msp", "msp:15.2(1)", "prohibition_permission"), ("msp", "msp:18.6", "definitions"),
        ("msp", "msp:18.7", "referenced_word"), ("msp", "msp:20.1", "wrong_party"), ("sg", "sg:28.1", "deadlines"),
        ("sg", "sg:29.1(1)", "statutes"), ("sg", "sg:20.7", "variants"),
    ],
)  # fmt: skip
def test_known_defects_of_the_three_agreements_are_found(id: str, clause: str, check: str) -> None:
    assert any(f.clause == clause for f in lint(LIBRARY.version(id), [check]))


@pytest.mark.parametrize("id", LIBRARY.ids)
def test_every_quote_stands_in_its_clause(id: str) -> None:
    version = LIBRARY.version(id)
    for finding in lint(version):
        clause = version.clause(finding.clause)
        assert finding.quote
        assert finding.quote in clause.full_text or finding.quote in clause.caption


def test_every_module_of_the_package_is_a_check_or_a_tool() -> None:
    modules = {info.name for info in pkgutil.iter_modules(package.__path__)}
    assert {check.name for check in checks()} == modules - {"finding", "registry"}
    assert all(check.title for check in checks())


def test_an_unknown_check_is_named_with_those_there_are() -> None:
    with pytest.raises(YakkanError, match=r"「spelling」.*cross_reference"):
        lint(LIBRARY.version("sg"), ["spelling"])


@given(
    st.text(
        alphabet="第前次各号条項1２（）()「」は、。当社契約者またはにるとき以下という本\n",
        max_size=80,
    )
)
def test_any_text_is_linted_without_error(body: str) -> None:
    version = version_of_text(f"第1条（甲）\n1 {body}\n第2条（乙）\n1 {body}", "x")
    for finding in lint(version):
        assert finding.severity in ("error", "warning", "info")


@pytest.mark.skipif(not SAMPLES, reason="YAKKAN_SAMPLES names no folder of other people's terms")
def test_other_peoples_terms_give_few_findings() -> None:
    counts = {
        path.name: len(lint(open_version(str(path), LIBRARY)))
        for path in sorted(Path(SAMPLES or "").glob("*"))
        if path.suffix in (".md", ".html")
    }
    assert counts
    assert max(counts.values()) <= 3


@pytest.mark.slow
def test_a_thousand_articles_are_linted_in_five_seconds_and_in_no_square() -> None:
    pool = [c.text for id in LIBRARY.ids for c in LIBRARY.version(id).paragraphs() if c.text]
    times = []
    for count in (500, 1000):
        chance = random.Random(3)
        lines = []
        for number in range(1, count + 1):
            lines.append(f"第{number}条（第{number}の定め）")
            lines += [f"{n}．{chance.choice(pool)}" for n in (1, 2, 3)]
        version = version_of_text("\n".join(lines), "x")
        version.clauses()
        runs = []
        for _ in range(2):  # the best of two: a collection of the whole process may fall into one
            started = time.process_time()
            lint(version)
            runs.append(time.process_time() - started)
        times.append(min(runs))
    assert times[1] < 5
    assert times[1] < 3.2 * times[0] + 0.3


def test_every_finding_on_the_three_agreements_is_judged_in_the_table() -> None:
    table = (Path(__file__).parents[2] / "docs" / "lint-findings.ja.md").read_text(encoding="utf-8")
    for id in LIBRARY.ids:
        for finding in lint(LIBRARY.version(id)):
            assert f"| `{finding.clause}` | {finding.check}（" in table
