"""Compare feeder's items with those of the real generators, for the sites in ``tests/cases``: ``python -m tests.peers``."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from feeder.problems import ConfigurationError

from . import PEERS, truth
from .contract import NotBuiltError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .truth import Difference


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.peers", description=__doc__)
    parser.add_argument(
        "generators",
        nargs="*",
        metavar="GENERATOR",
        help=f"of {', '.join(PEERS)}, all by default. One that is not installed is left out, and what it made before is "
        "compared. Packages of npm are looked for in NODE_PATH and in node_modules above this file.",
    )
    parser.add_argument("--keep", action="store_true", help="keep what the generators make as what is expected")
    options = parser.parse_args(arguments)
    if unknown := sorted({*options.generators} - {*PEERS}):
        parser.error(f"there is no {', '.join(unknown)}")
    return options


def _compared(site: Path, *, keep: bool) -> Iterator[Difference]:
    """Yield the differences between a generator now and before, and between the generator and feeder."""
    if truth.peer_of(site).version():
        now = truth.made(site)
        if keep:
            truth.keep(site, now)
        yield from truth.differences(f"{site.name} as kept", now.items, truth.kept(site).items)
    yield from truth.differences(site.name, truth.kept(site).items, truth.ours(site))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table of differences, and return the exit code: 1 when there are any."""
    options = _options(arguments)
    wanted = options.generators or list(PEERS)
    for name in wanted:
        version = PEERS[name].version()
        print(f"{name} {version}" if version else f"{name} is not installed", file=sys.stderr)
    found = 0
    for site in truth.sites(wanted):
        try:
            for one in _compared(site, keep=options.keep):
                found += 1
                print("\t".join(one))
        except (NotBuiltError, ConfigurationError) as error:
            found += 1
            print(f"{site.name}\t\t{type(error).__name__}\t{error}")
    print(f"{found} differences", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
