"""Evaluates the lint: defects are planted in copies of the agreements; each must be found.

A planted defect counts as found if the copy has a finding that the clean text lacks and that
names the clause or the word. Defects that stand in the published texts must be found as well.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import YakkanError
from evals.figures import Failure, Section, averaged
from evals.metrics.covers import inside
from evals.parsing import command


@dataclass(frozen=True, slots=True)
class Defect:
    """A change of one place of a text, and where the lint must notice it."""

    kind: str
    agreement: str
    clause: str
    old: str
    new: str


DEFECTS: tuple[Defect, ...] = (
    Defect("参照先の条がない", "sg", "sg:28.1", "第 11 条（最低利用期間）の適用", "第 61 条（最低利用期間）の適用"),
    Defect("見出しが違う", "sg", "sg:12.2", "第8条（利用契約の承諾）および", "第7条（利用契約の承諾）および"),
    Defect("参照先の項がない", "sg", "sg:5.4", "第2項に従って対応", "第8項に従って対応"),
    Defect("参照先の条がない", "sg", "sg:25.1", "第 18 条（利用停止）による", "第 58 条（利用停止）による"),
    Defect("見出しが違う", "sg", "sg:22.1", "第21条（賠償額および範囲の制限）に定める", "第20条（賠償額および範囲の制限）に定める"),
    Defect("参照先の項がない", "vpn", "vpn:17.1", "第7条（契約期間）第2項に", "第7条（契約期間）第9項に"),
    Defect("見出しが違う", "vpn", "vpn:27.2", "次条（秘密保持）", "前条（秘密保持）"),
    Defect("参照先の条がない", "vpn", "vpn:20.2", "第13条（レンタル物件の使用管理義務違反）による額", "第43条（レンタル物件の使用管理義務違反）による額"),
    Defect("参照先の条がない", "msp", "msp:21.2", "第22条（秘密の保持）", "第32条（秘密の保持）"),
    Defect("参照先の項がない", "msp", "msp:12.3", "第１項の規定により解除", "第７項の規定により解除"),
    Defect("見出しが違う", "msp", "msp:19.1", "第18条（免責）に規定する場合", "第17条（免責）に規定する場合"),
)  # fmt: skip

#: clauses of the published texts with a defect that a reader can verify
PUBLISHED: tuple[tuple[str, str], ...] = (("vpn:18.1", "第16条（解約）"),)


def section(root: Path) -> Section:
    """Share of the planted and the published defects that the lint finds."""
    clean = {id: lint(root, id) for id in sorted({one.agreement for one in DEFECTS})}
    rows = [(one, _found(one, root, clean[one.agreement])) for one in DEFECTS]
    published = [
        (clause, words, any(_names(row, clause) for row in clean[clause.split(":")[0]]))
        for clause, words in PUBLISHED
    ]
    failures = [
        Failure(one.clause, f"「{one.old}」→「{one.new}」", one.kind, "指摘なし", "見逃し")
        for one, found in rows
        if not found
    ]
    failures += [
        Failure(clause, f"「{words}」", "公表された規約の誤り", "指摘なし", "見逃し")
        for clause, words, found in published
        if not found
    ]
    figures = (
        averaged("lint.planted", "埋め込んだ誤りの発見率", [float(found) for _, found in rows]),
        averaged("lint.published", "実在する誤りの発見率", [float(row[2]) for row in published]),
    )
    notes = tuple(f"{id}: 公表版の指摘 {len(found)} 件" for id, found in clean.items())
    return Section("lint", "規約の点検", figures, {}, tuple(failures), notes)


def lint(root: Path, agreement: str) -> list[dict[str, Any]]:
    """The findings of `yakkan corpus lint AGREEMENT --json` over the corpus at `root`."""
    found: list[dict[str, Any]] = command(
        ["corpus", "lint", agreement, "--json"], {"YAKKAN_CORPUS": str(root)}
    )
    return found


def _found(defect: Defect, root: Path, clean: Sequence[dict[str, Any]]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "corpus"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        plant(defect, copy)
        fresh = [row for row in lint(copy, defect.agreement) if _key(row) not in _keys(clean)]
    return any(_names(row, defect.clause) for row in fresh)


def plant(defect: Defect, root: Path) -> None:
    """Write a defect into the texts below `root`; raises YakkanError if its words are gone."""
    planted = False
    for path in sorted(root.rglob(f"{defect.agreement}/*/terms.txt")):
        text = path.read_text(encoding="utf-8")
        planted |= defect.old in text
        path.write_text(text.replace(defect.old, defect.new, 1), encoding="utf-8")
    if not planted:
        raise YakkanError(
            f"{defect.agreement} の規約に「{defect.old}」がありません。evals/linting.py を今の条文に合わせてください。"
        )


def _names(row: dict[str, Any], clause: str) -> bool:
    found = str(row.get("clause", ""))
    return found == clause or inside(found, clause) or inside(clause, found)


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get(name, "")) for name in ("check", "clause", "quote", "message"))


def _keys(rows: Iterable[dict[str, Any]]) -> set[tuple[str, ...]]:
    return {_key(row) for row in rows}
