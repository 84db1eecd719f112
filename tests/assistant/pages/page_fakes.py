"""What tests of the pages share: a small assistant that answers by key word from real clauses."""

from __future__ import annotations

from types import SimpleNamespace

from assistant.answer import Answer, MissingInput
from assistant.composer import cite
from calculators.engine import calculate
from corpus.errors import YakkanError
from corpus.library import Library
from index.naming import Names

NASTY = "<img src=x onerror=alert(1)> **太字** [x](http://e) $a$ :red[赤]"


class FakeConversation:
    """Remembers what was asked, so that a leak between sessions would show."""

    def __init__(self, library, agreement, as_of):
        self.library, self.agreement, self.as_of, self.said = library, agreement, as_of, []

    def ask(self, text, *, today):
        self.said.append(text)
        if "エラー" in text:
            raise YakkanError("質問を読めません。短くして、もう一度お尋ねください。")
        if "故障" in text:
            raise ZeroDivisionError
        return self._answer(text, self.agreement or "vpn")

    def _answer(self, text, agreement):
        version = self.library.version(agreement)
        if "天気" in text:
            return Answer(text, "out_of_scope", "規約の質問ではありません。", checked=("vpn:1.1",))
        if "料金表" in text:
            return Answer(text, "governed_elsewhere", "別に定めます。", where="契約料金表")
        cited = (cite(version, version.paragraphs()[3], text, ""),)
        if "滞納" in text and "円" not in text:
            return Answer(
                text,
                "needs_input",
                "元の金額が必要です。",
                citations=cited,
                missing=(MissingInput("principal", "元の金額", "円"),),
                requests=(
                    {
                        "rule": "late_charge",
                        "agreement": "vpn",
                        "inputs": {"due_date": "2026-07-31", "paid_date": "2026-08-31"},
                        "missing": ["principal"],
                    },
                ),
            )
        if "滞納" in text:
            inputs = {"principal": 30000, "due_date": "2026-07-31", "paid_date": "2026-08-31"}
            result = calculate("late_charge", "vpn", inputs, library=self.library).to_dict()
            return Answer(
                text,
                "answered",
                "遅延損害金を計算しました。",
                citations=cited,
                calculations=(result,),
                assumptions=tuple(result["assumptions"]) or ("前提",),
                alternatives=tuple(result["alternatives"]),
            )
        return Answer(
            text,
            "answered",
            f"{text}への答えです。これまで{len(self.said)}問。{NASTY}",
            citations=cited,
            carried=tuple(self.said[:-1]),
            suggestions=("支払いが遅れたら？",),
            timings={"search": 0.01},
        )


class FakeAssistant:
    """What the pages use of an assistant."""

    def __init__(self, settings=None):
        self.settings = settings
        self.library = Library.load(None)
        self.searcher = SimpleNamespace(
            library=self.library,
            names=Names.of(self.library),
            embedder=SimpleNamespace(name="none"),
        )

    def recall(self, as_of):
        return None

    def conversation(self, agreement=None, as_of=None):
        return FakeConversation(self.library, agreement, as_of)


def go(app, path=""):
    """Run the app at a page's address, as a browser that follows a link would."""
    if path:
        from streamlit.util import calc_hash

        app._page_hash = calc_hash(path)
    return app.run()


def html(app):
    """Everything that the page says as HTML, in order."""
    return "\n".join(
        block.proto.body for block in app.get("html") if "<script>" not in block.proto.body
    )
