"""`yakkan eval`: runs the evaluations, writes the report and fails when a figure falls.

Held-out items are always scored, but their failures are printed only when they are asked for
with `--half held_out`, so that nobody improves the assistant by reading them by accident.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import YakkanError
from evals import suite
from evals.finish import finish

app = typer.Typer(add_completion=False, no_args_is_help=True, help="評価を実行します。")

HalfOption = Annotated[
    str, typer.Option("--half", help="tune / held_out / all（held_out のときだけその失敗を示す）")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON で出力")]
ReportOption = Annotated[Path | None, typer.Option(help="report.md と report.html を書くフォルダ")]
RecordOption = Annotated[bool, typer.Option("--record", help="値を baseline.json に記録する")]
SamplesOption = Annotated[
    Path | None,
    typer.Option(envvar="YAKKAN_SAMPLES", help="構文解析の見本（truth.json のあるフォルダ）"),
]


@app.command(help="引用と沈黙を評価します。")
def citations(
    half: HalfOption = "all",
    as_json: JsonOption = False,
    report: ReportOption = None,
    record: RecordOption = False,
) -> None:
    """Citation and abstention metrics over the question and silence sets."""
    finish(
        suite.citation_sections(suite.assistant(), suite.a_half(half)),
        half,
        as_json,
        report,
        record,
    )


@app.command(help="数値（規則の計算例と、数値を問う質問）を評価します。")
def numbers(
    half: HalfOption = "all",
    as_json: JsonOption = False,
    report: ReportOption = None,
    record: RecordOption = False,
) -> None:
    """Exactly right, wrong and asked, for rule cases and for questions."""
    finish(
        suite.number_sections(suite.assistant(), suite.a_half(half)), half, as_json, report, record
    )


@app.command(help="会話を評価します。")
def conversations(
    half: HalfOption = "all",
    as_json: JsonOption = False,
    report: ReportOption = None,
    record: RecordOption = False,
) -> None:
    """Citation metrics over the turns of conversations."""
    finish(
        suite.conversation_sections(suite.assistant(), suite.a_half(half)),
        half,
        as_json,
        report,
        record,
    )


@app.command(help="検索を評価します（--corpus などを付けると BEIR 形式の任意のセット）。")
def retrieval(
    corpus: Annotated[Path | None, typer.Option(help="BEIR 形式の文書 (jsonl)")] = None,
    queries: Annotated[Path | None, typer.Option(help="BEIR 形式の質問 (jsonl)")] = None,
    qrels: Annotated[Path | None, typer.Option(help="正解 (tsv)")] = None,
    embedder: Annotated[
        str | None, typer.Option(help="埋め込みモデル（none なら語だけで検索）")
    ] = None,
    half: HalfOption = "all",
    as_json: JsonOption = False,
    report: ReportOption = None,
    record: RecordOption = False,
) -> None:
    """Retrieval metrics over the clause sets, or over any BEIR-style set."""
    given = [path for path in (corpus, queries, qrels) if path is not None]
    if not given:
        finish(
            suite.retrieval_sections(suite.assistant(), suite.a_half(half)),
            half,
            as_json,
            report,
            record,
        )
        return
    if corpus is None or queries is None or qrels is None:
        raise YakkanError("--corpus、--queries、--qrels は三つとも指定してください。")
    from evals.beir import evaluate

    figures = evaluate(corpus, queries, qrels, embedder=embedder)
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=None if as_json else 2))


@app.command(help="根拠のない引用・数値がないこと、偽る言語モデルを通さないことを評価します。")
def grounding(
    half: HalfOption = "all",
    as_json: JsonOption = False,
    report: ReportOption = None,
    record: RecordOption = False,
) -> None:
    """Grounding of the deterministic answers, then the run with a lying model."""
    sections = [
        *suite.grounding_sections(suite.assistant(), suite.a_half(half)),
        *suite.lying_sections(),
    ]
    finish(sections, half, as_json, report, record)


@app.command(help="構文解析を見本で評価します。")
def parser(
    samples: SamplesOption = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
    record: RecordOption = False,
) -> None:
    """Counts of chapters, articles, paragraphs and items of sample texts."""
    from evals.parsing import section

    if samples is None:
        raise YakkanError(
            "見本のフォルダがありません。--samples か環境変数 YAKKAN_SAMPLES で指定してください。"
        )
    finish([section(samples)], "all", as_json, report, record)


@app.command(help="規約の点検が、埋め込んだ誤りを見つけるかを評価します。")
def lint(
    as_json: JsonOption = False, report: ReportOption = None, record: RecordOption = False
) -> None:
    """Planted and published defects that the lint must find."""
    finish([suite.lint_section()], "all", as_json, report, record)


@app.command(help="ノート・沈黙の質問と、学習済みの重みとの一致を確かめます。")
def knowledge(
    as_json: JsonOption = False, report: ReportOption = None, record: RecordOption = False
) -> None:
    """Whether the trained network still means what the notes say."""
    finish(suite.knowledge_sections(suite.assistant()), "all", as_json, report, record)


@app.command(name="all", help="すべての評価を実行します。")
def everything(
    half: HalfOption = "all",
    samples: SamplesOption = None,
    benchmarks: Annotated[
        Path | None,
        typer.Option(envvar="YAKKAN_BENCHMARKS", help="BEIR 形式のセットのフォルダ"),
    ] = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
    record: RecordOption = False,
) -> None:
    """Every evaluation that can run here, in one report."""
    chosen, one = suite.a_half(half), suite.assistant()
    sections = [
        *suite.guarded("引用", lambda: suite.citation_sections(one, chosen)),
        *suite.guarded("会話", lambda: suite.conversation_sections(one, chosen)),
        *suite.guarded("数値", lambda: suite.number_sections(one, chosen)),
        *suite.guarded("検索", lambda: suite.retrieval_sections(one, chosen)),
        *suite.guarded("ノートと学習", lambda: suite.knowledge_sections(one)),
        *suite.guarded("偽る言語モデル", suite.lying_sections),
        *suite.guarded("規約の点検", lambda: [suite.lint_section()]),
    ]
    if samples is not None:
        from evals.parsing import section

        sections += suite.guarded("構文解析", lambda: [section(samples)])
    if benchmarks is not None:
        sections += suite.guarded("検索の公開セット", lambda: suite.benchmark_sections(benchmarks))
    finish(sections, half, as_json, report, record)


@app.command(help="速さと大きさを測ります。")
def bench(
    quick: Annotated[bool, typer.Option("--quick", help="短い測定だけ行う")] = False,
    benchmarks: Annotated[
        Path | None,
        typer.Option(envvar="YAKKAN_BENCHMARKS", help="BEIR 形式のセットのフォルダ"),
    ] = None,
    as_json: JsonOption = False,
    report: ReportOption = None,
) -> None:
    """Cold start, latency, index build, memory, bulk throughput and growth."""
    from evals import bench as benchmark

    table = benchmark.run(quick=quick, sets=benchmarks, tell=_tell)
    if report is not None:
        benchmark.write(report, table)
    typer.echo(json.dumps(table.to_dict()) if as_json else benchmark.markdown(table))


@app.command(help="低い評価のついた質問から、評価の候補を選びます。")
def review(
    output: Annotated[Path, typer.Option(help="採用した候補を追記する JSONL")],
    journal: Annotated[
        str, typer.Option(envvar="YAKKAN_JOURNAL", help="記録（SQLAlchemy の URL かファイル）")
    ] = "",
) -> None:
    """Show journal entries rated down one by one; accepted ones go to a JSONL file."""
    from evals import review as reviewing

    found = reviewing.candidates(journal)
    taken = reviewing.interview(found, output, _typed, typer.echo)
    typer.echo(f"候補 {len(found)} 件のうち {taken} 件を {output} に追記しました。")


@app.command(help="採用した質問と条文の組で埋め込みモデルを微調整します。")
def finetune(
    pairs: Annotated[Path, typer.Option(help="採用した組の JSONL（question, clause）")],
    output: Annotated[Path, typer.Option(help="微調整したモデルのフォルダ")],
    model: Annotated[str, typer.Option(help="元の sentence-transformers モデル")],
    epochs: Annotated[int, typer.Option(min=1)] = 1,
) -> None:
    """Fine-tune an embedding model and print the figures before and after."""
    from evals import finetune as tuning

    before, after = tuning.run(pairs, model, output, epochs=epochs)
    typer.echo(json.dumps({"before": before, "after": after}, indent=2))


def _typed(question: str) -> str:
    """What a person types; nothing but Enter gives ""."""
    typed: str = typer.prompt(question, default="", show_default=False)
    return typed


def _tell(text: str) -> None:
    """What a long run is doing, for a person who watches."""
    if sys.stderr.isatty():
        typer.echo(text, err=True)
