"""Streamlit's own English, where it shows or is read aloud, put into Japanese.

Streamlit has no language setting. A fixed script replaces exact labels from the table below
in attributes and in its own widgets; words of answers and clauses are never touched.
"""

from __future__ import annotations

import json

#: what Streamlit says -> what a reader sees or hears
WORDS: dict[str, str] = {
    "Skip to main content": "本文へ移動",
    "Skip to content": "本文へ移動",
    "Sidebar": "サイドバー",
    "Collapse sidebar": "サイドバーを閉じる",
    "Expand sidebar": "サイドバーを開く",
    "Close sidebar": "サイドバーを閉じる",
    "Open sidebar": "サイドバーを開く",
    "App pages": "ページ一覧",
    "Main menu": "メニュー",
    "Send message": "送信",
    "Stop": "中止",
    "Link to heading": "見出しへのリンク",
    "Copy to clipboard": "コピー",
    "Copy": "コピー",
    "Copied": "コピーしました",
    "Close": "閉じる",
    "Clear value": "消去",
    "Clear all": "すべて消去",
    "Clear": "消去",
    "Open": "開く",
    "Increment": "増やす",
    "Decrement": "減らす",
    "Show help": "説明",
    "Help": "説明",
    "Choose an option": "選んでください",
    "Choose options": "選んでください",
    "Select an option": "選んでください",
    "No results": "該当なし",
    "No options to select": "選べるものがありません",
    "No options to select.": "選べるものがありません",
    "Select all": "すべて選ぶ",
    "Browse files": "ファイルを選ぶ",
    "Upload": "ファイルを選ぶ",
    "Drag and drop file here": "ここにファイルを置いてください",
    "Drag and drop a file here": "ここにファイルを置いてください",
    "Add files": "ファイルを選び直す",
    "Remove file": "ファイルを外す",
    "File size is too small.": "ファイルが空です。",
    "Only one file is allowed.": "選べるファイルは1つです。",
    "Unexpected error. Please try again.": "読み込めませんでした。もう一度選んでください。",
    "Fullscreen": "全画面",
    "View fullscreen": "全画面",
    "Close fullscreen": "全画面を終える",
    "Exit fullscreen": "全画面を終える",
    "Download": "ダウンロード",
    "Download as CSV": "CSV で保存",
    "Search": "検索",
    "Show/hide columns": "列の表示",
    "Next month.": "次の月",
    "Previous month.": "前の月",
    "Next month": "次の月",
    "Previous month": "前の月",
    "Choose date": "日付を選ぶ",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
        "矢印キーで日付を動かし、Enter で選び、Esc で閉じます。"
    ),
    "Selected values": "選んだもの",
    "Dismiss": "閉じる",
    "Empty": "空欄",
    "Calendar.": "カレンダー",
    "Select a date.": "日付を選ぶ",
    "View more": "さらに表示",
    "View less": "表示を減らす",
    "Page not found": "ページがありません",
    "The page that you have requested does not seem to exist. Running the app's main page.": (
        "お探しのページはありません。最初のページを表示します。"
    ),
    "yyyy": "年",
    "mm": "月",
    "dd": "日",
    "Running...": "処理中",
    "Connecting...": "接続中",
    "Connecting": "接続中",
    "Connection error": "接続できません",
} | {
    name: f"{number}月"
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}

#: largest file that the pages take, in MB of 1,000,000 bytes; a file beyond Streamlit's own
#: limit (server.maxUploadSize) never reaches them, and is told the same
LARGEST_MB = 5

#: the same for labels with a part of their own: pattern -> what is said instead
PATTERNS: tuple[tuple[str, str], ...] = (
    (r"^day, (.*)$", "$1の日"),
    (r"^month, (.*)$", "$1の月"),
    (r"^year, (.*)$", "$1の年"),
    (r"^Choose date(, .*)?$", "日付を選ぶ$1"),
    (r"^Help for (.*)$", "$1の説明"),
    (r"^Remove (.*)$", "$1を外す"),
    (r"^(\d+) – [A-Z][a-z]+$", "$1月"),
    (r"^(\d+) options? available\.$", "$1件から選べます"),
    (
        r"^(.* )?File must be .+ or smaller\.( .*)?$",
        f"ファイルが大きすぎます。{LARGEST_MB}MBまでのファイルを選んでください。",
    ),
    (r"^(.* )?files are not allowed\.( .*)?$", "この種類のファイルは読めません。"),
    (
        r"^(Axios)?(Error: )?(Request failed with status.*|Network Error)$",
        "送れませんでした。もう一度選んでください。",
    ),
    (r"^Selected Date: ([A-Z][a-z]+) (\d+), (\d+)$", "選んだ日: $3年$1$2日"),
)

_SCRIPT = """
<script>
(() => {
  document.documentElement.lang = "ja";
  if (window.yakkanWords) return;
  const words = window.yakkanWords = __WORDS__;
  const patterns = __PATTERNS__.map(([from, to]) => [new RegExp(from), to]);
  const month = /January|February|March|April|May|June|July|August|September|October|November|December/;
  const names = ["aria-label", "aria-valuetext", "title", "placeholder", "alt"];
  const own = "[data-testid=stHtml], code";
  const better = (said) => {
    if (!said || !/[A-Za-z]{2}/.test(said)) return null;
    if (words[said]) return words[said];
    const found = patterns.find(([from]) => from.test(said));
    return found ? said.replace(...found).replace(month, (name) => words[name]) : null; };
  const attributes = (e) => { if (e.closest(own)) return; for (const n of names) {
    const now = better(e.getAttribute(n)); if (now) e.setAttribute(n, now); } };
  const text = (t) => { if (!t.parentElement || t.parentElement.closest(own)) return;
    const now = better(t.nodeValue.trim()); if (now) t.nodeValue = now; };
  const texts = (root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) text(walk.currentNode); };
  const visit = (e) => { if (e.nodeType !== 1) return; attributes(e);
    e.querySelectorAll("[aria-label],[aria-valuetext],[title],[placeholder],[alt]").forEach(attributes); texts(e); };
  visit(document.body);
  new MutationObserver((changes) => changes.forEach((c) => {
    if (c.type === "attributes") attributes(c.target);
    else if (c.type === "characterData") text(c.target);
    else c.addedNodes.forEach(visit);
  })).observe(document.body,
    { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: names });
})();
</script>
"""


def script() -> str:
    """The script that sets the language and replaces the labels."""
    return _SCRIPT.replace("__WORDS__", json.dumps(WORDS, ensure_ascii=False)).replace(
        "__PATTERNS__", json.dumps(PATTERNS, ensure_ascii=False)
    )
