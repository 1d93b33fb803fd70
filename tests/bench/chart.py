"""Rows -> an SVG: median wall time against number of posts, a line for each program, both axes logarithmic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from .peers import PEERS
from .scenarios import RUNS, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .rows import Row

_WIDTH, _HEIGHT, _LEFT, _TOP = 300, 220, 56, 64
_ACROSS, _DOWN = 24, 74
# Of one lightness, so that they stand on black and on white; the shape says it again to those who see no colours.
_COLORS = ("#e8590c", "#c99700", "#2f80ed", "#d6336c", "#2b9348", "#868e96", "#8e5bd6", "#0c8599")
_SHAPES = ("circle", "diamond", "square", "triangle", "cross", "circle", "diamond", "square")
_STYLE = """<style>
.ground { fill: #ffffff } .frame { fill: none; stroke: #8c959f } .grid { stroke: #d8dee4 } .text { fill: #1f2328 }
text { font: 12px system-ui, sans-serif } .title { font-weight: 600 }
.line { fill: none; stroke-width: 1.8 } .own { stroke-width: 3 }
@media (prefers-color-scheme: dark) {
.ground { fill: #0d1117 } .frame { stroke: #6e7681 } .grid { stroke: #2d333b } .text { fill: #e6edf3 }
}
</style>"""


class _Scale(NamedTuple):
    """Numbers from ``low`` to ``high`` -> pixels from ``start`` to ``end``, by their logarithms."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, number: float) -> float:
        part = (math.log10(number) - math.log10(self.low)) / (math.log10(self.high) - math.log10(self.low))
        return self.start + part * (self.end - self.start)


def draw(rows: Sequence[Row]) -> str:
    """Return the SVG: a column for each scenario, a row for cold builds and one for each kind of warm ones."""
    rows = [row for row in rows if row.posts and row.scenario in TITLES]
    scenarios = [name for name in TITLES if any(row.scenario == name for row in rows)]
    # The three warm runs look alike.
    runs = [run for run in RUNS if any(row.run == run for row in rows)][:2]
    programs = [name for name in PEERS if any(row.program == name for row in rows)]
    width = _LEFT + max(1, len(scenarios)) * (_WIDTH + _ACROSS)
    height = _TOP + len(runs) * (_HEIGHT + _DOWN)
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="Seconds against number of posts">',
        _STYLE,
        f'<rect class="ground" width="{width}" height="{height}" rx="6"/>',
        *_legend(programs),
    ]
    for down, run in enumerate(runs):
        for across, scenario in enumerate(scenarios):
            x, y = _LEFT + across * (_WIDTH + _ACROSS), _TOP + down * (_HEIGHT + _DOWN)
            title = TITLES[scenario] + {"cold": ", cold"}.get(run, f", one {run}")
            shown = [row for row in rows if row.run == run and row.scenario == scenario]
            parts += [
                f'<g transform="translate({x} {y})">',
                f'<text class="text title" x="{_WIDTH / 2}" y="-10" text-anchor="middle">{escape(title)}</text>',
                *_panel(shown, rows, programs, labelled=not across),
                "</g>",
            ]
    return "\n".join([*parts, "</svg>", ""])


def _legend(programs: Sequence[str]) -> Iterator[str]:
    x = float(_LEFT)
    for name in programs:
        yield f'<g transform="translate({x:.0f} 22)">{_mark(name, 0, 0)}'
        yield f'<text class="text" x="10" y="4">{escape(name)}</text></g>'
        x += 34 + 7 * len(name)


def _panel(shown: Sequence[Row], rows: Sequence[Row], programs: Sequence[str], *, labelled: bool) -> Iterator[str]:
    """Yield one diagram. All have the axes of all rows, so that they can be compared."""
    numbers = sorted({row.posts for row in rows})
    low, high = (10.0 ** math.floor(math.log10(min(row.wall for row in rows) * 0.999)), max(row.wall for row in rows))
    decades = max(1, math.ceil(math.log10(high / low)))
    across = _Scale(numbers[0] / 1.6, numbers[-1] * 1.6, 0, _WIDTH)
    upward = _Scale(low, low * 10**decades, _HEIGHT, 0)
    for seconds in (low * 10**power for power in range(decades + 1)):
        y = upward(seconds)
        yield f'<path class="grid" d="M0 {y:.1f}H{_WIDTH}"/>'
        if labelled:
            yield f'<text class="text" x="-8" y="{y + 4:.1f}" text-anchor="end">{seconds:g} s</text>'
    for number in numbers:
        x = across(number)
        yield f'<path class="grid" d="M{x:.1f} 0V{_HEIGHT}"/>'
        yield f'<text class="text" x="{x:.1f}" y="{_HEIGHT + 18}" text-anchor="middle">{number:,}</text>'
    yield f'<text class="text" x="{_WIDTH / 2}" y="{_HEIGHT + 36}" text-anchor="middle">posts</text>'
    yield f'<rect class="frame" width="{_WIDTH}" height="{_HEIGHT}"/>'
    # feeder last: its line lies above the others.
    for name in reversed(programs):
        points = [(across(row.posts), upward(row.wall)) for row in shown if row.program == name]
        line = "L".join(f"{x:.1f} {y:.1f}" for x, y in sorted(points))
        own = " own" if name.startswith("feeder") else ""
        if len(points) > 1:
            yield f'<path class="line{own}" stroke="{_color(name)}" d="M{line}"/>'
        yield from (_mark(name, x, y) for x, y in points)


def _color(program: str) -> str:
    return _COLORS[list(PEERS).index(program) % len(_COLORS)]


def _mark(program: str, x: float, y: float) -> str:
    shapes = {
        "circle": "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        "diamond": "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
        "square": "m-4-4h8v8h-8z",
        "triangle": "m0-5.5l5.5 9.5h-11z",
        "cross": "m-4.5-1.5h3v-3h3v3h3v3h-3v3h-3v-3h-3z",
    }
    shape = shapes[_SHAPES[list(PEERS).index(program) % len(_SHAPES)]]
    return f'<path fill="{_color(program)}" d="M{x:.1f} {y:.1f}{shape}"/>'
