"""`yakkan corpus show` and `compare`: addresses as stored and as printed, topics by a word of theirs."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from assistant.commands.corpus import app
from corpus.errors import YakkanError


def shown(*arguments: str) -> str:
    return CliRunner().invoke(app, ["show", *arguments], catch_exceptions=False).stdout


@pytest.mark.parametrize(
    "address", ["sg:33.2", "SG:33.2", "Secure Gateway 利用規約 第33条第2項", "SG 33-2"]
)
def test_a_clause_is_shown_by_its_address_however_it_is_written(address: str) -> None:
    assert shown(address).startswith(
        "Secure Gateway 利用規約 第33条第2項（個人情報、履歴情報など）"
    )


def test_supplementary_provisions_alone_are_all_of_them() -> None:
    assert shown("msp:附則").count("実施します。") == 8
    assert "msp:附則.9" in shown("msp")


def test_what_is_no_address_is_told_how_to_write_one() -> None:
    with pytest.raises(YakkanError, match=r"sg:18\.1"):
        shown("ほげ")


def test_a_word_of_several_topics_compares_them_all() -> None:
    told = CliRunner().invoke(app, ["compare", "--topic", "解除"], catch_exceptions=False).stdout
    assert told.count("■") > 3
