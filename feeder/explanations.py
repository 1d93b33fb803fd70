"""Every code in full: what it means, why readers care, what to do about it, and an example."""

from __future__ import annotations

from feeder.problems import CODES, Code
from feeder.rules import RULES, rule

_YAML = "It is what other programs read, too: they stop at it, or take half of it."
_LOST = "The post is in no feed, and subscribers never hear of it."

# Of what reading and rendering find: why readers care, what to do, an example.
_MORE: dict[str, tuple[str, str, str]] = {
    "ambiguous-zone": (
        "The post is half a day early or late, and may be scheduled where it should be published.",
        "Write the offset in place of the name, such as +08:00.",
        "date: 2024-01-31 10:00 CST\n--\ndate: 2024-01-31 10:00 +08:00",
    ),
    "bad-authors": (
        "Readers show `jdoe` where they could show a name.",
        "Correct the file: a table of names, each with a `name`, `url` and `email`.",
        "jdoe: Jane Doe: editor\n--\njdoe:\n  name: Jane Doe",
    ),
    "bad-date": (
        f"{_LOST} A guessed date puts the post on the wrong day. In a Jekyll or Hugo site, that of the file's name stands in.",
        "Write the date as 2024-01-31 or 2024-01-31T18:30:00+01:00.",
        "date: 01/31/2024\n--\ndate: 2024-01-31",
    ),
    "bad-email": (
        "A reader that offers to write to the author would offer an address that does not work.",
        "Correct the address, or give the name only.",
        "author: Ada <ada at example.org>\n--\nauthor: Ada <ada@example.org>",
    ),
    "bad-language": (
        "Readers choose voices, hyphens and translation by the language.",
        "Write a language tag such as en, de-AT or zh-CN.",
        "lang: English\n--\nlang: en",
    ),
    "bad-name": (
        "An address is text, and a name that is none has no address.",
        "Rename the file, or the directory, with letters in UTF-8.",
        "caf\\xe9.md\n--\ncafé.md",
    ),
    "bad-permalink": (
        f"{_LOST} feeder runs no templates, and an address that is guessed breaks every link to it.",
        "Write the permalink, or the slug, out in the post; or set `posts.permalink`.",
        "permalink: /{{ title | reverse }}/\n--\npermalink: /tea/",
    ),
    "bad-slug": (_LOST, "Give a single name, without slashes.", "slug: tea/green\n--\nslug: green-tea"),
    "bad-url": (
        "Readers open http and https only; any other address is dead or dangerous.",
        "Write an http or https URL, or a path.",
        "image: file:///home/ada/tea.jpg\n--\nimage: tea.jpg",
    ),
    "body-too-deep": (
        "Subscribers get the summary in place of the text.",
        "Flatten the lists, quotes or elements.",
        "> > > > (and so on for thousands of levels)\n--\n> A quote.",
    ),
    "body-too-large": (
        "Readers refuse feeds of this size, so subscribers get the summary in place of the text.",
        "Split the post, or link to the long part.",
        "(a million characters)\n--\n[The whole log](log.txt)",
    ),
    "duplicate-id": (
        "Readers tell posts apart by their id, and would show one of the two only.",
        "Give one of the posts another `id` or `permalink`; leave that of a post that was published before.",
        "id: tag:example.org,2024:tea  # as in an older post\n--\nid: tag:example.org,2024:more-tea",
    ),
    "duplicate-key": (
        "Which of the two values counts differs from program to program.",
        "Take one of the two lines out.",
        "title: Tea\nTitle: Green tea\n--\ntitle: Green tea",
    ),
    "repeated-key": (
        "The author may have meant the other value, which nobody sees.",
        "Take one of the two lines out.",
        "Title: Tea\nTitle: Green tea\n--\nTitle: Green tea",
    ),
    "duplicate-guid": (
        "Apps know an episode by its guid alone: the second is taken for the first, and never played.",
        "Give the newer of the two a guid of its own, and leave that of the one that was published before.",
        "episode_guid: tea-1  # as in an older post\n--\nepisode_guid: tea-2",
    ),
    "recording-unknown": (
        "Apps show how long an episode is before anybody plays it, and how much there is to load.",
        "Give `length` in bytes and `duration` as 1:02:03; or keep the file beside the post or in `site.assets`, and install `feeder[podcast]`.",
        "audio: https://cdn.example.org/tea.mp3\n--\naudio: {url: https://cdn.example.org/tea.mp3, length: 4821504, duration: 5:01}",
    ),
    "episode-value": (
        "Apps would show the episode in the wrong place, or the directory would refuse the feed.",
        "Write a number, a time such as 1:02:03, or one of the words that the message names.",
        "episode: twelve\n--\nepisode: 12",
    ),
    "episode-without-audio": (
        "A podcast app has nothing to play, so the episode is in no podcast.",
        "Name the recording, as `audio` or `podcast_file`, with an extension or a type that says what it is.",
        "episode: 12\n--\nepisode: 12\naudio: tea.mp3",
    ),
    "podcast-artwork": (
        "Apple refuses a show whose artwork has another size, and shows none for an episode.",
        "Save it as a square JPEG or PNG of 1400 to 3000 pixels, below `site.assets`.",
        "image: cover.webp  # 800 by 600\n--\nimage: cover.jpg  # 3000 by 3000",
    ),
    "enclosure-missing": (
        "Podcast apps show an episode without a length, and fail to play it when the file is not there.",
        "Put the file where the post looks for it, correct the path, or give `length`.",
        "audio: tae.mp3\n--\naudio: tea.mp3",
    ),
    "feed-over-budget": (
        "Every reader fetches the whole feed each time, and some refuse large ones; so it is kept within its budget.",
        "Lower `feeds.limit`, publish summaries (`feeds.content: summary`), or raise `feeds.max_bytes`.",
        "feeds: {limit: 0}\n--\nfeeds: {limit: 20}",
    ),
    "front-matter-syntax": (
        f"{_LOST} {_YAML}",
        "Correct the line; quotes around a value are a help with most signs.",
        'title: Tea: an introduction\n--\ntitle: "Tea: an introduction"',
    ),
    "front-matter-too-deep": (_LOST, "Flatten the front matter.", "a: {a: {a: … }}\n--\na: b"),
    "front-matter-type": (
        _LOST,
        "Write keys and values.",
        "---\nTea\n---\n--\n---\ntitle: Tea\n---",
    ),
    "front-matter-unclosed": (
        f"{_LOST} Without the closing line, all of its text is front matter.",
        "End the front matter with the line that it begins with.",
        "---\ntitle: Tea\nThe text.\n--\n---\ntitle: Tea\n---\nThe text.",
    ),
    "id-not-uri": (
        "Atom readers want a URI, and an id that changes later sends the post to everybody again.",
        "Write the id as a URI: an address, a `tag:` or a `urn:uuid:`; one that is published already and is no URI, as `guid`.",
        "id: tea\n--\nid: tag:example.org,2024:tea",
    ),
    "link-missing": (
        "Subscribers read of something on the site, and cannot go there.",
        "Correct the name, or give a post a date if it is left out, or a page a permalink that is written out.",
        "{% post_url 2024-01-31-tae %}\n--\n{% post_url 2024-01-31-tea %}",
    ),
    "missing-date": (
        f"{_LOST} Readers that meet an entry without a date take the time of their visit.",
        "Give the post a `date`, or put it into the file's name: 2024-01-31-tea.md.",
        "title: Tea\n--\ntitle: Tea\ndate: 2024-01-31",
    ),
    "no-episodes": (
        "Apple takes no show without one episode at least, and apps show an empty list.",
        "Publish a post with `audio` or `podcast_file`, even a trailer; or take `podcast` out of the configuration.",
        "title: Tea\n--\ntitle: Tea\naudio: tea.mp3",
    ),
    "no-posts": (
        "Subscribers get an empty feed.",
        "Name the right directory, and see whether `posts.include` or `posts.exclude` leave all of it out.",
        "feeder build pots\n--\nfeeder build posts",
    ),
    "not-a-file": (_LOST, "Rename it, or put a file in its place.", "posts/tea.md/ (a directory)\n--\nposts/tea/index.md"),
    "not-pinned": (
        "Its id is its address still: when the post moves, readers take it for a new one and show it again.",
        "Write the `id` by hand, as the feeds give it, or turn what stands in the way into plain front matter.",
        "posts/b.md -> a.md (one file, two posts)\n--\nposts/b.md (a file of its own)",
    ),
    "not-text": (_LOST, "Save the file as UTF-8.", "(Windows-1252)\n--\n(UTF-8)"),
    "outside": (
        "What lies outside is not meant to be published; nothing of it is.",
        "Move the file below the posts directory or into `site.assets`.",
        "image: ../../private/tea.jpg\n--\nimage: tea.jpg",
    ),
    "body-picture-missing": (
        "Readers show a broken picture, and keep the broken one even when the file comes later.",
        "Put the file where the post looks for it, or correct the path (names are told apart by case).",
        "![The harbour](harbor.jpg)\n--\n![The harbour](harbour.jpg)",
    ),
    "picture-missing": (
        "Readers show a broken picture, or a card without one.",
        "Put the file beside the post or into `site.assets`, or correct the path (names are told apart by case).",
        "image: Tea.JPG\n--\nimage: tea.jpg",
    ),
    "permalink-unsure": (
        "If the site has the post elsewhere, its link in the feeds is dead.",
        "Write the post's `permalink`, or put it on one path; if the address is right, switch the warning off.",
        "categories: [[Tea, Green], [Cups]]\n--\ncategories: [Tea, Green]",
    ),
    "picture-renamed": (
        "Astro and Docusaurus copy what lies in the sources to names that are made of its content.",
        "Put the picture that feeds shall show in `public/` or `static/`, and name it by its path there.",
        "image: ./tea.jpg\n--\nimage: /img/tea.jpg",
    ),
    "picture-unreadable": (
        "Readers show a broken picture, and its size and type cannot be told in advance.",
        "Save the picture anew, as JPEG, PNG or WebP.",
        "image: tea.jpg  # an empty file\n--\nimage: tea.jpg",
    ),
    "symlinked-directory": (
        "The posts in it are in no feed.",
        "Put the directory itself there.",
        "posts/old -> ../archive\n--\nposts/old/",
    ),
    "too-large": (_LOST, "Split the file; is it a post at all?", "(64 MiB)\n--\n(a text)"),
    "unknown-tag": (
        "What the tag would have made is not there: a picture, a player, a list that the site's theme or a plug-in puts in.",
        "Write in Markdown or HTML what subscribers are to see; if they need not, switch the warning off.",
        "{% chart sales.csv %}\n--\n![Sales by month](sales.png)",
    ),
    "unreadable": (_LOST, "Let the user who runs feeder read the file.", "chmod 000 tea.md\n--\nchmod 644 tea.md"),
    "unread-format": (
        "Subscribers miss posts that the site shows.",
        "Install what reads reStructuredText, `pip install 'feeder[rst]'`; write others in Markdown, or leave them to `posts.exclude`.",
        "pip install feeder\n--\npip install 'feeder[rst]'",
    ),
    "updated-before-published": (
        "Readers that sort by the update put the post where nobody looks.",
        "Correct one of the two dates, or take `updated` out.",
        "date: 2024-01-31\nupdated: 2023-02-01\n--\ndate: 2024-01-31\nupdated: 2024-02-01",
    ),
    "updated-in-future": (
        "Readers distrust such a date, and keep the post at the top until then.",
        "Correct the date, or take `updated` out.",
        "updated: 2042-02-01\n--\nupdated: 2024-02-01",
    ),
    "wrong-type": (
        "What the key says cannot be published.",
        "Write a value of the kind that the message names.",
        "title: [Tea]\n--\ntitle: Tea",
    ),
    "yaml-tag": (_LOST, "Take the tag out, or put quotes around the value.", "title: !!python/name:tea\n--\ntitle: Tea"),
}  # fmt: skip


def code_named(name: str) -> Code:
    """Return a code in full. Raises `KeyError` when there is none of this name."""
    if name in RULES:
        return rule(name).code
    why, mend, example = _MORE[name]
    return CODES[name]._replace(why=why, mend=mend, example=example)


def all_codes() -> list[Code]:
    """Return all codes in full, by severity and name."""
    order = ("error", "warning", "note", "off")
    return sorted(map(code_named, (*CODES, *RULES)), key=lambda code: (order.index(code.severity), code.name))
