"""feeder/sites/dateforms.py: how programs in JavaScript write a date, as far as that can be told without running them."""

from __future__ import annotations

import pytest

from feeder.sites.dateforms import form_of


@pytest.mark.parametrize(
    ("expected", "program"),
    [
        ("%Y-%m-%d", "(d) => DateTime.fromJSDate(d, { zone: 'utc' }).toFormat('yyyy-LL-dd')"),
        ("%Y/%-m/%-d", "d => DateTime.fromJSDate(d).setZone('utc').toFormat(\"yyyy/M/d\")"),
        ("%Y-%m-%d", 'export default (value) => { const date = new Date(value); return format(date, "yyyy-MM-dd"); }'),
        ("%Y/%b", "date => format(new Date(date), 'yyyy/MMM')"),
        ("%y.%m.%d", "(d) => moment(d).format('YY.MM.DD')"), ("%Y", "(d) => dayjs.utc(d).format('YYYY')"),
        ("%Y-%m-%d", "d => d.toISOString().split('T')[0]"), ("%Y-%m-%d", "d => new Date(d).toISOString().slice(0, 10)"),
        # what is not known
        ("", "d => moment(d).format('yyyy')"), ("", "d => DateTime.fromJSDate(d).toFormat(form)"), ("", "d => format(d, 'PPP')"),
        ("", "d => a(d) ? moment(d).format('YYYY') : moment(d).format('YY')"), ("", "d => DateTime.fromJSDate(d).toFormat(\"yyyy 'at'\")"),
        ("", "d => d.getTime()"),
    ],
)  # fmt: skip
def test_forms(expected: str, program: str) -> None:
    """Those of luxon, date-fns, moment and dayjs, and of JavaScript itself; a program must write one date, in parts that are known."""
    assert expected == form_of(program)
