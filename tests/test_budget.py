"""feeder/budget.py: what a feed gives up to keep within `feeds.max_bytes`, and in which order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from readback import READERS, data_of, items, json_feed, read_all
from test_assemble import NOW, post

import feeder.formats
from feeder import content
from feeder.budget import Cut, fitted, told
from feeder.cli import main
from feeder.formats import FORMATS
from feeder.model import Card, Channel, Feed
from feeder.survey import card_from_post

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from feeder import Build

FORMS = ("rss", "atom", "json")
FILES = {name: FORMATS[name].file_name for name in FORMS}
CHANNEL = Channel("Site", "https://site.example/", "About", "en", (), "https://site.example/")


def posts(number: int, words: int = 200) -> dict[str, str | bytes]:
    """Return posts of one length, the last the newest."""
    text = "word " * words
    return {
        f"p{at}.md": f"---\ntitle: Post {at}\ndate: 2024-01-{at + 1:02}\ndescription: In short {at}.\n---\n{text}\n"
        for at in range(number)
    }


def config(**feeds: Any) -> str:
    """Return a configuration with these keys of feeds."""
    return json.dumps({"site": {"url": "https://site.example/"}, "feeds": feeds})


def texts(build: Build) -> list[bool]:
    """Return whether each entry of the site's feed has its text: the same in every format."""
    found = {tuple(bool(entry.html) for entry in feed.entries) for feed in read_all(build).values()}
    assert 1 == len(found)
    return list(found.pop())


def sizes(build: Build) -> list[int]:
    """Return the bytes of the site's feeds."""
    return [len(data_of(build, path)) for _, path, _ in READERS]


# In whole builds


def test_within_the_budget_nothing_is_given_up(build: Callable[..., Build]) -> None:
    """A feed that just fits is as it would be without a budget."""
    free = build(posts(12), config(max_bytes=0))
    most = max(sizes(free)) + 400
    assert free == build({}, config(max_bytes=most))
    assert ((), [True] * 12) == (free.cuts, texts(free))


@pytest.mark.parametrize("share", [0.99, 0.9, 0.8, 0.7])
def test_the_oldest_give_up_their_text_first(share: float, build: Callable[..., Build]) -> None:
    """As many of the newest as there is room for keep their text; the same in every format, and none is lost."""
    whole = build(posts(12), config(max_bytes=0))
    most = int(max(sizes(whole)) * share)
    made = build({}, config(max_bytes=most))
    kept = texts(made)
    assert 12 == len(kept)
    assert kept == sorted(kept, reverse=True)
    assert False in kept
    assert most >= max(sizes(made)) > most - max(sizes(whole)) // 10
    assert (Cut("", kept.count(False), 0, over=False),) == made.cuts


def test_what_gave_up_its_text_has_its_summary(build: Callable[..., Build]) -> None:
    """All else of such an entry is as it was: its title, its dates, what stands for it in a list."""
    whole, made = build(posts(12), config(max_bytes=0)), build({}, config(max_bytes=12_000))
    for name, feed in read_all(made).items():
        for entry, before in zip(feed.entries, read_all(whole)[name].entries, strict=False):
            assert entry.summary == before.summary
            assert entry.summary.startswith("In short")
            assert (entry.id, entry.title, entry.published, entry.url) == (before.id, before.title, before.published, before.url)  # fmt: skip
            assert entry.html in {before.html, ""}


def test_then_the_limit_sinks(build: Callable[..., Build]) -> None:
    """When summaries alone are too much, the oldest posts leave; the newest keep their text as far as half of it goes."""
    made = build(posts(28), config(max_bytes=9_000, limit=0))
    kept = texts(made)
    assert 28 > len(kept) > kept.count(True) > 0
    assert kept == sorted(kept, reverse=True)
    assert 9_000 >= max(sizes(made)) > 8_000
    (cut,) = made.cuts
    assert (kept.count(False), 28 - len(kept), False) == (cut.summaries, cut.dropped, cut.over)
    assert (len(kept), len(kept)) == (made.feeds[0].limit, len(made.feeds[0].posts))
    assert [f"Post {at}" for at in range(27, 27 - len(kept), -1)] == [entry.title for entry in json_feed(data_of(made, "feed.json")).entries]  # fmt: skip


def test_one_post_is_too_much(build: Callable[..., Build]) -> None:
    """A feed never loses its newest post, however large; that it is too large is said."""
    made = build({"a.md": f"---\ntitle: A\ndate: 2024-01-01\nid: https://site.example/{'a' * 3000}\n---\nText.\n"}, config(max_bytes=2_000))  # fmt: skip
    assert 1 == len(made.feeds[0].posts)
    assert [True] == [cut.over for cut in made.cuts]
    (problem,) = (problem for problem in made.problems if problem.code == "feed-over-budget")
    assert problem.message.endswith(": 1 entry cut to the summary, and still too large")


def test_summaries_have_nothing_to_give_up(build: Callable[..., Build]) -> None:
    """A feed of summaries loses its oldest posts at once."""
    made = build(posts(28), config(max_bytes=9_000, limit=0, content="summary"))
    (cut,) = made.cuts
    assert 0 == cut.summaries
    assert 0 < cut.dropped < 28


def test_each_feed_has_a_budget_of_its_own(build: Callable[..., Build]) -> None:
    """A category's feed that fits keeps its texts, though the site's feed does not."""
    made = build({**posts(12), "c.md": "---\ntitle: C\ndate: 2023-01-01\ncategories: [Few]\n---\nA text.\n"},
                 config(max_bytes=15_000, categories=True))  # fmt: skip
    assert [""] == [cut.directory for cut in made.cuts]
    assert b"A text." in data_of(made, "categories/few/atom.xml")


def test_a_problem_and_the_summary_line_say_so(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was given up is told as a note, which never makes a build fail, and in the summary."""
    for name, text in posts(28).items():
        write(f"posts/{name}", text)
    write("feeder.yml", config(max_bytes=9_000, limit=0))
    monkeypatch.chdir(tmp_path)
    arguments = ["--now", "2026-06-01", "--no-cache"]
    result = CliRunner().invoke(main, ["build", "--strict", *arguments], catch_exceptions=False)
    assert 0 == result.exit_code
    note = "public/rss.xml:1:1: note [feed-over-budget] over feeds.max_bytes (9000): "
    (line,) = (line for line in result.stderr.splitlines() if line.startswith(note))
    summary = result.stderr.splitlines()[-1]
    assert f"; 1 feed over feeds.max_bytes: {line.removeprefix(note)}; left out" in summary
    assert "beyond the limit" in summary
    checked = CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)
    assert "feed-too-large" not in checked.stdout
    assert "[feed-over-budget]" in checked.stdout


def test_a_feed_that_sinks_ages_its_posts(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Posts that left for want of room are too old to `diff`, and none has vanished."""
    write("feeder.yml", config(max_bytes=0, limit=0))
    for name, text in posts(28).items():
        write(f"posts/{name}", text)
    monkeypatch.chdir(tmp_path)
    arguments = ["--now", "2026-06-01", "--no-cache"]
    CliRunner().invoke(main, ["build", *arguments], catch_exceptions=False)
    write("feeder.yml", config(max_bytes=9_000, limit=0))
    found = json.loads(
        CliRunner().invoke(main, ["diff", "--format", "json", *arguments], catch_exceptions=False).stdout
    )
    assert {"aged", "edited"} == {kind for kind, number in found["counts"].items() if number}


# What an item without its text is


BODIES = {
    "text": "---\ntitle: use <T> & R&D\ndate: 2024-01-02\nlang: de\nauthor: [A, B]\ntags: [x]\n---\nFirst.\n\nSecond & *third*.\n",
    "picture": "---\ntitle: Picture\ndate: 2024-01-03\ndescription: A picture\n---\nSee ![a](https://x.example/a.png)\n",
    "sound": "---\ntitle: Sound\ndate: 2024-01-04\nenclosure: {url: https://x.example/a.mp3, length: 5}\ncomments: true\n---\nListen.\n",
    "code": '---\ntitle: Code\ndate: 2024-01-05\ndescription: Code\n---\n```\n</content>\\n<summary \n"content_html": 1\n```\n',
    "none": "---\ntitle: None\ndate: 2024-01-06\n---\n",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_short_item_is_one_of_a_summary_feed(name: str, build: Callable[..., Build]) -> None:
    """What is left when the text is taken out of an item is what a feed of summaries has, to the byte."""
    sources: dict[str, str | bytes] = {f"{key}.md": text for key, text in BODIES.items()}
    made = {kind: data_of(build(sources, config(content=kind)), FILES[name]) for kind in ("full", "summary")}
    if name == "json":
        full, summary = (json.loads(data)["items"] for data in made.values())
        short = [json.loads(FORMATS[name].short(json.dumps(item).encode())) for item in full]
    else:
        full, summary = (_elements(data) for data in made.values())
        short = [FORMATS[name].short(item) for item in full]
    assert len(BODIES) == len(short)
    assert summary == short
    assert full != short


def _elements(data: bytes) -> list[bytes]:
    """Return the bytes of each item of a feed in XML."""
    opening, closing = (b"<item", b"</item>\n") if b"<rss" in data else (b"<entry", b"</entry>\n")
    parts = data.split(closing)[:-1]
    assert len(items(data)) == len(parts)
    return [part[part.index(opening) :] + closing for part in parts]


@pytest.mark.parametrize("name", FORMS)
def test_an_item_without_a_summary_keeps_its_text(name: str, build: Callable[..., Build]) -> None:
    """There is nothing that could stand for it."""
    made = build({"a.md": "---\ntitle: A\ndate: 2024-01-01\n---\n![a](https://x.example/a.png)\n"}, config())
    data = data_of(made, FILES[name])
    item = json.dumps(json.loads(data)["items"][0]).encode() if name == "json" else _elements(data)[0]
    assert item == FORMATS[name].short(item)


# Arithmetic


def feed(number: int, **more: Any) -> Feed:
    """Return a feed of posts."""
    cards: tuple[Card, ...] = tuple(card_from_post(post(f"p{at}", at + 1)) for at in range(number))
    return Feed("https://site.example/", "", "Site", "https://site.example/", NOW, cards, CHANNEL, **more)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let formats be plain: a frame of a hundred bytes; an item of n bytes has a summary of a tenth. Return the calls."""
    calls: list[int] = []

    def short(item: bytes) -> bytes:
        calls.append(len(item))
        return item[: -(-len(item) // 10)]

    def document(_feed: Feed, _items: Any, _url: str) -> bytes:
        return b"." * 100

    plain = FORMATS["rss"]._replace(short=short, document=document)
    monkeypatch.setattr(feeder.budget, "FORMATS", dict.fromkeys(FORMS, plain))
    return calls


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 2_000), max_size=40), st.integers(1, 30_000), st.booleans())
def test_the_bound_holds_and_nothing_is_given_up_in_vain(lengths: list[int], most: int, whole: bool) -> None:  # noqa: FBT001
    """A feed is within its budget, or says that it is not; and the next newer text, or post, would not have fitted."""
    with pytest.MonkeyPatch.context() as patch:
        plain = FORMATS["rss"]._replace(short=lambda item: item[: -(-len(item) // 10)], document=lambda *_: b"." * 100)
        patch.setattr(feeder.budget, "FORMATS", {"rss": plain, "atom": plain})
        found = fitted(feed(len(lengths), before=3 if whole else None), [{"rss": b"x" * n, "atom": b"x" * (n + 1)} for n in lengths],
                       {"rss": "rss.xml", "atom": "atom.xml"}, most)  # fmt: skip
    full = [n + 1 for n in lengths]
    now = [len(item["atom"]) for item in found.items]
    room = most - 200

    def taken(sizes: list[int]) -> int:
        return sum(sizes) + 6 * len(sizes)

    cut = found.cut or Cut("", 0, 0, over=False)
    assert len(full) == len(now) + cut.dropped == len(found.feed.posts) + cut.dropped
    assert cut.summaries == sum(after < before for before, after in zip(full, now, strict=False))
    assert cut.over == (found.cut is not None and taken(now) > room)
    assert not (whole and cut.dropped)
    if cut.over:
        assert whole or len(now) == 1 or not full
    shortened = [at for at, (before, after) in enumerate(zip(full, now, strict=False)) if after < before]
    if shortened and not cut.dropped:
        first = shortened[0]
        assert taken([*now[:first], full[first], *now[first + 1 :]]) > room
        assert all(after == before or at >= first for at, (before, after) in enumerate(zip(full, now, strict=False)))
    if cut.dropped:
        assert taken([*now, -(-full[len(now)] // 10)]) > room


def test_ten_thousand_posts_are_weighed_once(plain: list[int]) -> None:
    """No document is made to see whether it fits, and no summary of a post that could not be shown anyway."""
    found = fitted(feed(10_000), [dict.fromkeys(FORMS, b"x" * 5_000)] * 10_000, FILES, 1_000_000)
    assert found.cut is not None
    assert len(found.items) + 1 == len(plain) // 3 + 10
    assert 10_000 - len(found.items) == found.cut.dropped


def test_what_was_given_up_is_told_in_words() -> None:
    """One entry is an entry."""
    assert "1 entry cut to the summary" == told(Cut("", 1, 0, over=False))
    assert "2 entries cut to the summary, 81 left out" == told(Cut("", 2, 81, over=False))
    assert "1 left out, and still too large" == told(Cut("", 0, 1, over=True))
    assert "nothing left to cut" == told(Cut("", 0, 0, over=True))


# Bodies


def test_each_body_is_rendered_once(build: Callable[..., Build], monkeypatch: pytest.MonkeyPatch) -> None:
    """1,000 posts in 300 categories and in feeds that are cut: no body is rendered twice."""
    rendered = content.all_rendered
    seen: list[str] = []

    def counting(bodies: Sequence[content.Written], *arguments: Any, **how: Any) -> list[content.Body | None]:
        seen.extend(body.path for body in bodies)
        return rendered(bodies, *arguments, **how)

    monkeypatch.setattr("feeder.render.all_rendered", counting)
    sources: dict[str, str | bytes] = {
        f"s{at % 7}/p{at}.md": f"---\ntitle: Post {at}\ndate: 20{at % 20 + 1:02}-01-02\ncategories: [c{at % 300}]\n---\nText {at}\n"
        for at in range(1_000)
    }  # fmt: skip
    made = build(sources, config(categories=True, sections=True, limit=0, archive=50, max_bytes=100_000))
    assert sorted(sources) == sorted(seen)
    assert 300 == sum(feed.kind == "categories" for feed in made.feeds)
    assert made.cuts
