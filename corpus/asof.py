"""As of a date: the text in force, or the honest word that its text is not held.

Earlier versions are known by date from the supplementary provisions (附則) of those held.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.library import Library, Version

IN_FORCE, KNOWN_BY_DATE, BEFORE = "in_force", "known_by_date", "before"


@dataclass(frozen=True, slots=True)
class AsOf:
    """What is known of an agreement on a date.

    status: in_force (the text is held), known_by_date (a version was in force, its text is
    not held) or before (the agreement did not exist yet); effective: the date on which the
    version of that day took effect; version: its text, where held; next: when the version
    after it took effect.
    """

    agreement: str
    day: date
    status: str
    effective: date | None
    version: Version | None
    next: date | None
    message: str

    def to_dict(self) -> dict[str, Any]:
        """As data, for --json."""
        return {
            "agreement": self.agreement,
            "date": self.day.isoformat(),
            "status": self.status,
            "effective": self.effective.isoformat() if self.effective else None,
            "next": self.next.isoformat() if self.next else None,
            "version": self.version.effective.isoformat() if self.version else None,
            "hash": self.version.hash if self.version else None,
            "message": self.message,
        }


def as_of(library: Library, id: str, day: date) -> AsOf:
    """What was in force on `day`; raises UnknownAgreement."""
    agreement = library.agreement(id)
    held = {version.effective: version for version in library.versions(id)}
    known = sorted({d for version in held.values() for d in version.known_since} | set(held))
    past = [d for d in known if d <= day]
    following = next((d for d in known if d > day), None)
    title = agreement.title
    if not past:
        return AsOf(
            id,
            day,
            BEFORE,
            None,
            None,
            following,
            f"{title}は {day} にはまだ効力がありません（最初の効力日: {following}）。",
        )
    effective = past[-1]
    if effective in held:
        message = f"{title}の {day} 時点の版は {effective} 効力の版で、本文を収録しています。"
        return AsOf(id, day, IN_FORCE, effective, held[effective], following, message)
    message = (
        f"{title}の {day} 時点の版は {effective} 効力の版ですが、附則から日付が分かるだけで、本文は収録していません。"
        f"本文を収録しているのは {'、'.join(map(str, sorted(held)))} 効力の版です。"
    )
    return AsOf(id, day, KNOWN_BY_DATE, effective, None, following, message)


def history(library: Library, id: str) -> tuple[tuple[date, bool], ...]:
    """Every known effective date of an agreement and whether its text is held, oldest first."""
    held = set(library.agreement(id).versions)
    known = {d for version in library.versions(id) for d in version.known_since} | held
    return tuple((d, d in held) for d in sorted(known))
