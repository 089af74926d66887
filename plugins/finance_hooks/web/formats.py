"""Write amounts, dates and times as people in the Netherlands and Flanders do, in Dutch or English."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_currency, format_decimal

from finance_hooks.mapping.problems import write_problems
from finance_hooks.model.park_reason_text import Language

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LOCALES = {"nl": Locale("nl", "NL"), "en": Locale("en", "NL")}
"""English words, Dutch figures: a controller compares them with the package's own screens."""


class Formats:
    """How one page writes what is no text."""

    def __init__(self, language: Language) -> None:
        """Write in this language."""
        self._language = language
        self._locale = LOCALES[language]

    def amount(self, value: Decimal | str | None, currency: str = "EUR") -> str:
        """Write an amount with its currency, such as € 1.234,56."""
        return "" if value is None else format_currency(Decimal(value), currency, locale=self._locale)

    def figure(self, value: Decimal) -> str:
        """Write an amount without its currency, such as 1.234,56."""
        return format_decimal(value, "#,##0.00", locale=self._locale)

    def number(self, value: Decimal) -> str:
        """Write a number with no more decimals than it needs."""
        return format_decimal(value, locale=self._locale)

    def count(self, value: int) -> str:
        """Write a whole number."""
        return format_decimal(value, locale=self._locale)

    def day(self, value: date) -> str:
        """Write a day, such as 28-11-2026."""
        return format_date(value, "dd-MM-yyyy", locale=self._locale)

    def time(self, value: datetime) -> str:
        """Write a day and time of day in Amsterdam."""
        return f"{self.day_of(value)} {self.clock(value)}"

    def day_of(self, value: datetime) -> str:
        """Write the day in Amsterdam, such as 28-11-2026."""
        return self.day(value.astimezone(AMSTERDAM))

    def clock(self, value: datetime) -> str:
        """Write a time of day in Amsterdam, such as 04:00."""
        return format_datetime(value, "HH:mm", tzinfo=AMSTERDAM, locale=self._locale)

    def clock_s(self, value: datetime) -> str:
        """Write a time of day in Amsterdam to the second."""
        return format_datetime(value, "HH:mm:ss", tzinfo=AMSTERDAM, locale=self._locale)

    def lasted(self, value: timedelta) -> str:
        """Write how long something took: 12 s, 1:05 min, 2:03:00 h."""
        seconds = round(value / timedelta(seconds=1))
        minutes, rest = divmod(seconds, 60)
        if seconds < 60:
            return f"{seconds} s"
        return (
            f"{minutes}:{rest:02d} min"
            if minutes < 60
            else f"{minutes // 60}:{minutes % 60:02d}:{rest:02d} h"
        )

    def weekday(self, value: date) -> str:
        """Write a day short, such as zo 29."""
        return format_date(value, "EEEEEE d", locale=self._locale)

    def age(self, since: datetime, now: datetime) -> str:
        """Say how long ago something was, such as 3 dagen geleden."""
        return format_timedelta(since - now, add_direction=True, locale=self._locale)

    def setting(self, value: object) -> str:
        """Write what something is set to; what is not set is a dash, yes and no are signs."""
        match value:
            case None | "":
                return "\N{EN DASH}"
            case bool():
                return "✓" if value else "✗"
            case date():
                return self.day(value)
            case _:
                return str(value)

    def shown(self, values: Mapping[str, object]) -> dict[str, object]:
        """Write the values that stand in a text."""
        return {name: self._shown(value) for name, value in values.items()}

    def _shown(self, value: object) -> object:
        match value:
            case Decimal():
                return self.amount(value)
            case datetime():
                return self.time(value)
            case int():
                return self.count(value)
            case tuple():
                return write_problems(value, self._language)
            case _:
                return value
