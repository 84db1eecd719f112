"""What a calculation says when it must not give a number: errors that name the field.

Every error is a `CalculationError` with `field`, `value` and a Japanese `message`; `to_dict()`
is the `error` object of the command line, the batch and the tools.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from corpus.errors import YakkanError

#: longest value repeated inside a message, in characters
_SHOWN = 80


class CalculationError(YakkanError):
    """A calculation that was refused. `field` is the input's name ("" for the whole case)."""

    def __init__(self, message: str, *, field: str = "", value: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.value = value

    def to_dict(self) -> dict[str, Any]:
        """`{"field", "value", "message"}`, safe to write as JSON."""
        return {"field": self.field, "value": plain(self.value), "message": self.message}


class InputError(CalculationError):
    """An input of the wrong type, out of bounds, unknown, or at odds with another input."""


class Wanted(NamedTuple):
    """A required input that was not given: its name, Japanese title and unit."""

    name: str
    title: str
    unit: str


class MissingInput(CalculationError):
    """Required inputs are missing; `fields` lists them in the order to ask for them.

    `note` says why they are needed, "" where that is plain.
    """

    def __init__(self, fields: tuple[Wanted, ...], *, note: str = "") -> None:
        names = "、".join(f"{f.title}（{f.name}）" for f in fields)
        super().__init__(
            f"{names}が足りません。{note}値を指定してください。",
            field=fields[0].name if fields else "",
        )
        self.fields = fields
        self.note = note

    def to_dict(self) -> dict[str, Any]:
        """The error object, with every missing input by name."""
        return {**super().to_dict(), "missing": [f._asdict() for f in self.fields]}


class NotInTerms(CalculationError):
    """The agreement has no clause for this rule; `checked` are the addresses looked at."""

    def __init__(
        self, rule: str, agreement: str, checked: tuple[str, ...], title: str = ""
    ) -> None:
        looked = f"（確認した条項: {'、'.join(checked)}）" if checked else ""
        super().__init__(
            f"{agreement} の規約には『{title or rule}』を計算する定めがありません{looked}。"
            "別の規約を選ぶか、契約書・見積書を確認してください。",
            field="agreement",
            value=agreement,
        )
        self.rule = rule
        self.agreement = agreement
        self.checked = checked


class StaleRule(CalculationError):
    """The words a rule stands on are no longer in the clause of that version."""

    def __init__(
        self, rule: str, agreement: str, version: str, changed: tuple[tuple[str, str], ...]
    ) -> None:
        places = "、".join(f"{clause} の『{words}』" for clause, words in changed)
        super().__init__(
            f"計算規則 {rule} は {agreement} の {version} 版では使えません。"
            f"規則が基づく文言が条文に見当たりません: {places}。"
            "条文を確認し、provisions.toml を改めてください。",
            field="agreement",
            value=agreement,
        )
        self.rule = rule
        self.agreement = agreement
        self.version = version
        self.changed = changed


class UnknownRule(CalculationError):
    """No rule of this name."""

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        hint = (
            "使える規則: " + "、".join(known) if known else "yakkan calc --list で一覧を見られます"
        )
        super().__init__(
            f"計算規則『{shown(name)}』はありません。{hint}。", field="rule", value=name
        )


def shown(value: Any) -> str:
    """`value` as it may stand in a message: short, on one line.

    >>> shown("a" * 200)[-4:]
    'aaa…'
    """
    text = str(value)[: _SHOWN + 1].replace("\n", " ")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def plain(value: Any) -> Any:
    """`value` itself where JSON can hold it, else its short text (NaN and big sizes too)."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    return shown(value)
