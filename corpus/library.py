"""The agreements at hand: folders of versions, each parsed once and addressed by clause.

`Library.load()` reads the packaged agreements, or the folder an operator names. A fourth
agreement is a fourth folder: `<id>/agreement.toml` and `<id>/<effective date>/terms.txt`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import tomli as tomllib

from corpus.address import APPENDIX, SUPPLEMENTARY, Address
from corpus.clause import Clause, clauses
from corpus.dates import dates_in
from corpus.errors import YakkanError
from corpus.parser import parse
from corpus.terms import Terms

PACKAGED = Path(__file__).parent / "agreements"


class UnknownClause(YakkanError):
    """An address that no clause has."""


class UnknownAgreement(YakkanError):
    """An agreement id that the library does not hold."""


class VersionNotHeld(YakkanError):
    """The text in force on a date is not in the library."""


@dataclass(frozen=True)
class Agreement:
    """An agreement: who published it, what people call it, which versions are held.

    nicknames: words that mean it only where no agreement is named; they may mean something else.
    """

    id: str
    title: str
    short: str
    aliases: tuple[str, ...]
    publisher: str
    versions: tuple[date, ...]
    folder: Path
    order: int = 0
    service: str = ""
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True)
class Version:
    """One version of an agreement: its text, its tree and its clauses by address."""

    agreement: Agreement
    effective: date
    text: str
    folder: Path

    @cached_property
    def terms(self) -> Terms:
        """The parsed tree."""
        return parse(self.text)

    @cached_property
    def hash(self) -> str:
        """First 16 hex digits of the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @cached_property
    def _by_id(self) -> dict[str, Clause]:
        return {clause.id: clause for clause in clauses(self.agreement.id, self.terms)}

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, in the order of the text."""
        return tuple(self._by_id.values())

    def paragraphs(self) -> tuple[Clause, ...]:
        """Paragraphs and supplementary provisions: the units that notes are written for."""
        return tuple(c for c in self.clauses() if c.level in ("paragraph", "suppl"))

    def articles(self) -> tuple[Clause, ...]:
        """Articles, in order."""
        return tuple(c for c in self.clauses() if c.level == "article")

    def get(self, address: str | Address) -> Clause | None:
        """The clause at `address`, or None."""
        return self._by_id.get(str(address))

    def clause(self, address: str | Address) -> Clause:
        """The clause at `address`; raises UnknownClause, saying which articles there are."""
        wanted = Address.parse(address) if isinstance(address, str) else address
        found = self._by_id.get(str(wanted))
        if found is None:
            raise UnknownClause(self._unknown(wanted))
        return found

    def _unknown(self, wanted: Address) -> str:
        articles = self.articles()
        last = articles[-1].address.article if articles else "0"
        known = self._by_id.get(f"{wanted.agreement}:{wanted.article}")
        inside = (
            ""
            if known is None
            else f"第{wanted.article}条は{len(self.children(known.address))}項までです。"
        )
        return (
            f"{self.agreement.title}に条項「{wanted}」はありません。{inside}"
            f"条は第{last}条までです。yakkan corpus show {self.agreement.id} で一覧できます。"
        )

    def children(self, address: str | Address) -> tuple[Clause, ...]:
        """The clauses directly inside `address`."""
        return self._children.get(str(address), ())

    @cached_property
    def _children(self) -> dict[str, tuple[Clause, ...]]:
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses():
            if clause.address.parent is not None:
                found.setdefault(str(clause.address.parent), []).append(clause)
        return {key: tuple(value) for key, value in found.items()}

    def display(self, address: str | Address) -> str:
        """「Secure Gateway 利用規約 第18条第1項第2号①」."""
        at = Address.parse(address) if isinstance(address, str) else address
        return f"{self.agreement.short} {place(at)}"

    @property
    def known_since(self) -> tuple[date, ...]:
        """Dates of every version that the supplementary provisions name, oldest first."""
        named = {day for node in self.terms.supplementary for day in dates_in(node.full_text)}
        return tuple(sorted(named | {self.effective}))


def place(at: Address) -> str:
    """An address without its agreement, in words.

    >>> place(Address.parse("sg:18.1(2)①")), place(Address.parse("x:25の2.1"))
    ('第18条第1項第2号①', '第25条の2第1項')
    """
    if at.article in (SUPPLEMENTARY, APPENDIX):
        head = f"{at.article}{f' 第{at.paragraph}' if at.paragraph else ''}"
    else:
        number, _, branch = at.article.partition("の")
        chapter, sep, plain = number.partition("章")
        head = f"第{chapter}章第{plain}条" if sep else f"第{number}条"
        head += f"の{branch}" if branch else ""
        head += f"第{at.paragraph}項" if at.paragraph else ""
    return head + (f"第{at.item}号" if at.item else "") + (at.subitem or "")


@dataclass(frozen=True)
class Library:
    """The agreements of one folder."""

    root: Path
    agreements: dict[str, Agreement]
    _versions: dict[tuple[str, date], Version] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def load(cls, root: Path | None = None) -> Library:
        """The library of `root` (default: the packaged agreements).

        Raises YakkanError where the folder is not one of agreements.
        """
        return _load(root or PACKAGED)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the agreements in their order."""
        return tuple(self.agreements)

    def agreement(self, id: str) -> Agreement:
        """The agreement `id`; raises UnknownAgreement."""
        found = self.agreements.get(id)
        if found is None:
            raise UnknownAgreement(
                f"規約「{id[:40]}」はありません。{' / '.join(self.ids)} から選んでください。"
            )
        return found

    def version(self, id: str, as_of: date | None = None) -> Version:
        """The newest version, or the one in force on `as_of`.

        Raises VersionNotHeld where the text of that day is not in the library.
        """
        agreement = self.agreement(id)
        held = [d for d in agreement.versions if as_of is None or d <= as_of]
        if not held:
            raise VersionNotHeld(
                f"{agreement.title}の {as_of} 時点の本文は収録していません。"
                f"収録している版の効力日: {'、'.join(d.isoformat() for d in agreement.versions)}。"
            )
        return self._version(agreement, held[-1])

    def _version(self, agreement: Agreement, effective: date) -> Version:
        key = (agreement.id, effective)
        if key not in self._versions:
            folder = agreement.folder / effective.isoformat()
            text = (folder / "terms.txt").read_text(encoding="utf-8")
            self._versions[key] = Version(agreement, effective, text, folder)
        return self._versions[key]

    def versions(self, id: str) -> tuple[Version, ...]:
        """Every held version, oldest first."""
        agreement = self.agreement(id)
        return tuple(self._version(agreement, day) for day in agreement.versions)

    def clause(self, address: str | Address, as_of: date | None = None) -> Clause:
        """The clause at `address`; raises AddressError, UnknownAgreement or UnknownClause."""
        at = Address.parse(address) if isinstance(address, str) else address
        return self.version(at.agreement, as_of).clause(at)


@cache
def _load(root: Path) -> Library:
    if not root.is_dir():
        raise YakkanError(
            f"規約のフォルダー「{root}」がありません。YAKKAN_CORPUS の設定を確かめてください。"
        )
    found = [_agreement(f.parent) for f in sorted(root.glob("*/agreement.toml"))]
    kept = sorted((a for a in found if a.versions), key=lambda a: (a.order, a.id))
    if not kept:
        raise YakkanError(
            f"規約のフォルダー「{root}」に規約がありません。yakkan corpus add で追加してください。"
        )
    return Library(root, {a.id: a for a in kept})


def _agreement(folder: Path) -> Agreement:
    try:
        data = tomllib.loads((folder / "agreement.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise YakkanError(
            f"{folder.name}/agreement.toml を読めません（{error}）。TOML の書式を直してください。"
        ) from None
    title = str(data.get("title", folder.name))
    return Agreement(
        id=folder.name,
        title=title,
        short=str(data.get("short", title)),
        aliases=tuple(data.get("aliases", ())),
        publisher=str(data.get("publisher", "")),
        versions=tuple(sorted(_dates(folder))),
        folder=folder,
        order=int(data.get("order", 100)),
        service=str(data.get("service", "")),
        nicknames=tuple(data.get("nicknames", ())),
    )


def _dates(folder: Path) -> list[date]:
    found = []
    for file in folder.glob("*/terms.txt"):
        try:
            found.append(date.fromisoformat(file.parent.name))
        except ValueError:
            continue
    return found
