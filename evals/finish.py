"""The end of an evaluation: what is shown, what is recorded, and when it fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from evals import baseline
from evals.figures import Section


def visible(section: Section, half: str) -> Section:
    """The section without the failures of held-out items, unless that half was asked for."""
    if half == "held_out":
        return section
    kept = tuple(one for one in section.failures if one.half != "held_out" or _own(one.id))
    hidden = len(section.failures) - len(kept)
    note = (f"ほかに、非公開の半分の失敗 {hidden} 件（--half held_out で表示）",) if hidden else ()
    return replace(section, failures=kept, notes=section.notes + note)


def _own(id: str) -> bool:
    """Items of the own sets may always be read; their ids begin with "own"."""
    return id.startswith("own")


def finish(
    sections: Sequence[Section], half: str, as_json: bool, report: Path | None, record: bool
) -> None:
    """Print or write the report, record figures if asked, and exit 1 on an alarm."""
    from evals import report as reporting

    shown = [visible(section, half) for section in sections]
    table = baseline.load()
    figures = [figure for one in sections for figure in one.figures + one.grouped]
    alarms = baseline.alarms(figures, half, table)
    missed = baseline.missed(figures, half, table)
    alarms += [f"{one.title}を測れません: {one.error}" for one in sections if one.error]
    if record:
        baseline.save(baseline.updated(sections, half, table))
    if report is not None:
        for path in reporting.write(report, shown, alarms, f"評価（{half}）"):
            typer.echo(f"{path}", err=True)
    if as_json:
        typer.echo(json.dumps(_as_json(shown, alarms), ensure_ascii=False))
    elif report is None:
        typer.echo(reporting.markdown(shown, alarms, f"評価（{half}）"))
    else:
        _summary(shown, alarms, typer.echo)
    for one in missed:
        typer.echo(f"目標未達: {one}", err=as_json)
    if alarms:
        raise typer.Exit(1)


def _as_json(sections: Sequence[Section], alarms: Sequence[str]) -> dict[str, Any]:
    return {"sections": [one.to_dict() for one in sections], "alarms": list(alarms)}


def _summary(
    sections: Sequence[Section], alarms: Sequence[str], echo: Callable[[str], None]
) -> None:
    from evals.report import shown

    for section in sections:
        values = "  ".join(f"{one.title} {shown(one)}" for one in section.figures)
        echo(f"{section.title}: {values}")
    for alarm in alarms:
        echo(f"基準未満: {alarm}")
