"""A language model that lies: an OpenAI-compatible HTTP server on loopback, scripted per attack.

It stands in for a real provider, so what is tested is the whole way from LangChain's HTTP
client to the answer shown. `LyingModel.play` sets what it does next; nothing is random.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

#: name of the tool by which LangChain's ToolStrategy asks for the structured answer
ANSWER_TOOL = "ModelReply"

#: a claim: what is said, and the addresses it is said to stand on
Claim = tuple[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer of the server; `delay` in seconds before it is sent."""

    body: bytes
    status: int = 200
    delay: float = 0.0
    content_type: str = "application/json"


#: what the model does with a request (the parsed JSON of /v1/chat/completions)
Behaviour = Callable[[dict[str, Any]], Reply]


class LyingModel:
    """The server; use as a context manager, `url` is the base URL for the client."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self._behaviour: Behaviour = lambda _request: saying("")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Base URL of the OpenAI-compatible API."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def play(self, behaviour: Behaviour) -> None:
        """From now on behave like this, with an empty record of requests."""
        self.requests.clear()
        self._behaviour = behaviour

    def answer(self, request: dict[str, Any]) -> Reply:
        """What is sent for `request`."""
        self.requests.append(request)
        return self._behaviour(request)

    def __enter__(self) -> LyingModel:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(model: LyingModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Serves POST of any path; every other method is refused by the base class."""

        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body in one packet
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            model.headers.append({k.lower(): v for k, v in self.headers.items()})
            reply = model.answer(json.loads(self.rfile.read(length)))
            time.sleep(reply.delay)
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.content_type)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
                self.wfile.flush()
            except OSError:
                return  # the client gave up first, as it should

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing on stderr."""

    return Handler


def claiming(claims: Iterable[Claim]) -> Behaviour:
    """Answer every request with these claims in the structured form."""
    arguments = {"claims": [{"text": text, "clause_ids": list(ids)} for text, ids in claims]}
    return lambda _request: calling(ANSWER_TOOL, arguments)


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One behaviour per request; the last one for all further requests."""
    left = list(behaviours)

    def play(request: dict[str, Any]) -> Reply:
        return (left.pop(0) if len(left) > 1 else left[0])(request)

    return play


def calling(name: str, arguments: dict[str, Any] | str) -> Reply:
    """A reply that calls one tool; a string is sent as it is (it may be no JSON)."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": text}}
    return _completion({"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls")


def saying(content: str) -> Reply:
    """A reply in plain text, outside the structured form."""
    return _completion({"role": "assistant", "content": content}, "stop")


def failing(status: int, text: str = "") -> Reply:
    """An HTTP error."""
    body = {"error": {"message": text or "failed", "type": "server_error"}}
    return Reply(json.dumps(body, ensure_ascii=False).encode(), status)


def _completion(message: dict[str, Any], reason: str) -> Reply:
    body = {
        "id": "chatcmpl-lie",
        "object": "chat.completion",
        "created": 0,
        "model": "liar",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return Reply(json.dumps(body, ensure_ascii=False).encode())
