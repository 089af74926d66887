"""Close months in a package, and open them again."""

from datetime import date
from typing import Any

from adversary.amounts import month_away

FOR_GOOD = 0


def month(today: date, back: int) -> str:
    """Name the month so many before this one, as the emulators' switch does."""
    day = month_away(today.replace(day=1), -back)
    return f"{day.year}/{day.month}"


def close(emulator: Any, months: set[str]) -> None:  # noqa: ANN401 - an emulator, whatever its package
    """Let exactly these months be closed."""
    emulator.switches.move({"closed_periods": " ".join(sorted(months)) if months else NOTHING})


NOTHING = "auto"
"""Where the switch stands unless somebody closes a month: only what the seed has closed is closed."""
