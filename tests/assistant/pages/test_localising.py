"""The table of Streamlit's labels: Japanese on the right, patterns that browsers read alike."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from assistant.pages import bulk_table, localising, uploaded

CONFIG = Path(__file__).parents[3] / ".streamlit" / "config.toml"
TOO_LARGE = "ファイルが大きすぎます。5MBまでのファイルを選んでください。"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("day, 支払期日", "支払期日の日"),
        ("Choose date, 2026年11月", "日付を選ぶ, 2026年11月"),
        ("11 – November", "11月"),
        ("1 option available.", "1件から選べます"),
        ("Remove VPN 利用規約", "VPN 利用規約を外す"),
        ("File must be 20.0MB or smaller.", TOO_LARGE),
        ("image/png files are not allowed. File must be 20.0MB or smaller.", TOO_LARGE),
        ("image/png files are not allowed.", "この種類のファイルは読めません。"),
        ("files are not allowed.", "この種類のファイルは読めません。"),
        ("Request failed with status code 413", "送れませんでした。もう一度選んでください。"),
    ],
)
def test_labels_with_a_part_of_their_own_keep_it(label, said):
    pattern, to = next((p, t) for p, t in localising.PATTERNS if re.match(p, label))
    assert re.sub(pattern, to.replace("$", "\\"), label) == said


def test_every_label_has_japanese_words():
    assert all(not word.isascii() for word in localising.WORDS.values())
    assert localising.WORDS["November"] == "11月"


def test_the_script_carries_the_whole_table_and_nothing_of_a_person():
    script = localising.script()
    assert json.dumps(localising.WORDS, ensure_ascii=False) in script
    assert "__" not in script
    assert "http" not in script


def test_streamlits_refusal_names_the_bound_of_the_pages():
    bound = localising.LARGEST_MB * 1_000_000
    assert bound == uploaded.MAX_BYTES == bulk_table.MAX_BYTES


def test_streamlit_lets_through_what_a_page_refuses_in_its_own_words():
    limit = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["server"]["maxUploadSize"]
    assert limit * 1024 * 1024 >= 2 * uploaded.MAX_BYTES
