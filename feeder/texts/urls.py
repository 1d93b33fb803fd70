"""URLs: absolute, percent-encoded once, in canonical form, and of a scheme that a reader may open."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from feeder.patterns import pattern
from feeder.texts.plaintext import nfc

WEB = frozenset({"http", "https"})
"""Schemes for pictures, enclosures and permalinks."""
LINKS = WEB | {"mailto", "tel", "sms", "xmpp", "irc", "ircs", "magnet", "geo", "news", "gemini", "gopher", "ftp"}
"""Schemes for links in a body. Not ``javascript``, ``data``, ``file`` or ``vbscript``."""

_SCHEME = pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LIKE_A_SCHEME = pattern(r"[^/?#]*://")
"""What stands before the path of a URL with a misspelled scheme: no relative one begins so (RFC 3986 section 4.2)."""
_URI = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")  # RFC 3986 section 3, with RFC 3987's characters
_ESCAPE = pattern(r"%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = pattern(r"%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CANONICAL = pattern(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*/[\w.~!$&'()*+,;=:@/-]*(?:\?[\w.~!$&'()*+,;=:@/?-]*)?", re.ASCII
)
"""URLs that are canonical as they are, which most are: all that follows would give them back."""
_PLAIN_PATH = pattern(r"[\w./-]*", re.ASCII)
_PLAIN = pattern(r"(?=.)(/|(?:\.\./)*)((?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?)", re.ASCII)
"""References to another page of the same host, as most are: nothing in them needs to be encoded."""
_WHITE = pattern(r"[\t\n\r]+")
_CONTROLS = "".join(map(chr, range(0x21))) + "\x7f\u3000\xa0"
_PATH = "/:@!$&'()*+,;=~%"
_QUERY = _PATH + "?"


class BadUrlError(ValueError):
    """A URL that a feed must not carry; the message says why."""


def scheme(url: str) -> str:
    """Return the scheme of ``url`` in lower case, "" for a relative one. What browsers ignore is ignored."""
    match = _SCHEME.match(_trimmed(url))
    return match[1].lower() if match else ""


def bare(url: str) -> str:
    """Return ``url`` without its query and its fragment."""
    return url.partition("#")[0].partition("?")[0]


def _trimmed(url: str) -> str:
    """Return ``url`` as browsers read it: without line breaks and tabs, nor controls and spaces around it."""
    return _WHITE.sub("", url).strip(_CONTROLS)


def is_uri(text: str) -> bool:
    """Whether ``text`` can be an Atom id: an absolute IRI (RFC 4287 section 4.2.6)."""
    return _URI.fullmatch(text) is not None


def uri(text: str) -> str:
    """Return an id as a URI, a bare UUID as a URN; "" for what is none."""
    if is_uri(text):
        return text
    from uuid import UUID  # rare, and not cheap

    try:
        return UUID(text).urn
    except ValueError:
        return ""


def atom_id(identity: str, url: str) -> str:
    """Return the id of a post in Atom, which takes URIs only: its own, else its permalink."""
    return uri(identity) or url


def own_address(post_url: str) -> str:
    """Return the URL below which a post's own files are served: its permalink as a directory."""
    address = bare(post_url)
    return address if address.endswith("/") else address.removesuffix(".html").removesuffix(".htm") + "/"


def absolute(reference: str, base: str, schemes: frozenset[str] = WEB) -> str:
    """Return ``reference`` resolved against ``base`` (RFC 3986 section 5.2), canonical.

    Raises `BadUrlError` when the scheme is not one of ``schemes`` or the URL has no host where it needs one.
    """
    if (plain := _PLAIN.fullmatch(reference)) and (directories := _directories(base)):
        up, down = plain[1], plain[2]
        return directories[0 if up == "/" else max(len(directories) - 1 - len(up) // len("../"), 0)] + down
    reference = _trimmed(reference)
    own = scheme(reference)
    if own and own not in schemes:
        message = f"a URL must be {_either(schemes & WEB)}, not {own}:"
        raise BadUrlError(message)
    if not own and (like_one := _LIKE_A_SCHEME.match(reference)):
        message = f"{like_one[0]!r} is not a URL scheme; a scheme has only letters and digits"
        raise BadUrlError(message)
    try:
        return canonical(reference if own else urljoin(base, reference.replace("\\", "/")))
    except ValueError as error:
        message = "not a URL: brackets in a host are for IPv6 addresses" if "IPv6" in str(error) else str(error)
        raise BadUrlError(message or "not a URL") from error


@lru_cache(64)
def _directories(base: str) -> tuple[str, ...]:
    """Return the directories that lead to a canonical URL, from the root of its host on; () for any other URL."""
    if not is_canonical(base):
        return ()
    path = base.partition("?")[0]
    return tuple(path[: at + 1] for at in range(len("https://"), len(path)) if path[at] == "/")


def site_absolute(reference: str, site: str) -> str:
    """Return ``reference`` as an author of ``site`` means it: relative to the site's root, wherever that is.

    ``/about/`` on ``https://x.example/blog/`` is ``https://x.example/blog/about/``; so is ``/blog/about/``.
    """
    if reference.startswith("/") and not reference.startswith("//"):
        root = urlsplit(site).path
        reference = reference if f"{reference}/".startswith(root) else root + reference.lstrip("/")
    return absolute(reference, site)


def canonical(url: str) -> str:
    """Return an absolute URL in the form of RFC 3986 section 6.2.2: encoded once, no default port, no dot segments.

    Raises `ValueError` when it cannot be parsed, and for http and https without a host.
    """
    if is_canonical(url):
        return url
    parts = urlsplit(url)
    kind = parts.scheme.lower()
    if kind not in WEB:
        return kind + ":" + quoted(url.partition(":")[2], _QUERY + "#[]")
    if not parts.hostname:
        message = "a URL needs a host"
        raise ValueError(message)
    path = _without_dots(quoted(parts.path, _PATH)) or "/"
    return urlunsplit((kind, _authority(url), path, quoted(parts.query, _QUERY), quoted(parts.fragment, _QUERY)))


def is_canonical(url: str) -> bool:
    """Whether ``url`` is an http or https URL that `canonical` would return as it is; false where that takes a closer look."""
    return _CANONICAL.fullmatch(url) is not None and "/." not in url


def quoted(text: str, safe: str = _PATH) -> str:
    """Return ``text`` percent-encoded once: what is encoded stays so, in capitals, unless it never needed to be."""
    text = _STRAY_PERCENT.sub("%25", text)
    return quote(_ESCAPE.sub(_canonical_escape, text), safe=safe)


def quoted_path(text: str) -> str:
    """Return a path made from names: NFC, each percent sign literal, encoded once."""
    if _PLAIN_PATH.fullmatch(text):
        return text
    return quote(nfc(text), safe=_PATH.replace("%", ""))


def _canonical_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _authority(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")  # which makes full stops of what looks like one
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    if not re.fullmatch(r"[\w.~!$&'()*+,;=%:\[\]-]+", host, re.ASCII):
        message = "the host of the URL has invalid characters"
        raise ValueError(message)
    port = parts.port
    user = parts.netloc.rpartition("@")[0]
    return (
        (f"{quoted(user)}@" if user else "")
        + host
        + (f":{port}" if port is not None and port != _DEFAULT_PORTS[parts.scheme.lower()] else "")
    )


def _without_dots(path: str) -> str:
    """Return ``path`` without ``.`` and ``..`` segments (RFC 3986 section 5.2.4); empty segments stay."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def _either(schemes: frozenset[str]) -> str:
    return " or ".join(sorted(schemes))


def directory_url(url: str) -> str:
    """Return the URL of a site or a directory of one, ending in ``/``. Raises `BadUrlError`."""
    if not re.match("https?://", url.strip(), re.IGNORECASE):
        message = "it must begin with https:// or http://"
        raise BadUrlError(message)
    parts = urlsplit(absolute(url, url))
    if parts.query or parts.fragment:
        message = "it must not have a query or a fragment"
        raise BadUrlError(message)
    if "@" in parts.netloc:
        message = "it must not have a user name or a password, since everybody can read feeds"
        raise BadUrlError(message)
    return parts._replace(path=parts.path.rstrip("/") + "/").geturl()
