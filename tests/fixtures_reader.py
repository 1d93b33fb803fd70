"""tests/fixtures/*.txt -> cases. A file is made of blocks that a line ``====`` separates, and a block of three
parts that a line ``.`` separates: a title, an input, what is expected of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parent / "fixtures"


class Case(NamedTuple):
    """One case; no part has a line feed at its end, and only the title is stripped of white space."""

    title: str
    input: str
    expected: str


def read_fixture(path: Path | str) -> list[tuple[str, str, str]]:
    """Return the cases in the file at ``path`` (or in ``tests/fixtures/``, when it is a mere name), in their order."""
    full = FIXTURES / path
    blocks = full.read_bytes().decode().removesuffix("\n").split("\n====\n")
    return [_case(block.split("\n"), full.name) for block in blocks]


def _case(lines: list[str], name: str) -> Case:
    first = lines.index(".")
    if "." not in lines[first + 1 :]:
        message = f"{name}: a block has no second line with a dot: {lines[0]}"
        raise ValueError(message)
    second = lines.index(".", first + 1)
    title, given, expected = lines[:first], lines[first + 1 : second], lines[second + 1 :]
    return Case("\n".join(title).strip(), "\n".join(given), "\n".join(expected))
