"""feeder/comparison/compare.py, edits.py, matching.py and words.py: which post is which, what happened to it, and how much of it changed."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeder.comparison.compare import MEANINGS, Finding, Kind, Surroundings, by_name, compare
from feeder.comparison.matching import link_key, match
from feeder.comparison.readers import READERS, effects
from feeder.comparison.words import Measure, measure, similarity, word_diff, words
from feeder.model import Card
from feeder.published.items import PublishedItem

DAY = datetime(2026, 1, 10, 12, tzinfo=UTC)
TEXTS = [
    "The ferry leaves at nine and nobody on board has ever asked where it goes in winter.",
    "Bread wants patience, flour, water and a kitchen in which nobody opens the window.",
    "Maps of the old town show a bridge that no photograph has, and one gate too many.",
    "A violin that is not played for a year forgets its owner, said the man in the shop.",
    "Our cat has three names: one for the doctor, one for the neighbours, and a real one.",
]


def item(number: int, **changes: Any) -> PublishedItem:
    """Return a post with things of its own: title, date, text, address."""
    url = f"https://site.example/{number}/"
    made = PublishedItem(
        id=url, url=url, title=f"Number {'zero one two three four five'.split()[number]} of many",
        published=DAY - timedelta(days=number), updated=DAY - timedelta(days=number), html=f"<p>{TEXTS[number % 5]}</p>",
    )  # fmt: skip
    if "published" in changes:
        changes.setdefault("updated", changes["published"])
    return made._replace(**changes)


def card(of: PublishedItem) -> Card:
    assert of.published
    return Card(path="x.md", shown="x.md", id=of.id, url=of.url, published=of.published, updated=of.published)


def seen(
    old: list[PublishedItem], new: list[PublishedItem], surroundings: Surroundings = Surroundings()  # noqa: B008
) -> list[tuple[str, str]]:  # fmt: skip
    """Return kind and id of what happened."""
    return [(str(finding.kind), finding.item.id) for finding in compare(old, new, surroundings)]


def one(old: PublishedItem, new: PublishedItem) -> Finding:
    """Return the only thing that happened."""
    (finding,) = compare([old], [new], Surroundings())
    return finding


ELSEWHERE = {"id": "tag:site.example,2026:x"}


# The same post under another id


@pytest.mark.parametrize(
    ("changes", "by"),
    [
        ({}, "link"),
        ({"title": "Another title altogether"}, "link"),
        ({"url": "http://www.site.example/0"}, "link"),
        ({"url": "https://site.example/0/index.html#top"}, "link"),
        ({"url": "https://site.example/0.html?utm_source=rss"}, "link"),
        ({"url": "https://other.example/0/"}, "link"),
        ({"url": "https://site.example/zero/"}, "title and date"),
        ({"url": "", "title": "number ZERO of many!"}, "title and date"),
        ({"url": "https://site.example/zero/", "published": DAY + timedelta(hours=9)}, "title"),
        ({"url": "https://site.example/zero/", "published": DAY + timedelta(days=90)}, "title"),
        ({"url": "https://site.example/zero/", "published": None}, "title"),
        ({"url": "https://site.example/zero/", "title": "Quite other words"}, "body"),
        ({"url": "https://site.example/zero/", "title": "", "published": DAY + timedelta(days=90)}, "body"),
        ({"url": "https://site.example/zero/", "title": "Quite other words", "html": f"<h1>{TEXTS[0]}</h1> And more."}, "body"),
    ],
)  # fmt: skip
def test_a_post_under_another_id_is_recognised(changes: dict[str, Any], by: str) -> None:
    """By its link, else title and date, else title, else body: whichever a redesign left alone."""
    new = item(0, **{**ELSEWHERE, **changes})
    findings = compare([item(1), item(0), item(2)], [item(1), new, item(2)], Surroundings())
    assert [(Kind.RESENT, f"recognised by its {by}")] == [
        (finding.kind, finding.reason.partition(";")[0]) for finding in findings
    ]
    assert (item(0), new) == (findings[0].old, findings[0].new)


@pytest.mark.parametrize("clock", [True, False])
def test_the_notes_of_a_microblog_are_recognised(clock: bool) -> None:  # noqa: FBT001
    """Of a year of short posts without titles under new addresses, no two are confused, and most are recognised."""
    chance = random.Random(7)
    moment, old, new = DAY - timedelta(days=400), [], []
    for number in range(120):
        moment += timedelta(seconds=chance.randrange(40_000, 400_000))
        day = moment if clock else moment.replace(hour=0, minute=0, second=0)
        html = chance.choice((
            "Good morning.", f'<img src="https://a.example/p/{number}.jpg">', f'<a href="https://x.example/{number}">Read</a>',
            " ".join(chance.choices("tea rain harbour boat bread late again snow".split(), k=chance.randrange(1, 9))),
        ))  # fmt: skip
        note = PublishedItem(id=f"a:{number}", url=f"https://a.example/{number}", published=day, updated=day, html=html)
        zone = timedelta(hours=chance.choice((0, 0, 0, 2)))
        moved = note._replace(id=f"b:{number}", url=f"https://b.example/n{number}/", title=f"n{number}")
        moved = moved._replace(html=html.replace("a.example", "b.example/m"), published=day + zone)
        old += [note] if chance.random() < 0.9 else []
        new += [moved] if chance.random() < 0.9 else []
    pairs = match(old, new).moved
    assert [pair.old.item.id[2:] for pair in pairs] == [pair.new.item.id[2:] for pair in pairs]
    assert len({one.id[2:] for one in old} & {one.id[2:] for one in new}) * 0.9 < len(pairs)


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "https://site.example/zero/", "title": "Quite other words", "html": TEXTS[3], "published": DAY + timedelta(days=2)},
        {"title": "Quite other words", "html": TEXTS[3], "published": DAY + timedelta(days=2)},
        {"url": "https://site.example/z/", "html": "Short.", "published": DAY + timedelta(days=90)},
    ],
    ids=["nothing in common", "nothing but the link in common", "nothing but the title in common"],
)  # fmt: skip
def test_another_post_is_not_taken_for_it(changes: dict[str, Any]) -> None:
    """Where too little is the same, one post has vanished, and another is new."""
    new = item(0, **{**ELSEWHERE, **changes})
    assert [("vanished", item(0).id), ("new", new.id)] == seen([item(0), item(1)], [new, item(1)])


def test_a_pair_is_matched_once() -> None:
    """Of two posts with one title, each is recognised by what only it has."""
    old = [item(0, title="Week"), item(1, title="Week"), item(2, title="Week")]
    new = [
        post._replace(id=f"tag:x,2026:{number}", url=f"https://y.example/p{number}") for number, post in enumerate(old)
    ]
    findings = compare(old, new, Surroundings())
    assert [(post, other) for post, other in zip(old, new, strict=True)] == [
        (found.old, found.new) for found in findings
    ]
    assert {"recognised by its title and date"} == {found.reason.partition(";")[0] for found in findings}


def test_items_without_anything_are_no_mistake() -> None:
    """Items that say nothing, not even an id, are compared without a crash and taken for no known post."""
    empty = PublishedItem(id="")
    assert ["vanished", "vanished", "new"] == [kind for kind, _ in seen([empty, empty], [empty])]


def test_many_posts_at_once_are_all_recognised() -> None:
    """Two hundred posts of a site that moved and changed every id: none is new, none has vanished."""
    words_of = random.Random(7)
    old = [
        PublishedItem(
            id=f"http://old.example/?p={number}", url=f"http://old.example/?p={number}", title=f"Post {number}",
            published=DAY - timedelta(days=number), html=" ".join(words_of.choice(TEXTS) for _ in range(20)),
        )
        for number in range(200)
    ]  # fmt: skip
    new = [post._replace(id=f"https://new.example/{n}/", url=f"https://new.example/{n}/") for n, post in enumerate(old)]
    assert {"resent"} == {kind for kind, _ in seen(old, new)}
    assert 200 == len(seen(old, new))


# The id of another post


def test_an_id_of_another_post_is_reused() -> None:
    """Nothing of the old post is left but its id."""
    new = item(1, id=item(0).id, title="Something else")
    finding = one(item(0), new)
    assert (Kind.REUSED, item(0), new) == finding[:3]


@pytest.mark.parametrize(
    "changes",
    [{"title": "Something else", "html": TEXTS[1]}, {"published": DAY + timedelta(days=9), "html": TEXTS[1]},
     {"title": "Something else", "published": DAY + timedelta(days=9)}],
    ids=["the date is left", "the title is left", "the text is left"],
)  # fmt: skip
def test_a_rewritten_post_is_an_edit(changes: dict[str, Any]) -> None:
    """Where date, title or text stays, it is the same post."""
    assert "reused" not in [kind for kind, _ in seen([item(0)], [item(0, **changes)])]


def test_the_old_post_of_a_reused_id_may_live_on() -> None:
    """A post whose id another one took, and which got a new one, is sent again: both are told."""
    thief, moved = item(1, id=item(0).id, url="https://site.example/1/"), item(0, id="tag:x,2026:0")
    assert [("resent", moved.id), ("reused", thief.id)] == seen([item(0)], [thief, moved])


def test_two_posts_that_exchange_their_ids() -> None:
    """Both ids are reused; neither post has vanished or is new."""
    exchanged = [item(0, id=item(1).id), item(1, id=item(0).id)]
    assert ["reused", "reused"] == [kind for kind, _ in seen([item(0), item(1)], exchanged)]


def test_posts_of_a_series_are_told_apart() -> None:
    """However alike texts are, an id that shows another post's title and date now was given to that post."""
    text = "<p>These are the links of week number {0}, with {0} of them, as in each week.</p>"
    first, second = (item(number, html=text.format(number)) for number in (1, 2))
    moved = [second._replace(id=first.id), first._replace(id=second.id)]
    assert ["reused", "reused"] == [kind for kind, _ in seen([first, second], moved)]


def test_a_post_whose_id_another_one_has_elsewhere_is_sent_again() -> None:
    """In the feed of its category alone: the id is still there, but it is that of a post of another day now."""
    here = card(item(0, id=item(1).id)), card(item(3, id=item(0).id, url=item(0).url))
    found = compare([item(0)], [item(0, id=item(1).id)], Surroundings(posts=by_name(here)))
    assert [(Kind.RESENT, item(0).id, item(1).id)] == [
        (finding.kind, finding.old and finding.old.id, finding.new and finding.new.id) for finding in found
    ]


def test_a_text_is_recognised_by_an_excerpt_of_it() -> None:
    """Where neither link nor date is left: a feed of summaries comes before or after one of whole texts."""
    opening = " ".join(TEXTS[:2])
    whole = item(0, html=f"<p>{opening} {' '.join(f'word{number}' for number in range(300))}</p>")
    excerpt = whole._replace(
        id="tag:site.example,2026:x", url="https://site.example/zero/", html=f"<p>{opening}…</p>", published=None
    )
    other = excerpt._replace(html=f"<p>Otherwise {opening}…</p>")
    assert ["resent"] == [kind for kind, _ in seen([whole], [excerpt])]
    assert ["resent"] == [kind for kind, _ in seen([excerpt], [whole])]
    assert ["vanished", "new"] == [kind for kind, _ in seen([whole], [other])]


# Coming and going


def test_a_new_post_is_new() -> None:
    """It is newer than the others, or at least not older than all of them."""
    assert [("new", item(0).id)] == seen([item(1), item(2)], [item(0), item(1), item(2)])
    assert [("new", item(1).id)] == seen([item(0), item(2)], [item(0), item(1), item(2)])
    assert [("older", item(2).id)] == seen([item(0), item(1)], [item(0), item(1), item(2)])
    assert [("new", item(0).id)] == seen([], [item(0)])


def test_a_post_that_the_limit_keeps_out_has_aged() -> None:
    """It is older than what a full feed shows; that it was deleted as well makes no difference to subscribers."""
    known = Surroundings(posts=by_name([card(item(number)) for number in range(4)]), full=True)
    assert [("new", item(0).id), ("aged", item(3).id)] == seen(
        [item(1), item(2), item(3)], [item(0), item(1), item(2)], known
    )
    deleted = known._replace(posts={})
    assert [("new", item(0).id), ("aged", item(3).id)] == seen(
        [item(1), item(2), item(3)], [item(0), item(1), item(2)], deleted
    )


def test_a_post_that_is_missing_has_vanished() -> None:
    """It is newer than the oldest that is shown, or the feed has room for it."""
    full = Surroundings(full=True)
    assert [("vanished", item(1).id), ("older", item(3).id)] == seen(
        [item(0), item(1), item(2)], [item(0), item(2), item(3)], full
    )
    assert [("vanished", item(2).id)] == seen([item(0), item(1), item(2)], [item(0), item(1)])


def test_a_post_whose_date_moved_beyond_the_limit_has_another_date() -> None:
    """It was too new to age: what pushed it out is the date that it has now, maybe for a slip of the pen."""
    moved = card(item(0))._replace(published=DAY - timedelta(days=50))
    known = Surroundings(posts=by_name([moved, card(item(1)), card(item(2))]), full=True)
    (finding,) = compare([item(0), item(1)], [item(1)], known)
    assert (Kind.DATE, item(0), None) == finding[:3]
    assert (("published", "2026-01-10T12:00:00Z", "2025-11-21T12:00:00Z", ""),) == finding.changes
    assert "with this date it is beyond the limit" == finding.reason
    # NetNewsWire reads dates of what is in the feed, and this post is not.
    assert None is finding.new
    assert effects(finding.kind)["NetNewsWire"].startswith("while the feed has the post, ")


def test_a_post_with_another_date_that_would_have_aged_has_aged() -> None:
    """With the date that it had, the limit would leave it out as well."""
    moved = card(item(3))._replace(published=DAY - timedelta(days=50))
    known = Surroundings(posts=by_name([*(card(item(number)) for number in range(3)), moved]), full=True)
    assert [("new", item(0).id), ("aged", item(3).id)] == seen(
        [item(1), item(2), item(3)], [item(0), item(1), item(2)], known
    )


# What changed in a post


@pytest.mark.parametrize(
    ("changes", "kind", "change"),
    [
        ({"title": "Number nought of many"}, "edited", ("title", "Number zero of many", "Number nought of many", "")),
        ({"url": "https://site.example/zero/"}, "edited", ("link", "https://site.example/0/", "https://site.example/zero/", "")),
        ({"html": f"<p>{TEXTS[0].replace('nine', 'ten')}</p>"}, "edited", ("text", "", "", "1 of 17 words changed")),
        ({"html": f"<p>{TEXTS[0]} Full stop.</p>"}, "edited", ("text", "", "", "2 of 19 words changed")),
        ({"html": f"<div>{TEXTS[0]}</div>"}, "edited", ("text", "", "", "same words, different links, pictures, punctuation or markup")),
        ({"html": f"<p>{' '.join(TEXTS[0].split()[::-1])}</p>"}, "edited", ("text", "", "", "same words in a different order")),
        ({"authors": ("Ann", "Bob")}, "edited", ("authors", "", "Ann, Bob", "")),
        ({"picture": "https://x.example/a.png"}, "edited", ("picture", "", "https://x.example/a.png", "")),
        ({"enclosures": ("https://x.example/a.mp3",)}, "edited", ("enclosures", "", "https://x.example/a.mp3", "")),
        ({"updated": DAY + timedelta(days=1)}, "edited", ("updated", "2026-01-10T12:00:00Z", "2026-01-11T12:00:00Z", "")),
        ({"categories": ("Tea", "Talk")}, "category", ("categories", "", "Tea, Talk", "+ Tea, + Talk")),
        ({"published": DAY + timedelta(hours=1)}, "date", ("published", "2026-01-10T12:00:00Z", "2026-01-10T13:00:00Z", "")),
    ],
)  # fmt: skip
def test_one_change_is_one_finding(changes: dict[str, Any], kind: str, change: tuple[str, ...]) -> None:
    """Each field has its kind, and the finding says what it was and what it is."""
    finding = one(item(0), item(0, **changes))
    assert (kind, (change,)) == (finding.kind, finding.changes)


def test_only_the_categories_that_come_or_go_are_shown() -> None:
    """Those that stay are on both sides of the JSON report, and in no other."""
    finding = one(item(0, categories=("Tea", "Milk", "Oats")), item(0, categories=("Milk", "Oats", "Rye")))
    assert (("categories", "Tea, Milk, Oats", "Milk, Oats, Rye", "- Tea, + Rye"),) == finding.changes


@pytest.mark.parametrize(
    ("fields", "reader", "expected"),
    [
        (("thumbnail",), "NetNewsWire", "not noticed: thumbnail"),
        (("summary", "thumbnail"), "FreshRSS", "not noticed: summary, thumbnail"),
        (("title", "picture"), "FreshRSS", f"{READERS['FreshRSS'][Kind.EDITED]}; not noticed: picture"),
        (("thumbnail",), "Miniflux", READERS["Miniflux"][Kind.EDITED]),
        (("thumbnail",), "Thunderbird", READERS["Thunderbird"][Kind.EDITED]),
        ((), "NetNewsWire", READERS["NetNewsWire"][Kind.EDITED]),
    ],
)
def test_a_reader_notices_an_edit_of_what_it_reads(fields: tuple[str, ...], reader: str, expected: str) -> None:
    """No reader is said to do what only a change of another field makes it do."""
    assert expected == effects(Kind.EDITED, fields)[reader]


@pytest.mark.parametrize(
    "changes",
    [{"html": f"\n<p>{TEXTS[0]}</p>  \n"}, {"summary": "Only one side has one."}, {"published": None, "updated": None}],
)
def test_what_no_subscriber_sees_is_no_change(changes: dict[str, Any]) -> None:
    """White space between tags, and what only one side's format has to say."""
    assert [] == seen([item(0)], [item(0, **changes)])


def test_a_long_summary_is_measured() -> None:
    """Both sides would begin alike and be cut; short ones are shown."""
    long = " ".join(TEXTS)
    notes = {
        "": long,
        "1 of 83 words changed": long.replace("nine", "ten"),
        "same words, different punctuation": f"{long}…",
    }
    assert [note for note in notes if note] == [
        finding.changes[0].note
        for note, summary in notes.items()
        for finding in compare([item(0, summary=long)], [item(0, summary=summary)], Surroundings())
    ]
    assert ("summary", "Short.", "Shorter.", "") == one(item(0, summary="Short."), item(0, summary="Shorter.")).changes[
        0
    ]


def test_a_lost_picture_is_lost() -> None:
    """A picture that is replaced is an edit, one that is gone is lost."""
    pictured = item(0, picture="https://x.example/a.png")
    assert Kind.PICTURE == one(pictured, item(0)).kind
    assert Kind.EDITED == one(pictured, item(0, picture="https://x.example/b.png")).kind


def shows(*names: str, text: str = TEXTS[0]) -> PublishedItem:
    """Return a post whose text shows pictures, the first of which stands for it."""
    urls = [f"https://x.example/{name}" for name in names]
    pictures = "".join(f'<img src="{url}">' for url in urls)
    return item(0, html=f"<p>{text}</p>{pictures}", picture=urls[0] if urls else "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("a.png b.png c.png", "a.png c.png", [("picture", "pictures in the text", "b.png", "")]),
        ("a.png b.png c.png", "a.png d.png", [("picture", "pictures in the text", "b.png c.png", "d.png")]),
        (
            "a.png b.png",
            "b.png",
            [("picture", "pictures in the text", "a.png", ""), ("edited", "picture", "a.png", "b.png")],
        ),
        ("a.png b.png", "", [("picture", "picture", "a.png", ""), ("picture", "pictures in the text", "b.png", "")]),
        ("a.png", "", [("picture", "picture", "a.png", "")]),
        ("a.png b.png", "a.png c.png", [("edited", "pictures in the text", "b.png", "c.png")]),
        ("a.png", "c.png", [("edited", "picture", "a.png", "c.png")]),
        ("a.png", "a.png b.png", [("edited", "pictures in the text", "", "b.png")]),
        ("a.png x/b.png", "a.png y/b.png?v=2", []),
        ("a.png x/b.png y/b.png", "a.png y/b.png", [("picture", "pictures in the text", "x/b.png", "")]),
        ("a.png b.png b.png", "a.png b.png", []),
    ],
)
def test_a_picture_in_the_text_is_known_by_its_name(old: str, new: str, told: list[tuple[str, ...]]) -> None:
    """One that is exchanged is an edit that says which; fewer of them are a loss; another address is neither."""
    found = [
        (
            str(finding.kind),
            change.field,
            *(side.replace("https://x.example/", "") for side in (change.old, change.new)),
        )
        for finding in compare([shows(*old.split())], [shows(*new.split())], Surroundings())
        for change in finding.changes
        if "picture" in change.field
    ]
    assert told == found


def test_pictures_that_go_with_the_text_are_edited() -> None:
    """A feed that has summaries from now on, or an item that its budget made one, has lost more than pictures."""
    whole = shows("a.png", "b.png", text=" ".join(TEXTS))._replace(picture="")
    finding = one(whole, shows(text="The ferry leaves at nine."))
    assert ("edited", ["text", "pictures in the text"]) == (finding.kind, [change.field for change in finding.changes])


def test_categories_are_a_set() -> None:
    """Their order is no change; a change names what went and what came."""
    old = item(0, categories=("Tea", "Talk", "Travel"))
    assert [] == seen([old], [item(0, categories=("Talk", "Travel", "Tea"))])
    change = ("categories", "Tea, Talk, Travel", "tea, Talk, Travel", "- Tea, + tea")
    assert (change,) == one(old, item(0, categories=("tea", "Talk", "Travel"))).changes


def test_rss_shows_one_enclosure() -> None:
    """Where either side is RSS, only the first one counts."""
    old, new = item(0, enclosures=("a.mp3",)), item(0, enclosures=("a.mp3", "b.mp3"))
    assert [] == seen([old], [new], Surroundings(one_enclosure=True))
    assert [("edited", old.id)] == seen([old], [new])


def test_everything_at_once_is_told_in_order() -> None:
    """The worst comes first, then the order of the feed."""
    new = item(0, title="Other", published=DAY + timedelta(days=1), categories=("x",), picture="")
    old = item(0, picture="https://x.example/a.png")
    assert ["vanished", "date", "picture", "category", "edited", "new"] == [
        kind for kind, _ in seen([old, item(2)], [new, item(1, published=DAY)])
    ]


# Order


def test_the_fewest_moves_explain_an_order() -> None:
    """One post that goes to the front is one post that moved, not all the others."""
    feed = [item(number) for number in range(5)]
    findings = compare(feed, [feed[3], feed[0], feed[1], feed[2], feed[4]], Surroundings())
    assert [(Kind.REORDERED, feed[3], (("place", "4", "1", ""),))] == [
        (found.kind, found.new, found.changes) for found in findings
    ]


def test_a_moved_date_explains_its_place() -> None:
    """A post whose date moved is not told twice; the others have not moved."""
    feed = [item(number) for number in range(4)]
    moved = item(3, published=DAY + timedelta(days=1))
    assert [("date", moved.id)] == seen(feed, [moved, *feed[:3]])


@given(st.permutations(range(5)))
def test_no_order_is_told_for_nothing(order: list[int]) -> None:
    """Posts that are told to have moved, taken out, leave the others in their old order."""
    feed = [item(number) for number in range(5)]
    found = {identity for _, identity in seen(feed, [feed[number] for number in order])}
    rest = [number for number in order if feed[number].id not in found]
    assert sorted(rest) == rest
    assert (found == set()) == (list(order) == list(range(5)))


# Any feeds

TEXT = st.text(st.sampled_from("ab \u4e00<&"), max_size=4)
ITEMS = st.builds(
    PublishedItem, id=st.sampled_from(["", "a", "b", "https://x.example/"]), url=st.sampled_from(["", "https://x.example/", "http://[", "/x"]),
    title=TEXT, published=st.sampled_from([None, DAY, DAY + timedelta(days=1)]), html=TEXT, picture=TEXT,
    categories=st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(ITEMS, max_size=5), st.lists(ITEMS, max_size=5))
def test_every_item_has_a_fate(old: list[PublishedItem], new: list[PublishedItem]) -> None:
    """No feed makes a crash; a feed is equal to itself but for repeated ids; what is told twice is told alike."""
    findings = compare(old, new, Surroundings())
    assert findings == compare(old, new, Surroundings())
    coming = sum(finding.kind in {Kind.NEW, Kind.OLDER} for finding in findings)
    going = sum(finding.kind in {Kind.VANISHED, Kind.AGED} for finding in findings)
    assert len(new) - len(old) == coming - going or any(finding.kind == Kind.REUSED for finding in findings)
    if len({found.id for found in old} - {""}) == len(old):
        assert [] == compare(old, old, Surroundings())


# Links and words


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://Site.example/a/", "site.example/a/"), ("http://www.site.example/a", "site.example/a/"),
        ("https://site.example/a/index.html", "site.example/a/"), ("https://site.example/a.html", "site.example/a/"),
        ("https://site.example", "site.example/"), ("https://site.example/?p=7", "site.example/?p=7"),
        ("https://site.example/a?utm_source=x#b", "site.example/a/"), ("https://site.example/%E8%8C%B6/", "site.example/茶/"),
        ("http://[", "http://["), ("", ""), ("/a/", "/a/"),
    ],
)  # fmt: skip
def test_a_link_has_a_key(url: str, key: str) -> None:
    """It lacks what redesigns change, and nothing else."""
    assert key == link_key(url)


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("Tea at noon", "Tea at midnight", "Tea at [-noon-]{+midnight+}"), ("Tea", "Tea", "Tea"), ("", "Tea", "{+Tea+}"),
        ("Tea", "", "[-Tea-]"), ("茶马古道", "茶马新道", "茶马[-古-]{+新+}道"), ("a  b", "a b", "a[-  -]{+ +}b"),
    ],
)  # fmt: skip
def test_titles_are_compared_by_words(old: str, new: str, diff: str) -> None:
    """A word is what stands between spaces; in scripts without them, a character."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    assert diff == "".join(marks[segment.kind].format(segment.text) for segment in word_diff(old, new))


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_word_diff_holds_both_texts(old: str, new: str) -> None:
    """Without what was added it is the old text, without what was removed the new one."""
    segments = word_diff(old, new)
    assert old == "".join(segment.text for segment in segments if segment.kind != "added")
    assert new == "".join(segment.text for segment in segments if segment.kind != "removed")


def test_a_measure_counts_words() -> None:
    """Words are counted wherever they stand; a text without any is like nothing."""
    assert Measure(1, 4) == measure(words("a b c d"), words("a b c e"))
    assert Measure(3, 3) == measure(words(""), words("don\u2019t mind me"))
    assert Measure(1, 4) == measure(words("茶马古道"), words("茶马新道"))
    assert 0.0 == similarity({}, {})
    assert 1.0 == similarity({"a": 2}, {"a": 2})


# Readers


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_what_it_means(kind: Kind) -> None:
    """A sentence for a person, and for each kind but these what readers do."""
    assert MEANINGS[kind].endswith(".")
    assert (kind in {Kind.GONE, Kind.REORDERED}) == (effects(kind) == {})


def test_thunderbird_never_updates() -> None:
    """Its source never updates a stored item: whatever changes in a post says the same."""
    changed = (Kind.DATE, Kind.PICTURE, Kind.CATEGORY, Kind.EDITED)
    assert 1 == len({READERS["Thunderbird"][kind] for kind in changed})


FORM = "is out. Download it from the usual page, and see the changelog for all that is new in it."


def release(number: int) -> PublishedItem:
    """Return one of a series of posts whose texts are a form that is filled in."""
    url = f"https://site.example/v1-{number}/"
    return PublishedItem(
        id=url, url=url, title=f"Version 1.{number} released", html=f"<p>Version 1.{number} {FORM}</p>",
        published=DAY + timedelta(days=30 * number), updated=DAY + timedelta(days=30 * number),
    )  # fmt: skip


def test_posts_of_one_form_are_not_one_post() -> None:
    """The next post of a series is new, and the oldest has aged out, or vanished, however alike their texts are."""
    old, new = [release(3), release(2), release(1)], [release(4), release(3), release(2)]
    known = Surroundings(posts=by_name([card(release(number)) for number in (1, 2, 3, 4)]), full=True)
    assert [(Kind.NEW, "Version 1.4 released"), (Kind.AGED, "Version 1.1 released")] == [
        (finding.kind, finding.item.title) for finding in compare(old, new, known)
    ]
    deleted = Surroundings(posts=by_name([card(release(number)) for number in (1, 3, 4)]), full=True)
    assert [(Kind.VANISHED, "Version 1.2 released"), (Kind.NEW, "Version 1.4 released")] == [
        (finding.kind, finding.item.title) for finding in compare(old, [release(4), release(3), release(1)], deleted)
    ]
