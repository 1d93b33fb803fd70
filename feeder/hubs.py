"""Tells WebSub hubs that a feed has changed: one POST, again after a while when the hub stumbles. Knows no feeds."""

from __future__ import annotations

import http.client
import queue
import re
import threading
import urllib.error
import urllib.request
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import Message

TRIES, FIRST_PAUSE, LONGEST_PAUSE = 3, 1.0, 30.0
"""How often a hub is asked, and the seconds between: the first pause doubles, the longest is what a hub may ask for."""
_REDIRECTS = 3
_STUMBLES = frozenset({408, 425, 429, 500, 502, 503, 504})
"""What a hub answers that may be well in a moment."""
_MOVED = frozenset({307, 308})
"""Redirects that keep a POST a POST (RFC 9110, section 15.4)."""


class Answer(NamedTuple):
    """How a hub took it: whether it did, what it said, and whether it is worth asking for other feeds."""

    ok: bool
    said: str
    reachable: bool = True


class Means(NamedTuple):
    """How hubs are asked. ``sleep`` waits between two tries."""

    timeout: float
    sleep: Callable[[float], None]
    agent: str


def tell(hub: str, topic: str, means: Means) -> Answer:
    """Return how the hub took the news that the feed at the URL ``topic`` has changed. Raises nothing."""
    pause = FIRST_PAUSE
    for left in reversed(range(TRIES)):
        reply = _within(means.timeout, partial(_posted, hub, topic, means))
        if 200 <= reply.status < 300:  # noqa: PLR2004 - HTTP's own line
            return Answer(ok=True, said=reply.said)
        stumbled = reply.status == 0 or reply.status in _STUMBLES
        if not stumbled or not left:
            return Answer(ok=False, said=reply.said, reachable=not stumbled)
        means.sleep(min(max(pause, reply.retry_after), LONGEST_PAUSE))
        pause *= 2
    raise AssertionError  # the last try returns


class _Reply(NamedTuple):
    """One answer; the status is 0 when there was none."""

    status: int
    said: str
    retry_after: float = 0.0


def _within(seconds: float, ask: Callable[[], _Reply]) -> _Reply:
    """Return what ``ask`` does, or that it took too long: a socket's own bound begins anew with each byte and redirect."""
    replies: queue.Queue[_Reply] = queue.Queue()
    threading.Thread(target=lambda: replies.put(ask()), daemon=True).start()
    try:
        return replies.get(timeout=seconds)
    except queue.Empty:
        return _Reply(0, f"no answer within {seconds:g} seconds")


def _posted(hub: str, topic: str, means: Means) -> _Reply:
    """Return the hub's answer, following redirects that a POST may follow."""
    # WebSub leaves this request to the hub. Some know the URL as hub.url (PubSubHubbub 0.4), some as hub.topic.
    body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode()
    url = hub
    for _ in range(_REDIRECTS + 1):
        try:
            status, headers = _post(url, body, means)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _Reply(0, _reason(error, means))
        if status not in _MOVED:
            break
        target = urljoin(url, headers.get("Location", ""))
        if urlsplit(target).scheme not in {"https", urlsplit(url).scheme}:
            return _Reply(status, f"{status}, but to a less secure address: {target}")
        url = target
    else:
        return _Reply(status, f"more than {_REDIRECTS} redirects")
    place = headers.get("Location")
    moved = f": moved to {urljoin(url, place)}" if place and 300 <= status < 400 else ""  # noqa: PLR2004
    retry = headers.get("Retry-After", "")
    return _Reply(status, f"{status} {http.client.responses.get(status, '')}".rstrip() + moved,
                  float(retry) if re.fullmatch(r"[0-9]{1,6}", retry) else 0.0)  # fmt: skip


def _post(url: str, body: bytes, means: Means) -> tuple[int, Message]:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": means.agent}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - the configuration takes http and https only
    try:
        with _opener().open(request, timeout=means.timeout) as response:
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Its model follows a redirected POST by a GET, which tells the hub nothing and looks like success."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Return None: not to be followed."""


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirects)


def _reason(error: Exception, means: Means) -> str:
    """Return in a few words why there was no answer."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return f"no answer within {means.timeout:g} seconds"
    text = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return " ".join(str(text).split())
