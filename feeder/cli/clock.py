"""What time it is, for a build: the clock's, or what the environment says in its place."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from feeder.problems import ConfigurationError, with_got

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 253_402_300_799
"""The last second that a date can have."""


def current_time(environ: Mapping[str, str]) -> datetime:
    """Return the time of ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), else the clock's, in whole seconds.

    Raises `ConfigurationError` when that variable is no number of seconds.
    """
    given = environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        return datetime.now(UTC).replace(microsecond=0)
    seconds = int(given) if re.fullmatch(r"[0-9]{1,12}", given) else _LAST + 1
    if seconds > _LAST:
        message = with_got("SOURCE_DATE_EPOCH must be a number of seconds since 1970, up to the year 9999", given)
        raise ConfigurationError(message)
    return _EPOCH + timedelta(seconds=seconds)
