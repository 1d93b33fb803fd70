"""The documentation is true: its commands run, its tables are the code's, its examples give what they show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from generated_docs import pages

from feeder.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
SETUP = [command for command in re.findall(r"```sh\n(.*?)\n```", README) if "venv" in command]


def _copy(target: Path) -> Path:
    """Copy what a clone would have: the tracked files and those about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, check=True,
    )  # fmt: skip
    for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
        if (REPOSITORY / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, target / name)
    return target


def _run(command: str, directory: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        ["bash", "-c", command], cwd=directory, env=environment, capture_output=True, text=True, check=False
    )
    offline = "No matching distribution" in result.stderr or "Failed to establish" in result.stderr
    if result.returncode and offline:
        pytest.skip("no package registry can be reached from here")
    return result


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a fresh copy of the repository."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this is no clone, so there is none to take")
    return _copy(tmp_path / "clone")


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """Return an environment without an activated virtual environment, or anything else of this run."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("PIP_", "SSL_", "REQUESTS_")) or name.lower().endswith("_proxy") or name in {"CI", "LANG"}
    }
    path = os.pathsep.join(
        part for part in os.environ["PATH"].split(os.pathsep) if Path(sys.prefix) not in Path(part).parents
    )
    return {**kept, "PATH": path, "HOME": str(tmp_path)}


def test_readme_has_the_two_commands() -> None:
    """The README gives two commands for a fresh machine: the main job and the tests."""
    main_job, tests = SETUP
    assert "feeder build posts" in main_job
    assert "pytest" in tests


def test_readme_main_job_runs_to_the_letter(clone: Path, bare: dict[str, str]) -> None:
    """The first command, in a fresh clone and without an activated environment, builds the sample posts' feeds."""
    result = _run(SETUP[0], clone, bare)
    assert (0, "") == (result.returncode, result.stderr if result.returncode else "")
    assert {".feeder.json", "atom.xml", "categories", "feed.json", "rss.xml"} == {
        path.name for path in (clone / "public").iterdir()
    }


def test_readme_test_command_runs_to_the_letter(clone: Path, bare: dict[str, str]) -> None:
    """The second command sets up and finds the tests; that they pass is what running it shows."""
    result = _run(SETUP[1], clone, {**bare, "PYTEST_ADDOPTS": "--collect-only -q"})
    assert (0, "") == (result.returncode, result.stderr if result.returncode else "")
    assert "test_readme_test_command_runs_to_the_letter" in result.stdout


def test_ci_runs_the_readme_commands() -> None:
    """What CI runs is what the README gives, word for word: it is taken from there."""
    script = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script


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


def test_every_module_is_in_the_architecture() -> None:
    """The architecture page names every module."""
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path in sorted((REPOSITORY / "feeder").iterdir()):
        if path.suffix == ".py" or (path / "__init__.py").exists():
            assert f"`{path.stem}`" in text, path.stem
