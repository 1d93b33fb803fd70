"""``feeder init``: a configuration and a workflow for the site that is here; asks nothing and overwrites nothing."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeder.cli.building import USAGE
from feeder.cli.foundsite import FoundSite, find_site
from feeder.cli.printing import messages, results
from feeder.config import FILE_NAMES
from feeder.formats import FORMATS
from feeder.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORKFLOW = ".github/workflows/feeds.yml"
_GITLAB = ".gitlab-ci.yml"
UNKNOWN_ACTION = "OWNER/feeder@COMMIT"
"""What stands for the action where it is not known which repository feeder comes from."""

_HEAD = """\
# feeder's configuration; `feeder schema` prints a JSON Schema by which editors complete and check it.
"""
_READ = """\
# What it does not say is read from the configuration of {generator}; `feeder build -v` says what, and from where.
"""
_NO_URL = """\
  # Where the site lives. Feeds need it: put yours here, and take the # away.
  # url: https://example.org/
"""
_PERMALINK = """\
  # Where a post lives, if it does not say so itself and this is not what your site does:
  # permalink: /:year/:month/:day/:slug/
"""

_FEEDS_WORKFLOW = """\
# Says on every push and pull request what is wrong with posts and what subscribers will see.
name: Feeds

on:
  push:
  pull_request:

permissions:
  contents: read

jobs:
  feeds:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with:
          persist-credentials: false
      - uses: {action}
"""
_AGAINST = """\
        # Once this feed is published, compare with it: take the # away.
        # with:
        #   against: {url}
"""


@click.command(name="init", epilog="Example: feeder init --dry-run")
@click.option("--dry-run", is_flag=True, help="Print the files; write none.")
@click.pass_context
def command(ctx: click.Context, *, dry_run: bool) -> None:
    """Write feeder.yml and a GitHub workflow for the site in the working directory.

    feeder build reads the configuration of Hexo, Jekyll, Hugo, Eleventy, Astro, Docusaurus and Pelican; feeder.yml
    says only what it cannot read there. The workflow can compare with the site's feed, where the site's URL is known.
    It asks nothing and overwrites nothing: when one of the files exists, it names it and exits with 2. What is left
    to do is printed at the end.
    """
    here = Path()
    try:
        site = find_site(here)
        action = _action()
        files = _files(here, site, action)
        _refuse(sorted({*FILE_NAMES, *files}), here)
        if dry_run:
            results(f"# {name}\n{text}" for name, text in files.items())
        else:
            _write(here, files)
            results(files)
    except ConfigurationError as error:
        messages([f"error: {error}"])
        ctx.exit(USAGE)
    messages(f"{number}. {step}" for number, step in enumerate(_steps(site, action, files), 1))


def _files(here: Path, site: FoundSite, action: str) -> dict[str, str]:
    """Return what is to be written, by path."""
    files = {FILE_NAMES[0]: "".join(_configuration(site))}
    if not (here / _GITLAB).exists():
        against = _AGAINST.format(url=json.dumps(f"{site.url}{FORMATS['rss'].file_name}")) if site.url else ""
        files[_WORKFLOW] = _FEEDS_WORKFLOW.format(action=action) + against
    return files


def _configuration(site: FoundSite) -> Iterator[str]:
    yield _HEAD
    if site.generator:
        yield _READ.format(generator=site.generator.capitalize())
    if not site.reads("site.url"):
        yield "site:\n"
        yield f"  url: {json.dumps(site.url)}\n" if site.url else _NO_URL
    patterned = bool(site.generator) and not site.faulty("posts.permalink")
    if not site.reads("posts.path"):
        yield f"posts:\n  path: {json.dumps(site.posts, ensure_ascii=False)}\n"
    elif not patterned:
        yield "posts:\n"
    if not patterned:
        yield _PERMALINK


def _action() -> str:
    """Return feeder's own action, by the commit that was installed from GitHub (PEP 610), else what stands for it."""
    try:
        origin = json.loads(distribution("feeder").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return UNKNOWN_ACTION
    repository = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?", str(origin.get("url")))
    commit = str(origin.get("vcs_info", {}).get("commit_id"))
    return f"{repository[1]}@{commit}" if repository and re.fullmatch("[0-9a-f]{40}", commit) else UNKNOWN_ACTION


def _refuse(names: list[str], here: Path) -> None:
    """Raise `ConfigurationError` when one of the files is there, or a link in its place."""
    if present := [name for name in names if os.path.lexists(here / name)]:
        message = f"nothing written: there is {' and '.join(present)} already"
        raise ConfigurationError(message)


def _write(here: Path, files: dict[str, str]) -> None:
    """Write all files, or none: half of one would keep the next run from writing it. Raises `ConfigurationError`."""
    made: list[Path] = []
    for name, text in files.items():
        try:
            (here / name).parent.mkdir(parents=True, exist_ok=True)
            with (here / name).open("x", encoding="utf-8", newline="\n") as stream:
                made.append(here / name)
                stream.write(text)
        except OSError as error:
            for path in made:
                with suppress(OSError):
                    path.unlink()
            message = f"cannot write {name}: {error.strerror or error}"
            raise ConfigurationError(message) from error


def _steps(site: FoundSite, action: str, files: dict[str, str]) -> Iterator[str]:
    yield from (f"Look into this: {fault}." for fault in (*site.faults, *site.found.notes))
    if not site.url:
        yield f"Put the site's URL into {FILE_NAMES[0]}: feeds cannot be built without it."
    elif site.origin:
        yield f"See that the site's URL is {site.url}; it is from {site.origin}."
    if _WORKFLOW in files and action == UNKNOWN_ACTION:
        yield f"In {_WORKFLOW}, name the repository that you have feeder from, and a commit of it, for {UNKNOWN_ACTION}."
    yield "Run feeder build, and look at what it writes."
    if site.generator:
        yield f"If {site.generator.capitalize()} published a feed, run feeder adopt with it, lest all posts be sent again: docs/moving.md."
    yield "Publish the feeds with the site: docs/ci.md has workflows for GitHub Pages, GitLab Pages and cron."
