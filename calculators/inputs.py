"""Input types of the rules: yen, dates, instants, shares, each strict and bounded.

A rule declares its inputs as a subclass of `Inputs`. From the same class come the command-line
options, the form, the tool schema and the reference page (`specs`), and every refusal
(`validate`) is a `CalculationError` that names the field in Japanese.
"""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from calculators.errors import InputError, MissingInput, Wanted, shown

MAX_YEN = 10**12
MAX_ROWS = 1000
YEARS = (1900, 2200)

Kind = Literal[
    "yen", "date", "instant", "flag", "share", "count", "choice", "text", "list", "record"
]


@dataclass(frozen=True, slots=True)
class Marker:
    """The kind of an annotated input type; how every surface knows what to ask for."""

    kind: Kind


def parse_day(value: Any) -> date:
    """A `date`, or ISO text of exactly `YYYY-MM-DD`, between 1900 and 2200."""
    day: date | None = None
    if type(value) is date:
        day = value
    elif type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
    if day is None:
        raise PydanticCustomError(
            "yakkan",
            "日付として読めません。実在する日を YYYY-MM-DD（例: 2027-04-30）で指定してください",
        )
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise PydanticCustomError(
            "yakkan", "計算できる範囲の外の日付です。1900年から2200年の間で指定してください"
        )
    return day


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?", re.ASCII)


def parse_instant(value: Any) -> datetime:
    """A naive `datetime`, or ISO text `YYYY-MM-DDTHH:MM[:SS]` (Japan time)."""
    moment: datetime | None = None
    if type(value) is datetime and value.tzinfo is None:
        moment = value
    elif type(value) is str and _INSTANT.fullmatch(value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
    if moment is None:
        raise PydanticCustomError(
            "yakkan",
            "日時として読めません。YYYY-MM-DDTHH:MM（例: 2027-05-10T09:00、日本時間）で指定してください",
        )
    if not YEARS[0] <= moment.year <= YEARS[1]:
        raise PydanticCustomError(
            "yakkan", "計算できる範囲の外の日時です。1900年から2200年の間で指定してください"
        )
    return moment


_SHARE = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)([%％]?)", re.ASCII)


def parse_share(value: Any) -> Fraction:
    """A rate between 0 and 1000 %: "30%", "0.3", 0.3 or an integer; exact."""
    share: Fraction | None = None
    if isinstance(value, Fraction):
        share = value
    elif type(value) in (int, float, str) and (found := _SHARE.fullmatch(str(value).strip())):
        share = Fraction(found[1]) / (100 if found[2] else 1)
    if share is None or not 0 <= share <= 10:
        raise PydanticCustomError(
            "yakkan",
            "料率として読めません。0以上10以下の数（例: 0.3 または 30%）で指定してください",
        )
    return share


Yen = Annotated[int, Field(ge=0, le=MAX_YEN), Marker("yen")]
Count = Annotated[int, Field(ge=1, le=MAX_ROWS), Marker("count")]
Day = Annotated[date, BeforeValidator(parse_day), Marker("date")]
Instant = Annotated[
    datetime,
    BeforeValidator(parse_instant),
    Marker("instant"),
    WithJsonSchema({"type": "string", "pattern": "YYYY-MM-DDTHH:MM"}),
]
Flag = Annotated[bool, Marker("flag")]
Share = Annotated[
    Fraction,
    BeforeValidator(parse_share),
    Marker("share"),
    WithJsonSchema({"type": "string", "examples": ["0.3", "30%"]}),
]

_T = TypeVar("_T")
Rows = Annotated[list[_T], Field(max_length=MAX_ROWS)]


class Record(BaseModel):
    """Base of a row inside a list input: strict, no unknown keys."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True
    )


class Inputs(Record):
    """Base of every rule's inputs.

    `ordered` lists pairs (earlier, later) of date fields. `conditional` says that some field
    is required `unless` another is given (`json_schema_extra={"unless": name}` or a list of names).
    """

    ordered: ClassVar[tuple[tuple[str, str], ...]] = ()
    conditional: ClassVar[bool] = False

    as_of: Day | None = Field(None, title="基準日（この日に効力のある版で計算）")

    def check(self) -> None:
        """Refuse an end before its start; override to add checks between fields."""
        for earlier, later in self.ordered:
            first, last = getattr(self, earlier), getattr(self, later)
            if first is not None and last is not None and last < first:
                fields = type(self).model_fields
                raise InputError(
                    f"{fields[later].title}（{later}）の値 {last} は、"
                    f"{fields[earlier].title}（{earlier}）の {first} より前です。"
                    f"{first} 以後の日を指定してください。",
                    field=later,
                    value=str(last),
                )

    @classmethod
    def parse(cls, raw: Any) -> Self:
        """Validated inputs from plain data; raises only `CalculationError`."""
        if not isinstance(raw, Mapping):
            raise InputError(
                f"inputs の値 {shown(raw)} は項目名と値の組ではありません。"
                '{"項目名": 値, …} の形で指定してください。',
                field="inputs",
                value=raw,
            )
        try:
            inputs = cls.model_validate(dict(raw))
        except ValidationError as error:
            from calculators.refusals import explain

            raise explain(cls, error, raw) from None
        if cls.conditional and (wanted := cls.unmet(raw)):
            raise MissingInput(wanted)
        inputs.check()
        return inputs

    @classmethod
    def unmet(cls, raw: Mapping[str, Any]) -> tuple[Wanted, ...]:
        """Inputs declared `unless` another one where neither was given."""
        return tuple(
            Wanted(spec.name, spec.title, spec.unit)
            for spec in specs(cls)
            if spec.unless and all(raw.get(name) is None for name in (spec.name, *spec.unless))
        )


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One input as a surface shows it.

    `rows` are the columns of a list of records; `unless` names other inputs, each of which makes
    a required one unnecessary; `by_provider` says that only the provider can tell it
    (`json_schema_extra={"told_by": "provider"}`).
    """

    name: str
    title: str
    unit: str
    kind: Kind
    required: bool
    choices: tuple[str, ...] = ()
    rows: tuple[InputSpec, ...] = ()
    help: str = ""
    unless: tuple[str, ...] = ()
    by_provider: bool = False


@functools.cache
def specs(model: type[Record]) -> tuple[InputSpec, ...]:
    """The inputs of `model` in declared order, `as_of` last."""
    found = [_spec(name, info) for name, info in model.model_fields.items()]
    return tuple(sorted(found, key=lambda spec: spec.name == "as_of"))


@functools.cache
def date_fields(model: type[Record]) -> tuple[str, ...]:
    """Names of the single dates and instants among the inputs, without `as_of`."""
    return tuple(
        s.name for s in specs(model) if s.kind in ("date", "instant") and s.name != "as_of"
    )


def _spec(name: str, info: Any) -> InputSpec:
    kind, choices, rows = _kind(info.annotation, tuple(info.metadata))
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    unit = str(extra.get("unit", "円" if kind == "yen" else ""))
    title, help_text = info.title or name, info.description or ""
    told = extra.get("unless", ())
    unless = (
        (told,)
        if isinstance(told, str)
        else tuple(map(str, told if isinstance(told, list) else ()))
    )
    required = info.is_required() or bool(unless)
    by_provider = extra.get("told_by") == "provider"
    return InputSpec(
        info.alias or name,
        title,
        unit,
        kind,
        required,
        choices,
        rows,
        help_text,
        unless,
        by_provider,
    )


def _kind(
    annotation: Any, metadata: tuple[Any, ...] = ()
) -> tuple[Kind, tuple[str, ...], tuple[InputSpec, ...]]:
    for mark in metadata:
        if isinstance(mark, Marker):
            return mark.kind, (), ()
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(args[0], tuple(args[1:]))
    if origin in (Union, types.UnionType):
        return _kind(next(arg for arg in args if arg is not type(None)))
    if origin is Literal:
        return "choice", tuple(str(arg) for arg in args), ()
    if origin is list:
        inner = _kind(args[0])
        return "list", inner[1], inner[2]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return "record", (), specs(annotation)
    return "text", (), ()
