"""What HTML a feed may carry, and a way to rewrite single tags before the sanitiser has the last word."""

from __future__ import annotations

import html as _html
import re
from functools import cache
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BLOCKS = frozenset(
    "address article aside blockquote center details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hgroup "
    "main nav ol p pre section table ul".split()
)
"""Elements that begin a block: a body that begins with one is HTML."""

TAGS = set(
    "a abbr acronym address article aside audio b bdi big blockquote br caption center cite code col colgroup data dd "
    "del details dfn div dl dt em figcaption figure footer font h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li "
    "main mark nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr track tt u ul var video wbr".split()
)
"""Elements that no reader and no validator objects to; of any other, the text stays."""

DROPPED = set("script style noscript template svg select textarea button applet annotation title xmp".split())
"""Elements that go with all they hold."""

KNOWN = TAGS.union(
    DROPPED,
    "area base basefont bgsound body canvas datalist dialog dir embed fieldset frame frameset head html iframe input keygen "
    "label legend link listing map math menu meta meter nobr noembed noframes optgroup option output param "
    "plaintext progress rb rtc search slot".split(),
)
"""Elements of HTML, of whatever age; but for those that would hold the items of a list in which they are never closed."""

ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "font": {"color"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "source": {"src", "srcset", "sizes", "type", "media"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "loop", "muted", "preload", "width", "height"},
}
"""Attributes that stay. No style and no event handler is among them; class only names the language of code."""

# Quoted values are bounded, so that an open quote costs a bounded search and not one to the end of the body.
_ATTRIBUTES = r"""(?:[^<>"']++|"[^"]{0,65536}+"|'[^']{0,65536}+')*+"""
_START = pattern(rf"<([a-z][^\s/>]*)(?=[\s/>]){_ATTRIBUTES}>", re.IGNORECASE)
_TAG = pattern(rf"<([a-z][a-z0-9:-]*)(?=[\s/>])({_ATTRIBUTES})>", re.IGNORECASE)
_ATTRIBUTE = pattern(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?""")


class Tag(NamedTuple):
    """One start tag, its attributes decoded; ``str`` writes it."""

    name: str
    attributes: dict[str, str]

    def __str__(self) -> str:
        """Return the tag as HTML."""
        attributes = "".join(f' {name}="{_html.escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.name}{attributes}>"


def tags_in(html: str) -> Iterator[Tag]:
    """Yield each start tag; of what has an attribute twice, the first counts."""
    for match in _TAG.finditer(html):
        yield Tag(match[1].lower(), _attributes(match[2]))


def _attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(text):
        attributes.setdefault(key.lower(), _html.unescape(next((value for value in values if value), "")))
    return attributes


def rewrite_tags(html: str, rewriters: Mapping[str, Callable[[Tag], str]], plain: str) -> str:
    """Return ``html`` with each start tag that has a rewriter replaced by what that returns.

    ``plain`` is a pattern of tags, but for their brackets, that the rewriters would leave as they are.
    """

    def rewritten(match: re.Match[str]) -> str:
        name = match[1].lower()
        return rewriters[name](Tag(name, _attributes(match[2])))

    return _tags(tuple(rewriters), plain).sub(rewritten, html)


@cache
def _tags(names: tuple[str, ...], plain: str) -> re.Pattern[str]:
    first = "".join(sorted({name[0] for name in names}))  # tells at once of most tags that they are none of these
    return re.compile(rf"<(?=[{first}])(?!(?-i:{plain})>)({'|'.join(names)})(?=[\s/>])({_ATTRIBUTES})>", re.IGNORECASE)


def without_unknown(html: str) -> str:
    """Return ``html`` without the start tags of elements that HTML has not, as in ``a <path>``; what they hold stays."""
    return _START.sub(lambda match: match[0] if match[1].lower() in KNOWN else "", html)
