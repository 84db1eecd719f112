"""The report of an evaluation as Markdown and as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from evals.charts import bars
from evals.figures import Failure, Figure, Section

#: Japanese names of the dimensions a report groups by
DIMENSIONS = {
    "type": "質問の型",
    "agreement": "規約",
    "persona": "利用者",
    "set": "評価セット",
    "half": "半分",
    "origin": "出どころ",
    "kind": "種類",
}

_STYLE = """
body{font-family:system-ui,"Noto Sans JP",sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:.6rem 0 1.4rem;width:100%;font-size:.92rem}
th,td{border:1px solid #d5d8dd;padding:.3rem .5rem;text-align:left;vertical-align:top}
th{background:#f3f5f7}td.n{text-align:right;font-variant-numeric:tabular-nums}
h2{border-bottom:2px solid #2f6f8f;padding-bottom:.2rem}.bad{color:#a4262c;font-weight:700}
details summary{cursor:pointer;font-weight:700}svg{display:block;margin:.4rem 0;max-width:100%}
"""


def shown(figure: Figure) -> str:
    """A figure's value as printed: counts whole, shares with three digits.

    >>> shown(Figure("x", "x", 0.12345, 3)), shown(Figure("x", "x", None, 0))
    ('0.123', '–')
    """
    if figure.value is None:
        return "–"
    if not figure.higher and float(figure.value).is_integer():
        return str(int(figure.value))
    return f"{figure.value:.3f}"


def interval(figure: Figure) -> str:
    """The 95 % interval as printed, "" where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.3f}–{figure.high:.3f}"


def markdown(sections: Sequence[Section], alarms: Sequence[str] = (), title: str = "評価") -> str:
    """The whole report as Markdown."""
    parts = [f"# {title}", ""]
    if alarms:
        parts += ["## 基準を下回った値", "", *[f"- **{alarm}**" for alarm in alarms], ""]
    for section in sections:
        parts += [f"## {section.title}", "", *_md_figures(section.figures), ""]
        parts += [f"- {note}" for note in section.notes]
        for dimension, table in section.groups.items():
            parts += ["", f"### {DIMENSIONS.get(dimension, dimension)}別", "", *_md_groups(table)]
        parts += ["", *_md_failures(section.failures), ""]
    return "\n".join(parts)


def _md_figures(figures: Iterable[Figure]) -> list[str]:
    rows = [
        f"| {one.title} | {shown(one)} | {interval(one)} | {one.count} | `{one.name}` |"
        for one in figures
    ]
    return ["| 指標 | 値 | 95%区間 | 件数 | 名前 |", "|---|---:|---|---:|---|", *rows]


def _md_groups(table: dict[str, tuple[Figure, ...]]) -> list[str]:
    first = next(iter(table.values()), ())
    head = "| | " + " | ".join(one.title for one in first) + " |"
    rows = [
        f"| {value} | " + " | ".join(f"{shown(f)} ({f.count})" for f in figures) + " |"
        for value, figures in table.items()
    ]
    return [head, "|---|" + "---:|" * len(first), *rows]


def _md_failures(failures: Sequence[Failure]) -> list[str]:
    if not failures:
        return ["失敗はありません。"]
    rows = [
        f"| {one.id} | {_cell(one.question)} | {_cell(one.expected)} "
        f"| {_cell(one.found)} | {one.reason} |"
        for one in failures
    ]
    head = ["| id | 質問 | 期待 | 結果 | 理由 |", "|---|---|---|---|---|"]
    return [f"### 失敗 {len(failures)} 件", "", *head, *rows]


def _cell(text: str) -> str:
    return text.replace("|", "｜").replace("\n", " ")


def html(sections: Sequence[Section], alarms: Sequence[str] = (), title: str = "評価") -> str:
    """The whole report as one HTML page with its charts inside."""
    body = [f"<h1>{escape(title)}</h1>"]
    if alarms:
        items = "".join(f"<li class=bad>{escape(alarm)}</li>" for alarm in alarms)
        body.append(f"<h2>基準を下回った値</h2><ul>{items}</ul>")
    for section in sections:
        body += [f"<h2>{escape(section.title)}</h2>", _html_figures(section.figures)]
        body += [f"<p>{escape(note)}</p>" for note in section.notes]
        body += [_charts(name, table) for name, table in section.groups.items()]
        body.append(_html_failures(section.failures))
    return (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style><body>{''.join(body)}</body></html>"
    )


def _html_figures(figures: Iterable[Figure]) -> str:
    rows = "".join(
        f"<tr><td>{escape(one.title)}</td><td class=n>{shown(one)}</td>"
        f"<td class=n>{interval(one)}</td><td class=n>{one.count}</td></tr>"
        for one in figures
    )
    return f"<table><tr><th>指標<th>値<th>95%区間<th>件数</tr>{rows}</table>"


def _charts(dimension: str, table: dict[str, tuple[Figure, ...]]) -> str:
    """Bar charts of a dimension: the first figure, and how often silence was kept."""
    first = next(iter(table.values()), ())
    columns = [
        number
        for number, figure in enumerate(first)
        if number == 0 or figure.name.endswith(".abstention_recall")
    ]
    return "".join(_chart(dimension, table, column) for column in columns)


def _chart(dimension: str, table: dict[str, tuple[Figure, ...]], column: int) -> str:
    rows = [(value, row[column].value, row[column].count) for value, row in table.items()]
    shown_rows = [row for row in rows if row[2]]
    if not shown_rows:
        return ""
    title = next(iter(table.values()))[column].title
    return bars(shown_rows, f"{title}（{DIMENSIONS.get(dimension, dimension)}別）")


def _html_failures(failures: Sequence[Failure]) -> str:
    if not failures:
        return "<p>失敗はありません。</p>"
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            for text in (one.id, one.question, one.expected, one.found, one.reason)
        )
        + "</tr>"
        for one in failures
    )
    return (
        f"<details><summary>失敗 {len(failures)} 件</summary><table>"
        f"<tr><th>id<th>質問<th>期待<th>結果<th>理由</tr>{rows}</table></details>"
    )


def write(
    folder: Path, sections: Sequence[Section], alarms: Sequence[str], title: str
) -> tuple[Path, Path]:
    """Write report.md and report.html into `folder`; returns both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "report.md", folder / "report.html"
    paths[0].write_text(markdown(sections, alarms, title), encoding="utf-8")
    paths[1].write_text(html(sections, alarms, title), encoding="utf-8")
    return paths
