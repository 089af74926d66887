"""Work out where the bars, ticks and spans of a chart stand; amounts are Decimal, positions are pixels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

PIXEL = Decimal("0.1")
NICE = (1, 2, 5)
"""The steps of an axis: these times a power of ten."""

WIDEST = 40
"""No bar is wider, however few there are."""

TIME_STEPS = (
    *(timedelta(seconds=seconds) for seconds in (10, 30)),
    *(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12, 24)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle as SVG draws one."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of an axis: what it stands for, and where."""

    value: Decimal
    at: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Turn values from `lowest` to `highest` into positions from `begin` to `end`."""

    lowest: Decimal
    highest: Decimal
    begin: int
    end: int

    def at(self, value: Decimal) -> Decimal:
        """Return the position of a value; the beginning where all values are the same."""
        span = self.highest - self.lowest
        share = (value - self.lowest) / span if span else Decimal(0)
        return (self.begin + share * (self.end - self.begin)).quantize(PIXEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The drawing and, within it, the room that is left for bars."""

    width: int
    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One place of a chart of columns: its middle, its edges, and its bars, `None` for what is not known."""

    left: Decimal
    middle: Decimal
    width: Decimal
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart:
    """Bars side by side above and below one line of nothing."""

    frame: Frame
    zero: Decimal
    ticks: tuple[Tick, ...]
    columns: tuple[Column, ...]


def column_chart(places: Sequence[Sequence[Decimal | None]], frame: Frame) -> ColumnChart:
    """Put the values of each place beside each other, all places to one scale."""
    known = [value for place in places for value in place if value is not None]
    values = tick_values(min(known, default=Decimal(0)), max(known, default=Decimal(0)))
    scale = Scale(lowest=values[0], highest=values[-1], begin=frame.bottom, end=frame.top)
    step = Decimal(frame.right - frame.left) / max(len(places), 1)
    return ColumnChart(
        frame=frame,
        zero=scale.at(Decimal(0)),
        ticks=tuple(Tick(value=value, at=scale.at(value)) for value in values),
        columns=tuple(
            _column(place, frame.left + step * number, step, scale) for number, place in enumerate(places)
        ),
    )


def tick_values(lowest: Decimal, highest: Decimal, *, wanted: int = 5) -> tuple[Decimal, ...]:
    """Choose round values from below the lowest to above the highest value, nothing among them."""
    lowest, highest = min(lowest, Decimal(0)), max(highest, Decimal(0))
    span = highest - lowest
    if not span:
        return (Decimal(0), Decimal(1))
    power = Decimal(1).scaleb((span / wanted).adjusted())
    step = next(one for one in (*(nice * power for nice in NICE), power * 10) if one * wanted >= span)
    first, last = (
        (lowest / step).to_integral_value("ROUND_FLOOR"),
        -(-highest / step).to_integral_value("ROUND_FLOOR"),
    )
    return tuple(step * number for number in range(int(first), int(last) + 1))


def gauge(used: int, limit: int, width: int) -> Decimal:
    """Return how much of a bar is filled by what is used of a limit; never more than all of it."""
    return (Decimal(width) * min(max(used, 0), limit) / limit).quantize(PIXEL) if limit else Decimal(width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a time axis."""

    x: Decimal
    width: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAxis:
    """Turn instants from `begin` to `end` into positions; what lies outside stands at the edge."""

    begin: datetime
    end: datetime
    left: int
    right: int

    def at(self, instant: datetime) -> Decimal:
        """Return the position of an instant."""
        inside = min(max(instant, self.begin), self.end)
        lasts = self.end - self.begin
        scale = Scale(lowest=Decimal(0), highest=_seconds(lasts), begin=self.left, end=self.right)
        return scale.at(_seconds(inside - self.begin))

    def span(self, begin: datetime, end: datetime) -> Span:
        """Return where something stood that lasted; it is never too narrow to be seen."""
        x = self.at(begin)
        return Span(x=x, width=max(self.at(end) - x, Decimal(2)))

    def ticks(self, zone: ZoneInfo, *, wanted: int = 8) -> tuple[tuple[datetime, Decimal], ...]:
        """Return round times of a zone's clock with their positions, at most so many and one."""
        lasts = self.end - self.begin
        step = next((one for one in TIME_STEPS if one * wanted >= lasts), None) or lasts / wanted
        return tuple((time, self.at(time)) for time in self._round_times(step, zone))

    def _round_times(self, step: timedelta, zone: ZoneInfo) -> Iterator[datetime]:
        midnight = self.begin.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        # Steps go by the clock on the wall: on the night it is changed one of them is longer or shorter.
        time = midnight + -((midnight - self.begin) // step) * step
        while time <= self.end:
            yield time
            time += step


def _seconds(lasts: timedelta) -> Decimal:
    return Decimal(lasts // timedelta(milliseconds=1)).scaleb(-3)


def _column(values: Sequence[Decimal | None], left: Decimal, step: Decimal, scale: Scale) -> Column:
    inner = min(step * Decimal("0.7"), Decimal(WIDEST * len(values)))
    width = inner / max(len(values), 1)
    first = left + (step - inner) / 2
    return Column(
        left=left.quantize(PIXEL),
        middle=(left + step / 2).quantize(PIXEL),
        width=step.quantize(PIXEL),
        bars=tuple(
            None if value is None else _bar(value, first + width * number, width, scale)
            for number, value in enumerate(values)
        ),
    )


def _bar(value: Decimal, x: Decimal, width: Decimal, scale: Scale) -> Bar:
    zero, end = scale.at(Decimal(0)), scale.at(value)
    return Bar(x=x.quantize(PIXEL), y=min(zero, end), width=width.quantize(PIXEL), height=abs(zero - end))
