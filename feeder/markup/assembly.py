"""Tags as they are called, one within another, and what they come to: Markdown or HTML in place of each."""

from __future__ import annotations

import re
from textwrap import dedent, indent
from typing import TYPE_CHECKING

from feeder.markup.meanings import MEANINGS
from feeder.markup.nowhere import NOWHERE, without_parts
from feeder.markup.pieces import attribute, is_picture
from feeder.markup.scanning import MAX_DEPTH
from feeder.records import NamedTuple
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk


_HOSTS = re.compile(r"youtube|vimeo|bilibili|instagram|codepen|jsfiddle|tweet|(?<![a-z])gist|gist$")
"""What the names of tags that a site defines for itself have in them, where they show something of another site."""


_MEANT_OTHERWISE = ("", "picture")
"""The meanings of tags that a site may define in another way: what else it calls a tab or a note is one."""


class Frame(NamedTuple):
    """A block that is open: how it was called, and the parts that are in it so far."""

    call: Call
    parts: list[str]
    shown: str


class Assembly:
    """Puts a body together again, from its text and its tags in their order."""

    def __init__(self, desk: Desk, *, dedented: bool = False) -> None:
        self._desk = desk
        self._dedented = dedented
        """Whether what is in a block is set in, as JSX is; in Markdown, that would make code of it."""
        self._whole: list[str] = []
        self._lost = False
        self.frames: list[Frame] = []

    def add(self, text: str) -> None:
        """Add text where the body is now."""
        (self.frames[-1].parts if self.frames else self._whole).append(text)

    def called(self, call: Call, shown: str) -> None:
        """Add what a tag comes to; one of which nothing is known is noted, and leaves what is in it."""
        meaning = _meaning(call.name, self._desk.dialect.tags)
        template = self._desk.settings.habits.options.get(f"shortcode.{call.name}", "")
        found = self._laid_out(template, call, meaning) if template and meaning in _MEANT_OTHERWISE else None
        if found is None and meaning in MEANINGS and not (template and meaning == "picture" and _names_no_file(call)):
            found = MEANINGS[meaning](call, self._desk)
        source = call.first("src", "image", "img", word=None if meaning else 0)
        if found is None and is_picture(source):
            shown_one = _as_picture(call, source)  # a site's own way to show one
            found = f"{MEANINGS['picture'](shown_one, self._desk) or ''}{call.inner or ''}"
        if found is None:
            self._desk.unknown(shown, call.offset)
            text = escape(call.first("alt", "alttext")) if meaning == "picture" and call.untold else ""
            found = text or ("" if _is_data(call.inner or "") else call.inner or "") or self.lost(call.offset)
        found = found.replace("|", "&#124;") if call.cell else found
        self._desk.became(call, found)
        self.add(found)

    def _laid_out(self, template: str, call: Call, meaning: str) -> str | None:
        """Return what a tag that the site itself defines comes to; None where that is not known, or a picture like any other."""
        from feeder.markup.layouts import laid_out  # few bodies have such tags

        found = laid_out(template, call, self._desk)
        source = attribute(_source(call))
        shows_it = found is not None and (f'="{source}"' in found or f"='{source}'" in found)
        return None if meaning == "picture" and shows_it else found

    def opened(self, call: Call, shown: str) -> bool:
        """Begin a block, unless that is too deep: then what is in it is left. Return whether it was."""
        if len(self.frames) >= MAX_DEPTH:
            return False
        self.frames.append(Frame(call, [], shown))
        return True

    def closed(self, name: str, *, ends_line: bool) -> bool:
        """End the innermost block of a name, and those in it that nobody ended. Return whether there is one."""
        if not any(frame.call.name == name for frame in self.frames):
            return False
        while True:
            frame = self.frames.pop()
            if frame.call.name == name:
                break
            self._left_open(frame)
        margin = frame.call.margin if ends_line else None
        inner = "".join(frame.parts)
        if self._dedented and "\n" in inner:
            inner = indent(dedent(inner), frame.call.margin or "")
        self.called(frame.call._replace(inner=inner, margin=margin), frame.shown)
        return True

    def finished(self) -> str:
        """Return the whole body."""
        while self.frames:
            self._left_open(self.frames.pop())
        whole = "".join(self._whole)
        return without_parts(whole) if self._lost else whole

    def lost(self, offset: int) -> str:
        """Return what stands for a tag that is removed: nothing, but in the address of a link, which leads nowhere then."""
        if not self._desk.in_link(offset):
            return ""
        self._lost = True
        return NOWHERE

    def _left_open(self, frame: Frame) -> None:
        self.called(frame.call, frame.shown)
        self.add("".join(frame.parts))


def _meaning(name: str, tags: Mapping[str, str]) -> str:
    """Return what a tag means: by its name, by that in small letters, or by the site that it names; "" for nothing."""
    folded = name.lower()
    found = tags.get(name) or tags.get(folded)
    return found or (hosts[0] if (hosts := _HOSTS.search(folded)) else "")


def _is_data(text: str) -> bool:
    """Whether a text is data for a program, and none for readers: a list or a table in JSON."""
    if text.strip()[:1] not in {"[", "{"}:
        return False
    import json  # few texts are

    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _names_no_file(call: Call) -> bool:
    """Whether a picture has a name that only the site's own template makes an address of."""
    source = _source(call)
    return "://" not in source and "." not in source.rpartition("/")[2]


def _source(call: Call) -> str:
    return call.first("src", "image", "img", "url", word=0)


def _as_picture(call: Call, source: str) -> Call:
    """Return the call of a tag that shows a picture as one of a picture: another address in it is what it links to."""
    words = _source_and_text(call.words)
    if source in call.words:
        return call._replace(inner=None, words=words)
    link = call.first("link", "url", "href")
    return call._replace(inner=None, words=words, named={**call.named, "src": source, "link": link})


def _source_and_text(words: Sequence[str]) -> tuple[str, ...]:
    """Return the first word, and the others as one text: without sizes and addresses, which stand anywhere."""
    said = " ".join(word for word in words[1:] if "/" not in word and not word.isdigit())
    return tuple(filter(None, (*words[:1], said)))
