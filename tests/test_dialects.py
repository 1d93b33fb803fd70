"""feeder/dialects/: what every dialect promises the stages that ask it for names."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

import feeder
from feeder.dialects import DIALECTS, dialect
from feeder.fieldnames import EPISODE
from feeder.frontmatter import folded_key
from feeder.keykinds import KINDS
from feeder.model import Scalar
from feeder.problems import START

SOURCES = Path(feeder.__file__).parent
ASKED_FOR = re.compile(r'(?:look\.(?:node|nodes|text|flag)\(|picture\(look, |_date\(look, |_categories\(look, )"(\w+)"')


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_keeps_its_contract(name: str) -> None:
    """A dialect is registered by its name, and gives each field one name or more, folded as front matter's keys are."""
    assert name == dialect(name).name
    for keys in dialect(name).names.values():
        assert len(keys) >= 1
        assert list(keys) == [folded_key(key) for key in keys]


@pytest.mark.parametrize("name", DIALECTS)
def test_no_key_means_two_fields(name: str) -> None:
    """No key of a front matter is two fields at once."""
    keys = list(chain.from_iterable(dialect(name).names.values()))
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_has_every_field_that_is_asked_for(name: str) -> None:
    """Every field that the code looks up has names in every dialect, and no dialect has one that nobody asks for."""
    files = ("normalize.py", "people.py", "references.py", "episodes.py")
    sources = "".join((SOURCES / file).read_text("utf-8") for file in files)
    named = {field for field in (*EPISODE, "enclosures") if f'"{field}"' in sources}
    assert set(ASKED_FOR.findall(sources)) | named == set(dialect(name).names)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_can_be_configured(name: str) -> None:
    """`site.dialect` takes the name of every dialect, and its schema offers it."""
    kind = KINDS["dialect"]
    assert name == kind.convert(Scalar(text=name, mark=START), {})
    assert name in kind.schema({})["enum"]


def test_the_plain_dialect_knows_the_common_names() -> None:
    """Without a generator, every name that is common among generators is understood."""
    promised = {
        "id": "id guid", "url": "permalink url link", "updated": "updated lastmod modified", "draft": "draft", "public": "published",
        "status": "status", "feed": "feed", "expires": "expirydate", "language": "lang", "categories": "categories category", "tags": "tags",
        "image": "image headimg cover banner featuredimage ogimage", "thumbnail": "thumbnail thumb", "enclosures": "enclosure audio video",
        "summary": "description summary excerpt", "comments": "comments", "published": "date", "title": "title", "authors": "author authors",
    }  # fmt: skip
    names = dialect("plain").names
    assert {} == {field: keys for field, keys in promised.items() if not set(keys.split()) <= set(names[field])}
