"""``feeder schema``."""

from __future__ import annotations

import json

import click

from feeder.cli.printing import results
from feeder.config import schema


@click.command(name="schema", epilog="Example: feeder schema > feeder.schema.json")
def command() -> None:
    """Print the JSON Schema of feeder.yml, with which editors complete and check it."""
    results([json.dumps(schema(), indent=2, ensure_ascii=False)])
