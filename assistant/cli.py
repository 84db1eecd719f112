"""The `yakkan` command line: one table of commands, each loaded only when it is called.

Cold start is a promise (`yakkan calc` under 0.4 s), so this module imports no command and
no library of the project; `COMMANDS` names where each command lives.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

#: command name -> (module, attribute, one-line help shown by `yakkan --help`)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "ask": ("assistant.commands.ask", "app", "質問に条文つきで答えます"),
    "search": ("assistant.commands.search", "app", "条文を検索します"),
    "corpus": ("assistant.commands.corpus", "app", "規約を表示・解析・比較・点検します"),
    "index": ("assistant.commands.index", "app", "検索索引を作成・確認します"),
    "calc": ("assistant.commands.calc", "app", "規約に基づく金額・期日・可否を計算します"),
    "check": (
        "assistant.commands.check",
        "app",
        "計算規則・メモと条文のずれ、話題の表の誤りを点検します",
    ),
    "eval": ("evals.command", "app", "評価を実行します"),
    "journal": ("assistant.commands.journal", "app", "質問と回答の記録を扱います"),
}


class LazyGroup(click.Group):
    """A click group that imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Command names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The click command behind `cmd_name`, or None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, help_text = COMMANDS[cmd_name]
        loaded = getattr(importlib.import_module(module), attribute)
        command = _as_click(loaded)
        command.help = command.help or help_text
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        with formatter.section("コマンド"):
            formatter.write_dl([(name, row[2]) for name, row in COMMANDS.items()])


def _as_click(loaded: Any) -> click.Command:
    """Turn a typer app into the click command it declares; click commands pass through."""
    if isinstance(loaded, click.Command):
        return loaded
    import typer

    command: Any = typer.main.get_command(loaded)  # typer carries its own copy of click
    found: click.Command = command
    return found


@click.group(cls=LazyGroup, help="約款アシスタント: 規約の質問に、条文そのままの引用で答えます。")
def root() -> None:
    """Root of the command line."""


def main() -> None:
    """Run the command line; user errors end with a message and a non-zero exit status."""
    from corpus.errors import YakkanError

    try:
        root(prog_name="yakkan")
    except YakkanError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        sys.exit(_status(error))


def _status(error: Exception) -> int:
    """Exit status of an exception of typer, which carries its own copy of click.

    The group is real click and does not know them; anything else is raised again.
    """
    status: int | None = getattr(error, "exit_code", None)
    if status is None and type(error).__name__ == "Abort":
        return 1
    if status is None:
        raise error
    if hasattr(error, "show"):
        error.show()
    return status


if __name__ == "__main__":
    main()
