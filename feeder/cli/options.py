"""What commands have in common: exit codes, and kinds of options."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from feeder.dates import BadDateError, parse_date

PROBLEMS, USAGE = 1, 2
"""Exit codes: something is wrong with posts; feeder cannot work with what it was told."""


class Moment(click.ParamType[datetime]):
    """A date in any form that front matter may have; without zone, UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return parse_date(value, UTC)
        except BadDateError as error:
            self.fail(str(error), param, ctx)
