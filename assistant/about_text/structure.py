"""How a text is built: how many articles, paragraphs and items, its chapters, its captions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.about_text.reading import CLAUSE, Said, asking
from assistant.about_text.showing import printed, shown
from assistant.findings import Finding
from assistant.named_clauses import located
from corpus.clause import Clause
from corpus.library import Version, place
from corpus.numerals import NUMERAL_CHARS, to_int
from corpus.terms import Node

_WHOLE = r"(?:全部で|全体で|全体|全|合計で?|総数)?"
_MADE = r"(?:から|まで|で)?(?:成って|成り|なって|なり|構成され|でき)?"
_ARTICLES = asking(
    rf"{_WHOLE}何(?:条|箇条|か条|カ条|ヶ条){_MADE}|(?:条|条文|条項)(?:の(?:数|総数)|(?:は|が)?(?:全部で)?いくつ(?:まで)?)|(?:条|条文)数"
)
_CHAPTERS = asking(rf"{_WHOLE}何章{_MADE}|章の(?:数|総数)|章数")
_CONTENTS = asking(
    r"目次|章立て|条文構成|(?:条文?|条項|章|見出し|表題|タイトル)(?:の)?(?:一覧|リスト|構成)"
)
_PARTS = asking(rf"{CLAUSE}.{{0,4}}?{_WHOLE}(?:何(?P<part>項|号){_MADE}|(?P<counted>項|号)の?数)")
_CAPTION = asking(rf"{CLAUSE}の?(?:見出し|表題|タイトル|題名|題|名称|条名)")
_CHAPTER = re.compile(rf"第?\s*(?P<number>[{NUMERAL_CHARS}]+)\s*章")
_OF_CHAPTER = asking(
    r"章(?:何|どんな|書いて|書かれ|定めて|規定し|条(?:文|項)?|中身|内容|構成|目次|表題|タイトル|題名|見出し|題|含まれ|含む|入って|収められ|"
    r"名前|名称|全部で|から|まで|に|は|が|の|を|で|[、。?\s])*"
)


def read(said: Said) -> tuple[Finding, ...]:
    """What the structure of each agreement answers; empty where nothing of it is asked."""
    if said.mentions:
        return _of_clause(said)
    chapter = _CHAPTER.search(said.rest)
    if chapter is not None:
        return _of_chapter(said, str(to_int(chapter["number"])), chapter)
    rows: tuple[tuple[re.Pattern[str], Callable[[Version], Finding]], ...] = (
        (_ARTICLES, _how_many_articles),
        (_CHAPTERS, _how_many_chapters),
        (_CONTENTS, _contents),
    )
    for pattern, tell in rows:
        if pattern.fullmatch(said.rest):
            return tuple(tell(version) for version in said.held)
    return ()


def _how_many_articles(version: Version) -> Finding:
    articles = version.articles()
    if not articles:
        return shown(version, f"{version.agreement.title}に条はありません。", status="not_in_terms")
    last = articles[-1]
    chapters = version.terms.chapters
    inside = f"{len(chapters)}章" if chapters else ""
    count = f"全部で{inside}{len(articles)}条です"
    lead = f"{version.agreement.title}は、{count}（最後の条は{printed(last)}）。"
    return shown(version, lead, [last], checked=_ids(articles))


def _how_many_chapters(version: Version) -> Finding:
    chapters = version.terms.chapters
    if not chapters:
        return _no_chapters(version)
    lines = "".join(f"\n・{_title(chapter)}" for chapter in chapters)
    articles = version.articles()
    lead = f"{version.agreement.title}は、全部で{len(chapters)}章です。{lines}"
    return shown(version, lead, articles[-1:], checked=_ids(articles))


def _contents(version: Version) -> Finding:
    lines: list[str] = []
    chapter = ""
    articles = version.articles()
    for article in articles:
        if article.chapter != chapter:
            chapter = article.chapter
            lines.append(chapter)
        lines.append(f"・{printed(article)}")
    lead = "\n".join([f"{version.agreement.title}の条は次のとおりです。", *lines])
    return shown(version, lead, _ends(articles), checked=_ids(articles))


def _of_clause(said: Said) -> tuple[Finding, ...]:
    match = _PARTS.fullmatch(said.rest)
    if match is None and not _CAPTION.fullmatch(said.rest):
        return ()
    found = []
    for version in said.held:
        clause = located(version, said.mentions[0])
        if clause is not None and match is not None:
            found.append(_how_many_parts(version, clause, match["part"] or match["counted"]))
        elif clause is not None:
            found.append(_caption(version, clause))
    return tuple(found)


def _how_many_parts(version: Version, clause: Clause, part: str) -> Finding:
    at = place(clause.address)
    inside = version.children(clause.address)
    if part == "号" and clause.level == "article":
        each = [(p, version.children(p.address)) for p in inside]
        counts = [f"{place(p.address)}は{len(items)}号" for p, items in each if items]
        tail = "、".join(counts) + "です。" if counts else "号はありません。"
        ends = [items[-1].id for _, items in each if items]
        return shown(version, f"{at}の{tail}" if not counts else tail, [clause], checked=ends)
    if not inside:
        return shown(version, f"{at}に{part}はありません。", [clause])
    lead = f"{at}は、全部で{len(inside)}{part}です。"
    return shown(version, lead, [clause], checked=[inside[-1].id])


def _caption(version: Version, clause: Clause) -> Finding:
    if not clause.caption:
        return shown(version, f"{place(clause.address)}に見出しはありません。", [clause])
    inside = f"（{clause.chapter}の条です）" if clause.chapter else ""
    lead = f"第{clause.address.article}条の見出しは、{clause.caption}です{inside}。"
    return shown(version, lead, [clause])


def _of_chapter(said: Said, number: str, match: re.Match[str]) -> tuple[Finding, ...]:
    rest = said.rest[: match.start()] + "章" + said.rest[match.end() :]
    found, titled = [], []
    for version in said.held:
        chapter = next((c for c in version.terms.chapters if c.number == number), None)
        own = chapter is not None and bool(chapter.caption) and chapter.caption in rest
        plain = rest.replace(chapter.caption, "") if own and chapter is not None else rest
        if not _OF_CHAPTER.fullmatch(plain):
            continue
        if not version.terms.chapters:
            told = _no_chapters(version)
        elif chapter is None:
            told = _no_chapter(version, number)
        else:
            told = _chapter(version, chapter)
        found.append(told)
        titled += [told] if own else []
    return tuple(titled or found)


def _chapter(version: Version, chapter: Node) -> Finding:
    title = _title(chapter)
    articles = [a for a in version.articles() if a.chapter == title]
    lines = "".join(f"\n・{printed(article)}" for article in articles)
    lead = f"{title}には、{len(articles)}つの条があります。{lines}"
    return shown(version, lead, _ends(articles), checked=_ids(articles))


def _no_chapters(version: Version) -> Finding:
    last = version.articles()[-1:]
    lead = f"{version.agreement.title}は章に分かれていません。"
    return shown(version, lead, status="not_in_terms", checked=_ids(last))


def _no_chapter(version: Version, number: str) -> Finding:
    last = version.articles()[-1]
    lead = f"{version.agreement.title}に第{number}章はありません。章は{last.chapter}までです。"
    return shown(version, lead, status="not_in_terms", checked=[last.id])


def _title(chapter: Node) -> str:
    return f"{chapter.marker} {chapter.caption}".strip()


def _ends(articles: Sequence[Clause]) -> list[Clause]:
    return [*articles[:1], *articles[-1:]] if len(articles) > 1 else [*articles]


def _ids(clauses: Sequence[Clause]) -> list[str]:
    return [clause.id for clause in clauses]
