"""Whole sites, every byte of their feeds: ``tests/cases/<story>/{posts,feeder.yml,expected}``.

A site of another generator has that generator's files in place of ``posts`` and ``feeder.yml``.

``pytest tests/test_cases.py --update-cases`` writes what is expected anew; read the difference before you commit it.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

import feeder
from feeder.problems import format_problem

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def _outcome(case: Path) -> dict[str, bytes]:
    """Return every file of a case's output by its path, and its problems as one more."""
    posts = "posts" if (case / "feeder.yml").exists() else None
    build = feeder.build(posts, now=NOW, directory=case)
    lines = [format_problem(item).replace(f"{case}/", "") for item in build.problems]
    left_out = [f"{item.path.replace(f'{case}/', '')}: {item.reason}" for item in build.left_out]
    report = "\n".join([*lines, *left_out]) + "\n"
    return {"problems.txt": report.encode(), **{item.path: item.data for item in build.artifacts}}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path, request: pytest.FixtureRequest) -> None:
    """The case's posts give exactly the files, bytes and problems that are expected."""
    expected = case / "expected"
    outcome = _outcome(case)
    if request.config.getoption("--update-cases"):
        shutil.rmtree(expected, ignore_errors=True)
        for name, data in outcome.items():
            (expected / name).parent.mkdir(parents=True, exist_ok=True)
            (expected / name).write_bytes(data)
    files = {path.relative_to(expected).as_posix(): path.read_bytes() for path in expected.rglob("*") if path.is_file()}
    assert sorted(files) == sorted(outcome)
    for name, data in files.items():
        assert data.decode() == outcome[name].decode(), name
