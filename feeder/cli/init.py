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
# Configuration of feeder. `feeder schema` prints a JSON Schema with which editors complete and check it.
"""
_READ = """\
# Everything else is read from the configuration of {generator}; `feeder build -v` shows what, and from where.
"""
_NO_URL = """\
  # The site's URL, which feeds need: put yours here and uncomment the line.
  # url: https://example.org/
"""
_PERMALINK = """\
  # The address of posts that do not give their own; uncomment and change it to match your site:
  # permalink: /:year/:month/:day/:slug/
"""

_FEEDS_WORKFLOW = """\
# Reports problems in posts and what subscribers will see, on every push and pull request.
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
        # Once this feed is published, uncomment these lines to compare with it.
        # with:
        #   against: {url}
"""


@click.command(name="init", epilog="Example: feeder init --dry-run")
@click.option("--dry-run", is_flag=True, help="Print the files; write nothing.")
@click.pass_context
def command(ctx: click.Context, *, dry_run: bool) -> None:
    """Write feeder.yml and a GitHub workflow for the site in the working directory.

    feeder build reads the configuration of Hexo, Jekyll, Hugo, Eleventy, Astro, Docusaurus and Pelican; feeder.yml
    contains only what cannot be read there. If the site's URL is known, the workflow can compare with the site's feed.
    It asks no questions and overwrites nothing: if one of the files exists, it names it and exits with 2. The
    remaining steps are printed at the end.
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
        message = f"nothing written: will not overwrite {' and '.join(present)}"
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
    yield from (f"Check this: {fault}." for fault in (*site.faults, *site.found.notes))
    if not site.url:
        yield f"Set the site's URL in {FILE_NAMES[0]}: feeds cannot be built without it."
    elif site.origin:
        yield f"Check that the site's URL is {site.url}; it was read from {site.origin}."
    if _WORKFLOW in files and action == UNKNOWN_ACTION:
        yield f"In {_WORKFLOW}, replace {UNKNOWN_ACTION} with the repository and the commit of feeder to use."
    yield "Run feeder build and check what it writes."
    if site.generator:
        yield f"If {site.generator.capitalize()} published a feed, run feeder adopt on it, so that no post is sent again: feeder adopt --help tells how."
    yield "Publish the feeds with the site: docs/ci.md in feeder's repository has workflows for GitHub Pages, GitLab Pages and cron."
