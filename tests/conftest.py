"""What all tests share: the clock, small sites, the programs that a machine may lack."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from services import environment, service
from sites import lay_out, run

import feeder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from feeder import Build

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
"""When every test takes place."""
SITE = "https://site.example/"

REPOSITORY = Path(__file__).parent.parent

# A change is judged by the same examples each time; new ones are drawn wherever a person runs the tests.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")


@pytest.fixture(scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return paths that nothing is at. pytest looks at all directories that it made before it makes one more."""
    root = tmp_path_factory.mktemp("caches")
    return (root / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _cache_of_its_own(caches: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a cache of its own, where its runs of feeder look for one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(next(caches)))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file below ``tmp_path``, as text or bytes, and returns its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def build(tmp_path: Path, write: Callable[..., Path]) -> Callable[..., Build]:
    """Return a function that writes posts (name -> content) below ``posts/`` and builds them as a library does.

    ``config`` is the text of a ``feeder.yml``; the site is `SITE` unless it says otherwise, the time is `NOW`.
    """

    def build_posts(posts: dict[str, str | bytes], config: str = "", now: datetime = NOW, **options: object) -> Build:
        (tmp_path / "posts").mkdir(exist_ok=True)
        for name, content in posts.items():
            write(f"posts/{name}", content)
        if config:
            write("feeder.yml", config)
        options.setdefault("url", None if "url:" in config else SITE)
        return feeder.build("posts", now=now, directory=tmp_path, **options)  # type: ignore[arg-type]

    return build_posts


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of the site in `sites`, built from disk into ``public``; ``said.txt`` is what that said."""
    directory = lay_out(tmp_path_factory.mktemp("site"))
    ran = run(directory)
    assert ran.returncode == 1
    (directory / "said.txt").write_text(ran.stderr)
    return directory


@pytest.fixture(scope="session")
def bucket(built_site: Path) -> Iterator[str]:
    """Yield the address of an S3 on this machine, with a bucket that holds the site."""
    with service("bucket", str(built_site), env=environment()) as address:
        yield address


@pytest.fixture(scope="session")
def cluster(bucket: str) -> Iterator[str]:
    """Yield the name of an executor: a Dask cluster with two worker processes, which know where the bucket is."""
    with service("cluster", "2", env=environment(AWS_ENDPOINT_URL=bucket)) as address:
        yield f"dask:{address}"


def needs(program: str) -> str:
    """Return the path of a program, beside this Python or elsewhere; without it a test skips, saying so."""
    path = shutil.which(program, path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if path is None:
        pytest.skip(f"{program} is not installed; .ci/run installs it")
    return path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what would skip in CI, where .ci/run has installed all that tests need."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing: {report.longrepr[2] if isinstance(report.longrepr, tuple) else ''}"
    return report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-cases``, for tests/test_cases.py."""
    parser.addoption("--update-cases", action="store_true", help="write what tests/cases expect anew")
