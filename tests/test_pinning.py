"""feeder/pinning.py: an id goes into front matter of every syntax, and nothing else of the file changes."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from feeder.frontmatter import draft_from_source
from feeder.pinning import pinned
from feeder.problems import Unsound
from feeder.storage.files import source_from_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.model import Draft

ID = "https://site.example/a/?p=12&x=%C3%A9#top"
YAML_LINE, TOML_LINE = f'id: "{ID}"', f'id = "{ID}"'
MARKS = {"utf-8": b"", "utf-8-sig": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def pin(text: str, path: str = "a.md", identity: str = ID) -> str:
    """Return the file as text, as its author would see it in an editor."""
    return pinned(text.encode(), path, path, identity).decode()


def draft(data: bytes) -> Draft:
    found = draft_from_source(source_from_bytes(data, "a.md", "a.md"))
    assert found is not None
    return found


def outside(data: bytes) -> dict[str, object]:
    """Return front matter as the usual parser of its syntax reads it."""
    text = source_from_bytes(data, "a.md", "a.md").text.lstrip()
    if text.startswith("{"):
        return dict(json.JSONDecoder(strict=False).raw_decode(text)[0])
    head = text[3:].partition(f"\n{text[:3]}")[0]
    return dict((tomllib.loads(head) if text.startswith("+++") else yaml.safe_load(head)) or {})


@pytest.mark.parametrize(
    ("before", "after"),
    [("---\ntitle: x\n---\nBody", f"---\n{YAML_LINE}\ntitle: x\n---\nBody"),
     ("---\r\ntitle: x\r\n---\r\nBody\n", f"---\r\n{YAML_LINE}\r\ntitle: x\r\n---\r\nBody\n"),
     ("---\rtitle: x\r---\rBody", f"---\r{YAML_LINE}\rtitle: x\r---\rBody"),
     ("\n \n--- \t\ntitle: x\n...\n", f"\n \n--- \t\n{YAML_LINE}\ntitle: x\n...\n"),
     ("--- # x\ntitle: x\n--- # y\nB", f"--- # x\n{YAML_LINE}\ntitle: x\n--- # y\nB"),
     ("---\n---\n", f"---\n{YAML_LINE}\n---\n"),
     ("---\n---", f"---\n{YAML_LINE}\n---"),
     ("---\n\n# a comment\n\n---\n", f"---\n{YAML_LINE}\n\n# a comment\n\n---\n"),
     ("---\n# {not: this}\n  title: x\n  a: [1]\n---\n", f"---\n  {YAML_LINE}\n# {{not: this}}\n  title: x\n  a: [1]\n---\n"),
     ("---\ntitle: |+\n  two\n\n\n---\n", f"---\n{YAML_LINE}\ntitle: |+\n  two\n\n\n---\n"),
     ("---\n# all in\n{title: x}\n---\n", f'---\n# all in\n{{"id": "{ID}", title: x}}\n---\n'),
     ("---\n{}\n---\n", f'---\n{{"id": "{ID}"}}\n---\n'),
     ("---\n{\n    title: x, # why\n}\n---\n", f'---\n{{\n    "id": "{ID}",\n    title: x, # why\n}}\n---\n'),
     ("---\n? title\n: x\n---\n", f"---\n{YAML_LINE}\n? title\n: x\n---\n"),
     ("+++\n# c\ntitle = 'x' # d\n\n[params]\nid = 'its own'\n+++\nB", f"+++\n{TOML_LINE}\n# c\ntitle = 'x' # d\n\n[params]\nid = 'its own'\n+++\nB"),
     ("+++\n[params]\na = 1\n+++\n", f"+++\n{TOML_LINE}\n[params]\na = 1\n+++\n"),
     ("\n+++\t\r\n+++\r\n", f"\n+++\t\r\n{TOML_LINE}\r\n+++\r\n"),
     ('{\n  "title": "x"\n}\nBody', f'{{\n  "id": "{ID}",\n  "title": "x"\n}}\nBody'),
     ('\n {\r\n\t"title": "x"}\r\n', f'\n {{\r\n\t"id": "{ID}",\r\n\t"title": "x"}}\r\n'),
     ('{"title": "{x}"}\nBody', f'{{"id": "{ID}", "title": "{{x}}"}}\nBody'),
     ("{}\nBody", f'{{"id": "{ID}"}}\nBody'),
     ("{\n}\nBody", f'{{\n  "id": "{ID}"\n}}\nBody'),
     ("{\n\n   }\nBody", f'{{\n   "id": "{ID}"\n\n   }}\nBody'),
     ("# Heading\r\n\r\nText", f"---\r\n{YAML_LINE}\r\n---\r\n# Heading\r\n\r\nText"),
     ("", f"---\n{YAML_LINE}\n---\n")],
)  # fmt: skip
def test_the_id_is_the_first_line(before: str, after: str) -> None:
    """It stands first, where no table, block or comment can take hold of it; the file keeps its own line ends."""
    assert after == pin(before)


@pytest.mark.parametrize(
    ("text", "parse"),
    [("---\ntitle: x\n---\n", lambda text: yaml.safe_load(text.split("---")[1])),
     ("---\n{title: x}\n---\n", lambda text: yaml.safe_load(text.split("---")[1])),
     ("+++\ntitle = 'x'\n[y]\nz = 1\n+++\n", lambda text: tomllib.loads(text.split("+++")[1])),
     ('{"title": "x"}\n', json.loads), ("{\n}", json.loads)],
)  # fmt: skip
def test_other_parsers_read_it(text: str, parse: object) -> None:
    """PyYAML, tomllib and json read the id as the text that it is."""
    assert callable(parse)
    assert ID == parse(pin(text))["id"]


@pytest.mark.parametrize("identity", ["urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a", "tag:x.example,2024:a'b", "a:[#,]", "x:yes"])  # fmt: skip
@pytest.mark.parametrize("text", ["---\ntitle: x\n---\n", "---\n{a: b}\n---\n", "+++\n+++\n", '{"a": 1}'])
def test_any_uri_reads_back(text: str, identity: str) -> None:
    """Whatever characters a URI may have, it reads back as the very same text."""
    node = draft(pin(text, identity=identity).encode()).fields["id"]
    assert identity == getattr(node, "text", None)


@pytest.mark.parametrize(
    ("text", "path", "place", "reason"),
    [("---\ntitle: x\nid: tag:a,2024:b\n---\n", "a.md", (3, 5), "the key id already exists and is never changed"),
     ("---\ntitle: x\nI_D: [17]\n---\n", "a.md", (3, 6), "the key id already exists"),
     ("---\ntitle: x\nid: 17\nguid: 18\n---\n", "a.md", (4, 7), "the key guid already exists and is never changed"),
     ("---\n!!map\ntitle: x\n---\n", "a.md", (1, 1), "no line can be added to its front matter without changing the rest: "),
     ("---\n&all {title: x}\n---\n", "a.md", (1, 1), "no line can be added to its front matter without changing the rest: "),
     ("---\n&all\ntitle: x\n---\n", "a.md", (1, 1), "no line can be added to its front matter without changing the rest: "),
     ("<p>Page</p>\n", "2024-01-01-a.HTML", (1, 1), "an HTML page without front matter"),
     ("Read me\n", "README.md", (1, 1), "no front matter"),
     ("---\ntitle: x\n", "a.md", (1, 1), "the front matter that begins here is never closed")],
)  # fmt: skip
def test_what_cannot_be_pinned_is_refused(text: str, path: str, place: tuple[int, int], reason: str) -> None:
    """A file that would change in any other way is refused, with the reason and the place."""
    with pytest.raises(Unsound) as caught:
        pin(text, path)
    problem = caught.value.problems[0]
    assert (place, reason) == ((problem.line, problem.column), problem.message[: len(reason)])


@pytest.mark.parametrize("identity", ["217", "5ddc9063c35e7700383b27e0", "1225c695-cfb8-4ebb-aaaa-80da344efa6a", "/2012/a", 'a "b" \\ c', "#: ü"])  # fmt: skip
@pytest.mark.parametrize("text", ["---\ntitle: x\n---\n", "---\n{a: b}\n---\n", "+++\n+++\n", '{"a": 1}'])
def test_what_is_no_uri_goes_where_any_text_may(text: str, identity: str) -> None:
    """Under `guid`, of which no Atom id is asked, as the very same text."""
    fields = draft(pin(text, identity=identity).encode()).fields
    assert (None, identity) == (fields.get("id"), getattr(fields["guid"], "text", None))


def test_what_is_in_the_place_of_an_id_and_is_none_may_stay() -> None:
    """The number that another program gave a post; the id goes beside it."""
    assert f'---\nguid: "{ID}"\ntitle: x\nid: 17\n---\n' == pin("---\ntitle: x\nid: 17\n---\n")


# Any file


_WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029"), min_size=1, max_size=9
)
_KEYS = st.from_regex(r"[a-z]{3,6}", fullmatch=True).filter(lambda key: key not in {"null", "true", "false"})
_TABLES = st.dictionaries(
    _KEYS, _WORDS | st.lists(_WORDS, max_size=2) | st.dictionaries(_KEYS, _WORDS, max_size=2), max_size=4
)
_BODIES = st.text(st.sampled_from("a é\n\t-+{}:#\u3000\U0001f600"), max_size=30)


def _yaml(table: Mapping[str, object], style: str) -> str:
    flow, width = style != "block", 20 if style == "long" else 10_000
    dumped = yaml.safe_dump(table, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=width)
    return f"---\n{dumped if table else ''}---\n"


def _toml(table: Mapping[str, object]) -> str:
    def line(key: str, value: object) -> str:
        return f"{key} = {json.dumps(value, ensure_ascii=False)}\n"

    lines = [line(key, value) for key, value in table.items() if not isinstance(value, dict)]
    for key, value in table.items():
        if isinstance(value, dict):
            lines += [f"[{key}]\n", *(line(*pair) for pair in value.items())]
    return f"+++\n{''.join(lines)}+++\n"


@st.composite
def _files(draw: st.DrawFn) -> tuple[bytes, str]:
    """Draw a whole file and its encoding."""
    table = draw(_TABLES)
    head = draw(
        st.sampled_from(["block", "flow", "long"]).map(lambda style: _yaml(table, style))
        | st.just(_toml(table))
        | st.sampled_from([None, 1, "\t"]).map(
            lambda indent: json.dumps(table, ensure_ascii=False, indent=indent) + "\n"
        )
    )
    comment = "" if head.startswith("{") else draw(st.sampled_from(["", "# a {comment}: [x]\n", "\n#\n\n"]))
    first, _, rest = head.partition("\n")
    text = draw(st.sampled_from(["", "\n", " \t\n\n"])) + f"{first}\n{comment}{rest}" + draw(_BODIES)
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    encoding = draw(st.sampled_from(sorted(MARKS)))
    return MARKS[encoding] + text.encode(encoding), encoding


@settings(max_examples=300, deadline=None)
@given(_files())
def test_only_one_line_differs(file: tuple[bytes, str]) -> None:
    """In any file that reads at all, the id is the only difference, in one line; a second time is refused."""
    data, encoding = file
    try:
        before = draft(data)
    except Unsound:
        return
    result = pinned(data, "a.md", "a.md", ID)
    old, new = (
        content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n").split("\n") for content in (data, result)
    )
    start = next((at for at, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), len(old))
    assert ID in new[start]
    if len(new) == len(old) + 1:
        assert old == new[:start] + new[start + 1 :]
    else:
        member = f'"id": "{ID}"'
        assert old == [*new[:start], new[start].replace(member + ", ", "", 1).replace(member, "", 1), *new[start + 1 :]]
    assert {"id": ID, **outside(data)} == outside(result)
    after = draft(result)
    assert (ID, before.body) == (getattr(after.fields["id"], "text", None), after.body)
    assert [key for key in after.fields if key != "id"] == list(before.fields)
    with pytest.raises(Unsound, match="already exists and is never changed"):
        pinned(result, "a.md", "a.md", ID)
