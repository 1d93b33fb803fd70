"""feeder/texts/dates.py: every accepted shape, every refused one with what it is told, and the two that feeds want."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime  # noqa: TID251 - here it is the oracle
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from fixtures_reader import read_fixture
from hypothesis import example, given
from hypothesis import strategies as st

from feeder.texts.dates import (
    BadDateError,
    format_rfc822,
    format_rfc3339,
    parse_date,
    zone_named,
)
from feeder.texts.datestyles import as_in_javascript, as_in_ruby

CASES = read_fixture("dates.txt")
ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Apia")
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=offsets).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@pytest.mark.parametrize(("given_text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_date_is_read_or_refused(given_text: str, expected: str) -> None:
    """Every shape of a date comes out in RFC 3339, every other text with a message that says what is wrong."""
    text, _, zone = given_text.partition("\n")
    try:
        outcome = format_rfc3339(parse_date(text, zone_named(zone or "UTC")))
    except BadDateError as error:
        outcome = f"! {error}"
    assert expected == outcome


def test_the_shapes_that_the_readme_names_are_read() -> None:
    """Each text and each pattern that stands in its sentence on dates is one."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    named = re.findall("`([^`]+)`", readme[readme.index("Dates are ISO 8601") : readme.index("seconds since 1970")])
    shapes = [re.sub("[YMDH]+", lambda letters: "2024" if letters[0] == "YYYY" else "11", name) for name in named]
    read = [parse_date(shape, UTC) for shape in shapes]
    assert [
        datetime(2024, 1, 31, tzinfo=UTC),
        datetime(2024, 11, 11, 11, 11, tzinfo=UTC),
        datetime(2024, 11, 11, tzinfo=UTC),
        datetime(2024, 1, 3, tzinfo=UTC),
        datetime(2024, 1, 31, tzinfo=UTC),
    ] == read


@pytest.mark.parametrize(
    "text",
    [
        "9" * 100_000,
        " " * 100_000,
        "Wed " * 25_000,
        "2024-01-31T18:30:00." + "1" * 100_000 + "x",
        "2024-01-31" + " " * 100_000 + "18:30" + "Z" * 100_000,
        "2024-01-31 18:30 Europe/" + "b" * 100_000,
        "2024-01-31 18:30 " + "a/" * 50_000,
        "2024-01-31 18:30 " + "a/" * 50_000 + "b",
        "2024-01-31 18:30 +" + "0" * 100_000,
    ],
    ids=lambda text: text[:30],
)
def test_a_long_text_is_refused_at_once(text: str) -> None:
    """100,000 characters of anything are refused as any other text is, and in no time."""
    begin = process_time()
    with pytest.raises(BadDateError):
        parse_date(text, UTC)
    assert process_time() - begin < 2


@given(moments)
@example(datetime(2024, 1, 31, 18, 30, tzinfo=UTC))
def test_rfc3339_reads_back(moment: datetime) -> None:
    """What format_rfc3339 writes, parse_date reads as the same instant at the same offset."""
    read = parse_date(format_rfc3339(moment), ZoneInfo("Asia/Shanghai"))
    assert (moment, moment.utcoffset()) == (read, read.utcoffset())


@given(moments.filter(lambda moment: moment.year >= 1000))
def test_rfc822_agrees_with_the_standard_library(moment: datetime) -> None:
    """What format_rfc822 writes, the standard library and parse_date read alike, in UTC unless in whole or half hours."""
    offset = moment.utcoffset() or timedelta(0)
    text = format_rfc822(moment)
    for read in (parsedate_to_datetime(text), parse_date(text, UTC)):
        assert moment == (read if read.tzinfo else read.replace(tzinfo=UTC))
        assert (timedelta(0) if offset % timedelta(minutes=30) else offset) == (read.utcoffset() or timedelta(0))


@given(
    st.datetimes(datetime(1700, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.sampled_from(ZONES).map(zone_named),
    st.sampled_from(
        ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%dT%H%M%S", "%Y-%jT%H:%M:%S", "%G-W%V-%uT%H:%M:%S")
    ),
)
def test_a_date_without_zone_is_in_the_sites(wall: datetime, zone: ZoneInfo, shape: str) -> None:
    """A date without zone is what the clock of the site's zone showed, at an offset of whole minutes."""
    wall = wall.replace(microsecond=0)
    read = parse_date(wall.strftime(shape), zone)
    assert wall.replace(tzinfo=zone).astimezone(UTC) == read
    assert (read.utcoffset() or timedelta(0)) % timedelta(minutes=1) == timedelta(0)


@given(st.text() | st.text("0123456789-+:/.,TWZ EJanUTC", max_size=40))
def test_any_text_is_a_date_or_is_refused(text: str) -> None:
    """Any text is an aware datetime in whole seconds and minutes of offset, or a BadDateError; never another error."""
    try:
        read = parse_date(text, zone_named("Asia/Shanghai"))
    except BadDateError:
        return
    offset = read.utcoffset()
    assert offset is not None
    assert (timedelta(0), 0) == (offset % timedelta(minutes=1), read.microsecond)


@pytest.mark.parametrize(
    ("moment", "rfc822", "rfc3339"),
    [
        (datetime(2024, 1, 31, 18, 30, tzinfo=UTC), "Wed, 31 Jan 2024 18:30:00 +0000", "2024-01-31T18:30:00Z"),
        (
            datetime(2024, 7, 1, 8, 5, 9, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            "Mon, 01 Jul 2024 08:05:09 -0330",
            "2024-07-01T08:05:09-03:30",
        ),
        (datetime(987, 1, 1, tzinfo=UTC), "Mon, 01 Jan 0987 00:00:00 +0000", "0987-01-01T00:00:00Z"),
    ],
)
def test_the_two_formats(moment: datetime, rfc822: str, rfc3339: str) -> None:
    """RSS gets a four-digit year, English names and a numeric zone; Atom and JSON Feed get RFC 3339, Z for UTC."""
    assert (rfc822, rfc3339) == (format_rfc822(moment), format_rfc3339(moment))


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "Europe"])
def test_a_zone_that_is_none(name: str) -> None:
    """A name that is no zone's is refused, a path among them."""
    with pytest.raises((ValueError, KeyError, OSError)):
        zone_named(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-09-31", "2024-10-01"), ("2024-02-30", "2024-03-01"), ("2023-02-29", "2023-03-01"), ("2024-02-29", "2024-02-29"),
        ("2024-09-31T10:00:00+02:00", "2024-10-01T10:00:00+02:00"), ("2024-9-31 10:00", "2024-10-01 10:00"),
        ("2024-10-31", "2024-10-31"), ("2024-09-32", "2024-09-32"), ("2024-09-301", "2024-09-301"), ("02/30/2024", "2024-03-01"),
        ("Sep 31 2024", "Sep 31 2024"), ("2024-9-31", "2024-10-01"),
    ],
)  # fmt: skip
def test_days_that_a_month_lacks_in_javascript(text: str, expected: str) -> None:
    """They are the first of the next, as js-yaml and V8 have it, up to the 31st; what nobody has stays."""
    assert expected == as_in_javascript(text)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2018-01-30T12:26:17Z", "2018 01 30 12:26:17"), ("2021-10-30T12:00:01Z", "2021-10-30 12:0:1"),
        ("2020-09-06T22:10:17Z", "2020-09-06 22:010:17"), ("2020-09-06T00:00:00Z", "2020.09.06"),
        ("2019-01-02T00:00:00Z", "2019. 1. 2"), ("2019-01-02T10:11:00Z", "2019-01-02, 10:11"),
        ("2019-01-02T10:11:00Z", "2019-01-02,10:11"), ("2020-09-06T22:11:12Z", "2020-9-6 10:11:12 PM"),
        ("2024-03-04T05:06:00Z", "03/04/2024 5:6"),
        ("2025-06-07T00:00:00Z", "06-07-2025"), ("2025-06-07T10:11:00Z", "6.7.2025 10:11"), ("unknown", "27-06-2025"), ("2020-09-05T17:02:03Z", "2020-09-06 1:2:3 +0800"),
        ("2020-10-01T01:02:00Z", "2020/09/31 1:2"), ("2020-09-07T00:00:00Z", "2020-09-06 24:00:00"),
        ("2015-12-09T00:01:14Z", "Tue Dec  8 19:01:14 EST 2015"),
        *(("unknown", text) for text in ("2020-13-01", "2020年9月6日", "2020-09-06 22:10:17.", "2020-09-06 25:0:0",
          "2020-09-06 12:60:0", "2015-12-08 19-01-14", "2015-12-08 19:01:14:03:4")),
    ],
)  # fmt: skip
def test_dates_that_javascript_reads(expected: str, text: str) -> None:
    """They are what V8's ``new Date`` makes of them in UTC, asked once; what it calls invalid is an error."""
    try:
        found = format_rfc3339(parse_date(as_in_javascript(text), UTC).astimezone(UTC))
    except BadDateError:
        found = "unknown"
    assert expected == found


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2025-04-01T20:00:00Z", "2025-04-01 20:00.000000000 +08:00"),
        ("2017-02-10T00:10:00Z", "2017-02-10 00:10::00 -03:00"),
        ("2021-09-03T11:21:31Z", "Fri Sep  3 11:21:31 CEST 2021"),
        ("2021-09-03T16:21:31Z", "Sep 3 11:21:31 EST 2021"),
        ("2021-09-03T11:21:31Z", "2021-09-03 11:21:31 CEST"),
        ("2021-09-03T11:21:31Z", "Fri, 3 Sep 2021 11:21:31 CEST"),
        ("2021-09-03T16:21:31Z", "2021-09-03 11:21:31 EST"),
        ("2021-09-03T00:00:00Z", "Fri, 3 Sep 2021"),
        ("2017-09-11T00:00:00Z", "11-9-2017"),
        ("2017-09-11T10:00:00+02:00", "11/9/2017 10:00 +0200"),
        ("2017-11-09T00:00:00Z", "9.11.2017"),
        ("2021-09-03T15:21:00+02:00", "2021-09-03 3:21pm +0200"),
        ("2021-09-03T00:01:00Z", "2021-09-03 12:01 AM"),
        ("2021-09-03T12:01:30Z", "2021-09-03 12:01:30 PM"),
        ("2021-09-03T11:21:31.5+02:00", "2021-09-03 11:21:31.5 +02:00"),
        ("2021-09-03T00:00:00Z", "2021-09-03"),
        ("2020-06-28T10:20:57-05:00", "2020-06-28-10:20:57 -0500"),
        ("2020-06-28T10:20:00Z", "2020-06-28-10:20"),
        ("2020-06-28T10:20:57+02:00", "2020-06-28_10:20:57 +0200"),
        ("2015-07-10T00:00:00Z", "2015-07-10-20-00"),
        ("2020-06-28T00:00:00Z", "2020-06-28-1020"),
        ("2019-09-29T18:00:00-07:00", "2019-09-29 T18:00:00-07:00"),
        ("2024-11-18T15:04:11Z", "2024-11-18 15:04:11:57"),
        ("2013-04-29T00:00:00Z", "2013-04-29 12.04 UTC"),
        ("2021-02-08T16:30:00Z", "2021-02-08 16:30-:00+16:30"),
        ("2015-12-08T19:05:00Z", "2015-12-08, 7:05 PM"),
        ("2015-12-08T10:00:00Z", "2015-12-08 10:00, edited"),
        ("2014-03-04T00:00:00Z", "2014-03-04 1030"),
    ],
)
def test_a_date_is_what_ruby_takes_it_for(expected: str, text: str) -> None:
    """The left is what `Time.parse` makes of the right where the site's zone is UTC: no warning tells it to be wrong."""
    assert parse_date(expected, UTC) == parse_date(as_in_ruby(text), UTC)


@pytest.mark.parametrize(
    "text",
    ["9/13/2017", "2014-13-04 10:00, edited", "2014-03-04 10:61:", "2014-03-04 at 5pm", "2014-03-04 3:00 p.m.", "2014-03-04 10:00 GMT+8"],
)  # fmt: skip
def test_what_ruby_refuses_or_has_a_rule_of_its_own_for_is_refused(text: str) -> None:
    """There is no thirteenth month, whichever comes first; and of no time with a half of the day or a zone, only a part is read."""
    with pytest.raises(BadDateError):
        parse_date(as_in_ruby(text), UTC)
