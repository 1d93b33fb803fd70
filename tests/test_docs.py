"""The documentation is true: its commands run, its tables are the code's, its examples give what they show."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from generated_docs import pages

from feeder.cli import COMMANDS

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
SETUP = [command for command in re.findall(r"```sh\n(.*?)\n```", README) if "venv" in command]


def test_readme_has_the_two_commands() -> None:
    """The README gives two commands for a fresh machine: the main job and the tests."""
    main_job, tests = SETUP
    assert "feeder build posts" in main_job
    assert "pytest" in tests


def test_ci_runs_the_readme_commands() -> None:
    """What CI runs, in a fresh clone, is what the README gives, word for word: it is taken from there."""
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    taken = re.search(r"grep -E '(.+)' README\.md", script)
    assert taken
    assert SETUP == [line for line in README.splitlines() if re.search(taken[1], line)]


def test_readme_output_is_real(tmp_path: Path) -> None:
    """The README's first example prints what it shows."""
    shutil.copytree(REPOSITORY / "posts", tmp_path / "posts")
    shown = re.search(r"\$ feeder build posts > files.txt\n(.*)\n", README)
    assert shown
    result = subprocess.run(
        [sys.executable, "-m", "feeder", "build", "posts"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert shown[1] == result.stderr.strip()


@pytest.mark.parametrize(
    ("page", "text"), pages().items(), ids=lambda item: item.name if isinstance(item, Path) else ""
)
def test_generated_parts_are_the_codes(page: Path, text: str) -> None:
    """Every generated table, help text and schema is what the code says; tests/generated_docs.py writes them."""
    assert text == page.read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    """Each command has its section in the page of commands, with its example."""
    text = (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        section = text.partition(f"### feeder {name}\n")[2].partition("### ")[0]
        assert f"Example: feeder {name}" in section


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        *(f"docs/{path.name}" for path in sorted((REPOSITORY / "docs").glob("*.md"))),
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    """A relative link in the documentation names a file that is there."""
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        assert (REPOSITORY / page).parent.joinpath(target).exists(), target


LISTED_ELSEWHERE = {
    "cli",
    "dialects",
    "formats",
    "finished",
    "generators",
    "markup",
    "published",
    "reports",
    "rules",
    "trees",
}
"""Packages that are a list of like things: the page says what one of them is."""


def test_every_module_is_in_the_architecture() -> None:
    """The architecture page names every module and package, but for what is one of many alike."""
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path in sorted((REPOSITORY / "feeder").rglob("*.py")):
        name = path.parent.name if path.name == "__init__.py" else path.stem
        if path.parent.name not in LISTED_ELSEWHERE and name not in {"feeder", "python_markdown", "commonmark"}:
            assert f"`{name}`" in text or f".{name}`" in text, name
