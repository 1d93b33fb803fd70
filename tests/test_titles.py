"""feeder/fields/titles.py: titles and summaries as the generator reads them."""

from __future__ import annotations

import pytest

from feeder.dialects import dialect
from feeder.fields.titles import summary_from_text, title_from_text
from feeder.flavors.markdownextras import packed
from feeder.model import Habits

TYPED = Habits({}, {"TYPOGRIFY": "qde", "MARKDOWN": packed({"smarty": {"substitutions.ndash": "&mdash;"}})})


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ('I\'m "x" <T> -- *a* 1. b...', "I\u2019m \u201cx\u201d <T> \u2014 *a* 1. b\u2026"),
        ("1. it's", "1. it\u2019s"),
        ("- it's", "- it\u2019s"),
        ("<b>it's</b> &amp; R&D's `c`", "it\u2019s & R&D\u2019s `c`"),
        ("[a]: b's", "[a]: b\u2019s"),
        ("a_b_c\\'s", "a_b_c\\\u2019s"),
        ("As it is: ~a~ $b$ {c} ==d==", "As it is: ~a~ $b$ {c} ==d=="),
    ],
)
def test_a_title_has_the_quotes_that_its_site_has(said: str, shown: str) -> None:
    """`TYPOGRIFY` makes them of typewriter's quotes, and nothing in a title becomes Markdown."""
    assert shown == title_from_text(said, "a.md", TYPED)


def test_a_title_is_markdown_where_a_site_says_so() -> None:
    """Its signs are gone; in reStructuredText, and elsewhere, they are the author's."""
    marked = Habits({}, {"marked_titles": "true"})
    said = "The *first* `a_b` of [all](/x)"
    assert "The first a_b of all" == title_from_text(said, "a.md", marked)
    assert [said, said] == [title_from_text(said, "a.rst", marked), title_from_text(said, "a.md", Habits())]


def test_a_summary_is_markdown_where_the_generator_reads_it_so() -> None:
    """Pelican's is; others show it as it is written."""
    assert ["A b", "A *b*"] == [
        summary_from_text("A *b*", "a.md", dialect("pelican")),
        summary_from_text("A *b*", "a.md", dialect("hugo")),
    ]
