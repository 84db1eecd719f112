"""Links: what goes in comes out, and nothing unbounded comes in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from assistant.pages.sharing import MAX_REPLAY, Shared, link, read
from assistant.settings import MAX_QUESTION

KNOWN = ("sg", "vpn", "msp")
question = (
    st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=50)
    .map(str.strip)
    .filter(bool)
)
shared = st.builds(
    Shared,
    st.lists(question, min_size=1, max_size=MAX_REPLAY).map(tuple),
    st.none() | st.sampled_from(KNOWN),
    st.none() | st.dates(),
    st.none() | st.dates(),
)


@given(shared)
def test_a_link_carries_the_conversation_exactly(wanted):
    params = parse_qs(urlsplit(link("https://h:1/x/ask?q=old#f", wanted)).query)

    def one(name):
        return params.get(name, [""])[0]

    assert read(params["q"], one("agreement"), one("as_of"), one("today"), KNOWN) == wanted


@given(st.lists(st.text(max_size=9000), max_size=30), st.text(), st.text(), st.text())
def test_whatever_a_link_says_is_bounded(questions, agreement, as_of, today):
    got = read(questions, agreement, as_of, today, KNOWN)
    assert len(got.questions) <= MAX_REPLAY
    assert all(len(q) <= MAX_QUESTION for q in got.questions)
    assert got.agreement is None or got.agreement in KNOWN
