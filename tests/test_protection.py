"""feeder/fields/protection.py: what a password protects is in no feed, whichever generator's site it is, and the author is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeder.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build

HEAD = "---\ntitle: Diary\ndate: 2024-01-31\n"
BODY = "# The secret heading\n\nThe secret text.\n\n<!-- more -->\n\nThe rest of the secret.\n"
HEXO = "encrypt:\n  abstract: Locked.\n  tags:\n  - {name: Diary, password: sesame}\n"


def published(build: Build) -> str:
    """Return all that a build publishes."""
    return "\n".join(artifact.data.decode() for artifact in build.artifacts)


def told(build: Build) -> list[tuple[int, str]]:
    """Return the lines and codes of what is wrong."""
    return [(item.line, item.code) for item in build.problems]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "key", ["password: sesame", "Password: '0'", "encrypted: true", "encrypt: yes", "post_password: [a]"]
)
def test_a_password_keeps_the_text_out(build: Callable[..., Build], dialect: str, key: str) -> None:
    """Of a post with a password no feed has a word of the text, nor the password; its title and its abstract stay."""
    text = f"---\ndate: 2024-01-31\n{key}\nabstract: For *friends*.\nmessage: Knock.\n---\n{BODY}"
    made = build({"2024-01-31-diary.md": text}, config=f"site: {{url: https://site.example/, dialect: {dialect}}}")
    assert ("secret" in published(made), "sesame" in published(made)) == (False, False)
    assert "For <em>friends</em>." in published(made)
    assert told(made) == [(3, "protected-post")]


@pytest.mark.parametrize("key", ["password:", 'password: ""', "encrypted: false", "encrypt: no", "pass: many"])
def test_no_password_keeps_nothing_out(build: Callable[..., Build], key: str) -> None:
    """A key that is empty, or says no, protects nothing."""
    made = build({"diary.md": f"{HEAD}{key}\n---\n{BODY}"})
    assert "secret text" in published(made)
    assert told(made) == []


@pytest.mark.parametrize(
    ("expected", "head"),
    [
        ("Locked.", "tags: [Tea, Diary]\n"),
        ("Mine.", "tags: [Diary]\nabstract: Mine.\n"),
        ("Locked.", "tags: Diary\nabstract:\nmessage: Knock.\n"),
    ],
)
def test_hexos_encrypted_tags(
    build: Callable[..., Build], write: Callable[..., object], expected: str, head: str
) -> None:
    """Posts under a tag of ``encrypt.tags`` are protected in a Hexo site; what the post says of itself goes first."""
    write("_config.yml", f"url: https://site.example\n{HEXO}")
    made = build(
        {"diary.md": f"{HEAD}{head}---\n{BODY}", "tea.md": f"{HEAD}tags: [Tea]\n---\nOpen.\n"},
        "site: {dialect: hexo}",
        url="https://site.example/",
    )
    assert "secret" not in published(made)
    assert "<p>Open.</p>" in published(made)
    assert f"<p>{expected}</p>" in published(made)
    assert told(made) == [(1, "protected-post")]


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("hugo", '{{% hugo-encryptor "sesame" %}}\nThe secret.\n{{% /hugo-encryptor %}}'),
        ("hugo", '{{< fixit-encryptor "sesame" "Knock" >}}\nThe secret.\n{{< /fixit-encryptor >}}'),
        ("hexo", "{% encrypt sesame %}\nThe secret.\n{% endencrypt %}"),
    ],
)
def test_a_tag_keeps_a_part_out(build: Callable[..., Build], dialect: str, text: str) -> None:
    """What a tag holds that encrypts it is in no feed; the rest of the text is."""
    made = build(
        {"diary.md": f"{HEAD}---\nBefore.\n\n{text}\n\nAfter.\n"},
        config=f"site: {{url: https://site.example/, dialect: {dialect}}}",
    )
    assert ("secret" in published(made), "sesame" in published(made)) == (False, False)
    assert "Before." in published(made)
    assert "After." in published(made)
    assert told(made) == [(7, "protected-post")]
