"""A WebSub hub on loopback that does as a test says, and remembers what it was told."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Iterator


class Reply(NamedTuple):
    """What the hub answers: a status and headers, after a while, or a byte at a time."""

    status: int = 204
    headers: tuple[tuple[str, str], ...] = ()
    after: float = 0.0
    drip: bool = False


class Heard(NamedTuple):
    """One request: its method and path, its headers in lower case, its form."""

    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, str]


class Hub(ThreadingHTTPServer):
    """Answers with ``replies`` in their order, the last one again and again."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: list[Reply] = [Reply()]
        self.heard: list[Heard] = []
        self.ending = Event()
        self.url = f"http://127.0.0.1:{self.server_port}/"

    @property
    def topics(self) -> list[str]:
        """The feeds that it was told of, in the order."""
        return [item.form["hub.topic"] for item in self.heard]

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that left."""


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(dict(parse_qsl(body.decode(), strict_parsing=True)))

    def do_GET(self) -> None:
        self._answer({})

    def _answer(self, form: dict[str, str]) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.heard.append(Heard(self.command, self.path, headers, form))
        reply = self.server.replies[0]
        if len(self.server.replies) > 1:
            self.server.replies.pop(0)
        self.server.ending.wait(reply.after)
        if reply.drip:
            while not self.server.ending.wait(0.05):
                self.wfile.write(b"H")
                self.wfile.flush()
            return
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Hub]:
    """Yield a hub that listens, and end it."""
    hub = Hub()
    Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield hub
    finally:
        hub.ending.set()
        hub.shutdown()
        hub.server_close()
