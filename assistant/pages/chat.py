"""質問: a conversation about the terms, the plain answer first, its grounds below."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY
from assistant.answer import Answer
from assistant.pages import components, markup, sharing, state, turns
from assistant.pages.sharing import Shared
from assistant.pages.state import Session, Turn
from assistant.settings import MAX_QUESTION
from corpus.errors import YakkanError

#: turns after which a new conversation is asked for
MAX_TURNS = 40
_AUTO = "auto"
_CHIP, _DAY = "chat-agreement", "chat-as-of"
_NO_ANSWER = (
    "この質問にはうまく答えられませんでした。言い方を変えてお尋ねいただくか、"
    "画面下の窓口へお問い合わせください。これまでの会話は続けられます。"
)
_EXAMPLES = (
    "途中で解約したら違約金はかかりますか",
    "支払いが遅れたらどうなりますか",
    "機器を壊してしまったら弁償ですか",
)


def render() -> None:
    """Draw the page."""
    access.require(state.audience(), EVERYBODY)
    session = state.session()
    st.title("質問", anchor=False)
    _from_link(session)
    question = st.chat_input("規約について質問する", max_chars=MAX_QUESTION)
    if question:
        session.pending.append(question)
    _controls(session)
    fresh = _ask_pending(session)
    _history(session, fresh)
    _next(session)
    if fresh < len(session.turns):
        components.show_latest(f"{session.id}-{session.started}-{len(session.turns)}")


def _from_link(session: Session) -> None:
    """Take over what the link asks for, once for each link."""
    params = st.query_params
    raw = str(sorted((name, tuple(params.get_all(name))) for name in params))
    if session.replayed == raw:
        return
    session.replayed = raw
    known = state.library().ids
    shared = sharing.read(
        params.get_all("q"),
        params.get("agreement", ""),
        params.get("as_of", ""),
        params.get("today", ""),
        known,
    )
    for problem in shared.problems:
        components.problem(problem)
    if shared.questions:
        session.restart()
        session.pending = list(shared.questions)
        session.agreement, session.as_of, session.today = (
            shared.agreement,
            shared.as_of,
            shared.today,
        )
        st.session_state[_CHIP], st.session_state[_DAY] = shared.agreement or _AUTO, shared.as_of


def _controls(session: Session) -> None:
    ids = state.library().ids
    st.session_state.setdefault(_CHIP, session.agreement or _AUTO)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.pills(
            "対象のサービス",
            (_AUTO, *ids),
            format_func=lambda id: "自動" if id == _AUTO else id.upper(),
            key=_CHIP,
            required=True,
        )
        st.button(
            "新しい会話",
            icon=":material/add:",
            on_click=_restart,
            disabled=not (session.turns or session.pending),
        )
    _choose(session, None if chosen in (None, _AUTO) else str(chosen))
    if access.sees_internal(state.audience()):
        _version_day(session)
    stands = [f"{session.as_of} に効力のある版"] if session.as_of else []
    stands += [f"{session.today} の質問"] if session.today else []
    if stands:
        st.html(markup.block(f"{'、'.join(stands)}として答えています。", "yk-muted"))


def _version_day(session: Session) -> None:
    """Staff may ask what the terms said on another day."""
    st.session_state.setdefault(_DAY, session.as_of)
    with st.expander("版の基準日を変える", key="chat-version"):
        day = st.date_input(
            "この日に効力のある版で答える（空欄: 最新）", key=_DAY, format="YYYY-MM-DD"
        )
    session.as_of = day if isinstance(day, date) else None
    if session.conversation is not None:
        session.conversation.as_of = session.as_of


def _restart() -> None:
    """A new conversation, about the newest texts."""
    state.session().restart()
    st.session_state[_DAY] = None


def _choose(session: Session, agreement: str | None) -> None:
    """Fix the agreement that is meant from the next turn on; the conversation goes on."""
    session.agreement = agreement
    if session.conversation is not None:
        session.conversation.agreement = agreement


def _ask_pending(session: Session) -> int:
    """Answer what is waiting; returns the index of the first fresh turn."""
    fresh = len(session.turns)
    while session.pending:
        question = session.pending.pop(0)
        if len(session.turns) >= MAX_TURNS:
            components.problem("会話が長くなりました。『新しい会話』を押して続けてください。")
            break
        with st.spinner("規約を確認しています…"):
            _ask(session, question)
    return fresh


def _ask(session: Session, question: str) -> None:
    day = session.today or state.today()
    try:
        if session.conversation is None:
            session.conversation = state.assistant().conversation(
                agreement=session.agreement, as_of=session.as_of
            )
        answer = session.conversation.ask(question, today=day)
    except YakkanError as error:
        turns.asked(question)
        components.problem(str(error))
    except Exception as error:  # one question that fails does not cost the conversation
        state.log_failure("a question", error, trace=True)
        turns.asked(question)
        components.problem(_NO_ANSWER)
    else:
        _keep(session, answer)


def _keep(session: Session, answer: Answer) -> None:
    """Add the turn and write it to the journal; a full disk does not cost the answer."""
    turn = Turn(answer, session.today or state.today())
    session.turns.append(turn)
    try:
        journal = state.journal()
        if journal is not None:
            corpus, index = state.fingerprints()
            turn.record = journal.record(
                answer,
                audience=state.audience(),
                session=session.id,
                corpus=corpus,
                index=index,
            )
    except Exception as error:  # any database's own errors
        state.log_failure("journal", error)


def _history(session: Session, fresh: int) -> None:
    last = len(session.turns) - 1
    for number, turn in enumerate(session.turns):
        key = f"turn-{session.id[:6]}-{session.started}-{number}"
        turns.asked(turn.answer.question)
        done = turns.answered(
            turn, key, stream=number >= fresh, latest=number == last, link=_link(session, number)
        )
        if done is not None:
            _keep(session, done)
            st.rerun()


def _link(session: Session, number: int) -> str:
    """The address that asks everything up to turn `number` again."""
    said = tuple(turn.answer.question for turn in session.turns[: number + 1])
    day = session.turns[number].today
    return sharing.link(st.context.url or "", Shared(said, session.agreement, session.as_of, day))


def _next(session: Session) -> None:
    """Buttons for what can be asked next; examples where nothing was asked yet."""
    offered = session.turns[-1].answer.suggestions if session.turns else _EXAMPLES
    if not offered:
        return
    st.html(markup.block("続けて聞く" if session.turns else "質問の例", "yk-muted"))
    for number, question in enumerate(offered[:4]):
        st.button(
            components.plain(question),
            key=f"next-{len(session.turns)}-{number}",
            on_click=session.pending.append,
            args=(question,),
        )
