"""The architecture holds: layers, who may import what, and what a run loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SOURCES = sorted((REPOSITORY / "feeder").rglob("*.py"))
HEAVY = {
    "feedgen", "lxml", "markdown", "comrak", "yaml", "nh3", "PIL", "fsspec", "dask", "distributed", "feedparser", "ssl",
}  # fmt: skip


def _modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(result.stdout.splitlines()[-1].split())


def test_help_loads_click_and_nothing_heavy() -> None:
    """``feeder --help`` loads click, and no parser, sanitiser or imaging library."""
    loaded = _modules_after("from feeder.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass")
    assert "click" in loaded
    assert set() == loaded & HEAVY


def test_import_feeder_loads_nothing() -> None:
    """``import feeder`` costs nothing until a name is used."""
    assert set() == _modules_after("import feeder") & {*HEAVY, "click"}


def test_public_names_are_all_there() -> None:
    """Every name in ``feeder.__all__`` can be had, and no other is promised."""
    import feeder

    assert all(getattr(feeder, name) is not None for name in feeder.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = feeder.nonsense


def test_import_contracts_hold() -> None:
    """import-linter finds every contract kept."""
    linter = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([linter, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (0, "") == (result.returncode, result.stdout if result.returncode else "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_only_the_command_line_prints_exits_or_asks_the_clock(path: Path) -> None:
    """Outside ``feeder/cli`` nothing prints, exits, or reads the time or the environment."""
    if "cli" in path.parts or path.name == "__main__.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert set() == names & {"print", "exit", "input"}
    assert set() == attributes & {"now", "today", "utcnow", "environ", "getenv", "stdout", "stderr"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_modules_are_small_and_say_what_they_are(path: Path) -> None:
    """A module has a docstring and fits in 300 lines."""
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert 300 >= len(text.splitlines())
