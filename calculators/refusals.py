"""Why inputs were refused, in Japanese: from a validation error to a `CalculationError`.

Loaded only when something was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from calculators.errors import CalculationError, InputError, MissingInput, Wanted, shown
from calculators.inputs import Inputs, specs


def explain(
    model: type[Inputs], error: ValidationError, raw: Mapping[str, Any]
) -> CalculationError:
    """The error to raise: the first invalid input, or else everything that is missing."""
    details = error.errors(include_url=False, include_context=True)
    missing = [d for d in details if d["type"] == "missing" and len(d["loc"]) == 1]
    wrong = [d for d in details if d not in missing]
    if not wrong:
        absent = {str(d["loc"][0]) for d in missing}
        plain = (s for s in specs(model) if s.name in absent)
        wanted = tuple(Wanted(s.name, s.title, s.unit) for s in plain)
        return MissingInput((*wanted, *model.unmet(raw)))
    detail = wrong[0]
    field = _path(detail["loc"])
    title = _title(model, detail["loc"])
    value = None if detail["type"] == "missing" else detail["input"]
    if detail["type"] == "missing":
        message = f"{title}（{field}）が足りません。値を指定してください。"
    elif detail["type"] == "extra_forbidden":
        names = "、".join(spec.name for spec in specs(model))
        message = f"項目 {field} はこの計算にありません。使える項目: {names}。"
    else:
        message = f"{title}（{field}）の値 {shown(value)} は使えません。{_reason(detail)}。"
    return InputError(message, field=field, value=value)


def _path(loc: tuple[int | str, ...]) -> str:
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{shown(part)}" if text else shown(part)
    return text


def _title(model: type[Inputs], loc: tuple[int | str, ...]) -> str:
    found = next((spec for spec in specs(model) if spec.name == loc[0]), None)
    if found is None:
        return "項目"
    inner = next((spec.title for spec in found.rows if spec.name == loc[-1]), "")
    return f"{found.title}の{inner}" if inner else found.title


_REASONS = {
    "int_type": "整数（小数点・カンマ・引用符なし）で指定してください",
    "int_from_float": "小数ではなく整数で指定してください",
    "bool_type": "true か false で指定してください",
    "string_type": "文字列で指定してください",
    "list_type": "[…] の並びで指定してください",
    "model_type": "{…} の形で指定してください",
    "model_attributes_type": "{…} の形で指定してください",
    "dict_type": "{…} の形で指定してください",
}


def _reason(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "yakkan":
        return detail["msg"]
    if kind == "greater_than_equal":
        return f"{context['ge']:,} 以上で指定してください"
    if kind == "less_than_equal":
        return f"{context['le']:,} 以下で指定してください"
    if kind == "literal_error":
        return f"{context['expected']} のどれかを指定してください"
    if kind == "too_long":
        return f"{context['max_length']:,} 件以下で指定してください"
    if kind == "too_short":
        return f"{context['min_length']} 件以上を指定してください"
    return _REASONS.get(kind, "型か形が違います。項目の説明を確認してください")
