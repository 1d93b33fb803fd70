"""A URL -> Publication: the only place where feeder fetches, and only what its user named.

The address that was checked is the one that is connected to, so that no name can lead elsewhere a moment later. A
redirect leads into a private network only when the URL that was named lies in one already, and to a link-local address,
where clouds keep the secrets of a machine, never. No proxy is used, no cookie kept, no password sent.
"""

from __future__ import annotations

import gzip
import http.client
import ipaddress
import socket
import ssl
import zlib
from contextlib import closing, suppress
from threading import Timer
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from feeder.problems import ConfigurationError
from feeder.published.items import MAX_BYTES, Publication
from feeder.records import NamedTuple
from feeder.texts.plaintext import clean, fold, shorten
from feeder.texts.urls import BadUrlError, absolute

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 5
_NOT_MODIFIED, _OK = 304, 200
_CHUNK = 65536
_LONGEST_COMPLAINT = 300
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


class Fetched(NamedTuple):
    """A document as a server gave it, and by what the server knows it again (RFC 9110, section 8.8)."""

    data: bytes
    etag: str = ""
    last_modified: str = ""


class Bounds(NamedTuple):
    """How long a fetch may take in all, in seconds, redirects included, and how many bytes may come."""

    seconds: float = 30
    size: int = MAX_BYTES


def from_web(fetched: Fetched, url: str) -> Publication:
    """Return what is published at ``url``."""
    return Publication(url, {url: fetched.data}, whole=False)


BOUNDS = Bounds()


def fetch(url: str, known: Fetched | None = None, bounds: Bounds = BOUNDS, agent: str = "feeder") -> Fetched:
    """Return the document at ``url``; ``known``, which was fetched before, when the server says that it still holds.

    Raises `ConfigurationError` for what cannot be reached, is too large, takes too long or leads where it must not.
    """
    headers = {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip", "Connection": "close"}
    if known:
        conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        headers |= {name: value for name, value in conditions.items() if value}
    watch = _Watch(bounds.seconds)
    try:
        with closing(watch):
            return _followed(url, headers, known, bounds, watch)
    except (_RefusedError, OSError, EOFError, http.client.HTTPException, ValueError, zlib.error) as error:
        why = f"it took longer than {bounds.seconds:g} seconds" if watch.over else _printable(_reason(error))
        message = f"cannot compare with {url}: {why}"
        raise ConfigurationError(message) from error


class _RefusedError(Exception):
    """What feeder will not do, and why."""


class _Watch:
    """Ends a connection when the time is over, whatever it waits for: a server may send one byte a second for ever."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.over = False
        self._socket: socket.socket | None = None
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def guard(self, connection: socket.socket) -> None:
        self._socket = connection
        if self.over:
            self._end()

    def close(self) -> None:
        self._timer.cancel()
        self._timer.join()

    def _end(self) -> None:
        self.over = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def _followed(url: str, headers: Mapping[str, str], known: Fetched | None, bounds: Bounds, watch: _Watch) -> Fetched:
    may: Callable[[str], bool] = _anywhere
    for _ in range(_MOST_REDIRECTS + 1):
        url = _canonical(url)
        parts = urlsplit(url)
        with closing(_Connection(url, watch, may)) as connection:
            connection.request("GET", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), headers=headers)
            if may is _anywhere:
                may = _is_near if connection.inside else _is_public
            with closing(connection.getresponse()) as response:
                if response.status in _REDIRECTS and (target := response.getheader("Location")):
                    url = urljoin(url, target)
                    continue
                if response.status == _NOT_MODIFIED and known:
                    return known
                if response.status != _OK:
                    raise _RefusedError(f"the server responded with {response.status} {response.reason}".rstrip())
                data = _body(response, bounds.size)
                if watch.over:
                    raise TimeoutError
                return Fetched(data, response.getheader("ETag", ""), response.getheader("Last-Modified", ""))
    raise _RefusedError(f"more than {_MOST_REDIRECTS} redirects")


def _canonical(url: str) -> str:
    try:
        url = absolute(url, url)
    except BadUrlError as error:
        raise _RefusedError(f"{error}: {url}") from error
    if "@" in urlsplit(url).netloc:
        raise _RefusedError("the URL contains a password, and feeder sends none")
    return url


class _Connection(http.client.HTTPConnection):
    """A connection to one of a host's addresses, after a look at it: to one where it ``may`` lead."""

    def __init__(self, url: str, watch: _Watch, may: Callable[[str], bool]) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._watch = watch
        self._may = may
        self.inside = False
        """Whether the address is a private one."""
        self.default_port = http.client.HTTPS_PORT if self._secure else http.client.HTTP_PORT
        super().__init__(self._host, parts.port or self.default_port, timeout=watch.seconds)

    def connect(self) -> None:
        """Connect to the first address that answers."""
        found = socket.getaddrinfo(self._host, self.port, type=socket.SOCK_STREAM)
        places = [(family, place) for family, _, _, _, place in found if self._may(str(place[0]))]
        if not places:
            raise _RefusedError(f"it leads to {self._host}, which is in a private network")
        for family, place in places:
            self.sock = socket.socket(family, socket.SOCK_STREAM)
            self.sock.settimeout(self._watch.seconds)
            self._watch.guard(self.sock)
            try:
                self.sock.connect(place)
            except OSError:
                self.sock.close()
                if self._watch.over or place is places[-1][1]:
                    raise
            else:
                self.inside = not _is_public(str(place[0]))
                break
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._host)
            self._watch.guard(self.sock)


def _anywhere(_: str) -> bool:
    """Return that the URL that the user named may lead to any address."""
    return True


def _is_public(text: str) -> bool:
    """Whether an address is one of the internet's."""
    address = _address(text)
    return address.is_global and not address.is_multicast


def _is_near(text: str) -> bool:
    """Whether an address is one to which servers of a private network may lead."""
    return not _address(text).is_link_local


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the address that is meant, whatever notation hides it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        within = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        return within or address
    return address


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    encoding = response.getheader("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise _RefusedError(f"the server encoded its answer as {encoding} without being asked")
    stream = gzip.GzipFile(fileobj=response) if "gzip" in encoding else response
    data = bytearray()
    while part := stream.read1(_CHUNK):
        data += part
        if len(data) > limit:
            raise _RefusedError(f"it is larger than {limit} bytes")
    if response.length:
        raise _RefusedError("the answer was cut short")
    return bytes(data)


def _printable(text: str) -> str:
    """Return what a server may have written, without what a terminal would obey."""
    return shorten(fold(clean(text)), _LONGEST_COMPLAINT)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, (gzip.BadGzipFile, zlib.error)):
        return "the server sent invalid gzip data"
    if isinstance(error, EOFError):
        return "the answer was cut short"
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).strip()
