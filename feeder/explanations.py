"""Every code in full: what it means, why readers care, what to do about it, and an example."""

from __future__ import annotations

from feeder.problems import CODES, Code
from feeder.rules import RULES, rule

_YAML = "Other programs read it, too: they fail on it, or read only part of it."
_LOST = "The post is in no feed, so subscribers never see it."

# Of what reading and rendering find: why readers care, what to do, an example.
_MORE: dict[str, tuple[str, str, str]] = {
    "ambiguous-zone": (
        "The post may appear half a day early or late, or be held back although it is due.",
        "Write an offset such as +08:00 instead of the abbreviation.",
        "date: 2024-01-31 10:00 CST\n--\ndate: 2024-01-31 10:00 +08:00",
    ),
    "bad-authors": (
        "Readers show `jdoe` instead of a name.",
        "Correct the file: it must be a table of keys, each with a `name`, `url` and `email`.",
        "jdoe: Jane Doe: editor\n--\njdoe:\n  name: Jane Doe",
    ),
    "bad-date": (
        f"{_LOST} A guessed date would put the post on the wrong day. In a Jekyll or Hugo site, the date in the file name is used.",
        "Write the date as 2024-01-31 or 2024-01-31T18:30:00+01:00.",
        "date: 01/31/2024\n--\ndate: 2024-01-31",
    ),
    "bad-email": (
        "A reader that offers to write to the author would offer an address that does not work.",
        "Correct the address, or give only the name.",
        "author: Ada <ada at example.org>\n--\nauthor: Ada <ada@example.org>",
    ),
    "bad-language": (
        "Readers choose voices, hyphenation and translation by the language.",
        "Write a language tag such as en, de-AT or zh-CN.",
        "lang: English\n--\nlang: en",
    ),
    "bad-name": (
        "An address is text, and a name that is none has no address.",
        "Rename the file, or the directory, with letters in UTF-8.",
        "caf\\xe9.md\n--\ncafé.md",
    ),
    "bad-permalink": (
        f"{_LOST} feeder does not run templates, and a guessed address breaks every link to the post.",
        "Write out the permalink or the slug in the post, or set `posts.permalink`.",
        "permalink: /{{ title | reverse }}/\n--\npermalink: /tea/",
    ),
    "bad-slug": (_LOST, "Use a single name without slashes.", "slug: tea/green\n--\nslug: green-tea"),
    "bad-url": (
        "Readers open only http and https; any other address is dead or dangerous.",
        "Write an http or https URL, or a path.",
        "image: file:///home/ada/tea.jpg\n--\nimage: tea.jpg",
    ),
    "body-too-deep": (
        "Subscribers get the summary instead of the text.",
        "Flatten the lists, quotes or elements.",
        "> > > > (and so on for thousands of levels)\n--\n> A quote.",
    ),
    "body-too-large": (
        "Readers refuse feeds of this size, so subscribers get the summary instead of the text.",
        "Split the post, or link to the long part.",
        "(a million characters)\n--\n[The whole log](log.txt)",
    ),
    "duplicate-id": (
        "Readers tell posts apart by id, and would show only one of the two.",
        "Give one of the posts another `id` or `permalink`; do not change a post that has been published before.",
        "id: tag:example.org,2024:tea  # as in an older post\n--\nid: tag:example.org,2024:more-tea",
    ),
    "duplicate-key": (
        "Programs differ in which of the two values they use.",
        "Remove one of the two lines.",
        "title: Tea\nTitle: Green tea\n--\ntitle: Green tea",
    ),
    "repeated-key": (
        "The author may have meant the other value, which nobody sees.",
        "Remove one of the two lines.",
        "Title: Tea\nTitle: Green tea\n--\nTitle: Green tea",
    ),
    "duplicate-guid": (
        "Apps recognise an episode by its guid alone: the second is taken for the first and never played.",
        "Give the newer one its own guid; do not change the one that has been published before.",
        "episode_guid: tea-1  # as in an older post\n--\nepisode_guid: tea-2",
    ),
    "recording-unknown": (
        "Apps show the duration and the download size of an episode before it is played.",
        "Give `length` in bytes and `duration` as 1:02:03; or keep the file next to the post or in `site.assets`, and install `feeder[podcast]`.",
        "audio: https://cdn.example.org/tea.mp3\n--\naudio: {url: https://cdn.example.org/tea.mp3, length: 4821504, duration: 5:01}",
    ),
    "episode-value": (
        "Apps would show the episode in the wrong place, or the directory would reject the feed.",
        "Write a number, a time such as 1:02:03, or one of the words in the message.",
        "episode: twelve\n--\nepisode: 12",
    ),
    "episode-without-audio": (
        "A podcast app has nothing to play, so the episode is in no podcast.",
        "Add the recording as `audio` or `podcast_file`, with a known extension or a type.",
        "episode: 12\n--\nepisode: 12\naudio: tea.mp3",
    ),
    "podcast-artwork": (
        "Apple rejects a show whose artwork has another size, and shows no artwork for such an episode.",
        "Save it as a square JPEG or PNG of 1400 to 3000 pixels in `site.assets`.",
        "image: cover.webp  # 800 by 600\n--\nimage: cover.jpg  # 3000 by 3000",
    ),
    "enclosure-missing": (
        "Podcast apps show the episode without a size, and cannot play it if the file is missing.",
        "Put the file where the post expects it, correct the path, or give `length`.",
        "audio: tae.mp3\n--\naudio: tea.mp3",
    ),
    "feed-over-budget": (
        "Every reader fetches the whole feed each time, and some refuse large ones; so feeder keeps it within its budget.",
        "Lower `feeds.limit`, publish summaries (`feeds.content: summary`), or raise `feeds.max_bytes`.",
        "feeds: {limit: 0}\n--\nfeeds: {limit: 20}",
    ),
    "front-matter-syntax": (
        f"{_LOST} {_YAML}",
        "Correct the line; quoting the value often helps.",
        'title: Tea: an introduction\n--\ntitle: "Tea: an introduction"',
    ),
    "front-matter-too-deep": (_LOST, "Flatten the front matter.", "a: {a: {a: … }}\n--\na: b"),
    "front-matter-type": (
        _LOST,
        "Write keys and values.",
        "---\nTea\n---\n--\n---\ntitle: Tea\n---",
    ),
    "front-matter-unclosed": (
        f"{_LOST} Without the closing line, the whole text counts as front matter.",
        "End the front matter with the same line that it begins with.",
        "---\ntitle: Tea\nThe text.\n--\n---\ntitle: Tea\n---\nThe text.",
    ),
    "id-not-uri": (
        "Atom requires a URI, and an id that changes later sends the post to everybody again.",
        "Write the id as a URI: an address, a `tag:` or a `urn:uuid:`. If it is already published and not a URI, write it as `guid`.",
        "id: tea\n--\nid: tag:example.org,2024:tea",
    ),
    "link-missing": (
        "Subscribers read about a page and have no link to it.",
        "Correct the name; if the post is left out, give it a date; if it is a page, write out its permalink.",
        "{% post_url 2024-01-31-tae %}\n--\n{% post_url 2024-01-31-tea %}",
    ),
    "missing-date": (
        f"{_LOST} Readers give an entry without a date the time of their visit.",
        "Give the post a `date`, or put the date in the file name: 2024-01-31-tea.md.",
        "title: Tea\n--\ntitle: Tea\ndate: 2024-01-31",
    ),
    "no-episodes": (
        "Apple requires at least one episode, and apps show an empty list.",
        "Publish a post with `audio` or `podcast_file`, even a trailer; or remove `podcast` from the configuration.",
        "title: Tea\n--\ntitle: Tea\naudio: tea.mp3",
    ),
    "no-posts": (
        "Subscribers get an empty feed.",
        "Name the right directory, and check that `posts.include` and `posts.exclude` do not exclude everything.",
        "feeder build pots\n--\nfeeder build posts",
    ),
    "not-a-file": (_LOST, "Rename it, or replace it with a file.", "posts/tea.md/ (a directory)\n--\nposts/tea/index.md"),
    "not-pinned": (
        "Its id is still its address: when the post moves, readers take it for a new one and show it again.",
        "Add the `id` from the feeds by hand, or convert the front matter to a plain form.",
        "posts/b.md -> a.md (one file, two posts)\n--\nposts/b.md (a file of its own)",
    ),
    "not-text": (_LOST, "Save the file as UTF-8.", "(Windows-1252)\n--\n(UTF-8)"),
    "outside": (
        "Files outside are not meant to be published, so feeder publishes nothing of them.",
        "Move the file into the posts directory or into `site.assets`.",
        "image: ../../private/tea.jpg\n--\nimage: tea.jpg",
    ),
    "body-picture-missing": (
        "Readers show a broken picture, and keep showing it even if the file appears later.",
        "Put the file where the post expects it, or correct the path (names are case-sensitive).",
        "![The harbour](harbor.jpg)\n--\n![The harbour](harbour.jpg)",
    ),
    "picture-missing": (
        "Readers show a broken picture, or a card without one.",
        "Put the file next to the post or into `site.assets`, or correct the path (names are case-sensitive).",
        "image: Tea.JPG\n--\nimage: tea.jpg",
    ),
    "permalink-unsure": (
        "If the site puts the post elsewhere, its link in the feeds is dead.",
        "Give the post a `permalink` or a single category path; if the address is right, turn the warning off.",
        "categories: [[Tea, Green], [Cups]]\n--\ncategories: [Tea, Green]",
    ),
    "protected-post": (
        "Everybody can read a feed, so what a password protects must not be in it.",
        "Take the password out to publish the text, or give an `abstract` to be shown in its place; if it is meant so, switch the warning off.",
        "password: sesame\n--\npassword: sesame\nabstract: For the family only.",
    ),
    "picture-renamed": (
        "Astro copies pictures from the sources to names of its own making, and so does Docusaurus, if they are neither beside the post nor below the blog.",
        "Put the picture for the feeds in `public/` or `static/`, and refer to it by its path there.",
        "image: ./tea.jpg\n--\nimage: /img/tea.jpg",
    ),
    "picture-unreadable": (
        "Readers show a broken picture, and the feed cannot state its size and type.",
        "Save the picture again as JPEG, PNG or WebP.",
        "image: tea.jpg  # an empty file\n--\nimage: tea.jpg",
    ),
    "symlinked-directory": (
        "The posts in it are in no feed.",
        "Replace the link with the directory itself.",
        "posts/old -> ../archive\n--\nposts/old/",
    ),
    "too-large": (_LOST, "Split the file, or exclude it if it is not a post.", "(64 MiB)\n--\n(a text)"),
    "unknown-tag": (
        "What the tag produces is missing: a picture, a player, a list that the site's theme or a plug-in inserts.",
        "Replace the tag with Markdown or HTML; if subscribers do not need it, turn the warning off.",
        "{% chart sales.csv %}\n--\n![Sales by month](sales.png)",
    ),
    "unreadable": (_LOST, "Give the user who runs feeder permission to read the file.", "chmod 000 tea.md\n--\nchmod 644 tea.md"),
    "unread-format": (
        "Subscribers miss posts that the site shows.",
        "For reStructuredText, `pip install 'feeder[rst]'`; rewrite other posts in Markdown, or list them in `posts.exclude`.",
        "pip install feeder\n--\npip install 'feeder[rst]'",
    ),
    "updated-before-published": (
        "Readers that sort by update date put the post where nobody looks.",
        "Correct one of the two dates, or remove `updated`.",
        "date: 2024-01-31\nupdated: 2023-02-01\n--\ndate: 2024-01-31\nupdated: 2024-02-01",
    ),
    "updated-in-future": (
        "Readers distrust such a date, and keep the post at the top until then.",
        "Correct the date, or remove `updated`.",
        "updated: 2042-02-01\n--\nupdated: 2024-02-01",
    ),
    "wrong-type": (
        "The value cannot be published.",
        "Use the type of value that the message asks for.",
        "title: [Tea]\n--\ntitle: Tea",
    ),
    "yaml-tag": (_LOST, "Remove the tag, or quote the value.", "title: !!python/name:tea\n--\ntitle: Tea"),
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
