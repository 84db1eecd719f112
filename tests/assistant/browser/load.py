"""Many people at once, at the level of the wire: what the app takes without browsers beside it."""

from __future__ import annotations

import asyncio
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect


class Visitor:
    """One session: opens the app, asks, reads all that the app sends until it is done."""

    def __init__(self, url):
        self.url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self.box = ""
        self.seen = []

    async def open(self):
        self.socket = await connect(self.url, subprotocols=["streamlit"], max_size=None)
        await self._run(BackMsg())

    async def ask(self, question):
        """Seconds from sending the question until the script has finished."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add(id=self.box)
        state.chat_input_value.data = question
        self.seen = []
        started = time.perf_counter()
        await self._run(message)
        return time.perf_counter() - started

    async def _run(self, message):
        message.rerun_script.query_string = ""
        await self.socket.send(message.SerializeToString())
        while True:
            got = ForwardMsg.FromString(await self.socket.recv())
            element = got.delta.new_element
            if element.HasField("chat_input"):
                self.box = element.chat_input.id
            if element.HasField("html"):
                self.seen.append(element.html.body)
            if got.WhichOneof("type") == "script_finished":
                return

    async def close(self):
        await self.socket.close()


async def all_at_once(url, questions):
    """Seconds each question took, asked by as many people at the same moment; what they saw."""
    visitors = [Visitor(url) for _ in questions]
    for visitor in visitors:
        await visitor.open()
    taken = await asyncio.gather(
        *(visitor.ask(q) for visitor, q in zip(visitors, questions, strict=True))
    )
    pages = ["\n".join(visitor.seen) for visitor in visitors]
    await asyncio.gather(*(visitor.close() for visitor in visitors))
    return list(taken), pages
