from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from finance_hooks.mapping.problems import Problem, said
from finance_hooks.model.park_reason_text import Language
from finance_hooks.web.formats import Formats

AT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_amounts_and_counts_are_written_the_dutch_way_in_both_languages(language: Language) -> None:
    formats = Formats(language)

    assert plain(formats.amount(Decimal("1234567.8"))) == "€ 1.234.567,80"
    assert plain(formats.amount("-0.01")).replace("-", "") == "€ 0,01"
    assert formats.amount(None) == ""
    assert formats.count(10_000) == "10.000"
    assert formats.figure(Decimal("-1234.5")) == "-1.234,50"
    assert (formats.number(Decimal(20000)), formats.number(Decimal("0.005"))) == ("20.000", "0,005")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_days_and_times_are_those_of_amsterdam(language: Language) -> None:
    formats = Formats(language)

    assert formats.day(date(2026, 7, 1)) == "01-07-2026"
    assert formats.time(AT) == "02-07-2026 00:30"
    assert (formats.clock(AT), formats.clock_s(AT)) == ("00:30", "00:30:00")


@pytest.mark.parametrize(
    ("lasted", "written"),
    [
        (timedelta(milliseconds=400), "0 s"),
        (timedelta(seconds=59.4), "59 s"),
        (timedelta(seconds=65), "1:05 min"),
        (timedelta(minutes=59, seconds=59), "59:59 min"),
        (timedelta(hours=26, minutes=3), "26:03:00 h"),
    ],
)
def test_how_long_something_took_is_written_by_its_length(lasted: timedelta, written: str) -> None:
    assert Formats("nl").lasted(lasted) == written


def test_weekdays_are_short() -> None:
    assert Formats("nl").weekday(date(2026, 11, 29)) == "zo 29"
    assert Formats("en").weekday(date(2026, 11, 29)) == "Su 29"


def test_age_is_said_in_words() -> None:
    assert Formats("nl").age(AT, AT + timedelta(days=3)) == "3 dagen geleden"
    assert Formats("en").age(AT, AT + timedelta(minutes=2)) == "2 minutes ago"


def test_problems_of_a_file_are_written_in_the_language_of_the_page() -> None:
    problem = Problem(file="rows.csv", line=3, what=said("no_country"), remedy=said("correct_row"))

    shown = Formats("nl").shown({"problems": (problem,)})

    assert shown["problems"] == problem.sentence("nl")
    assert shown["problems"] != problem.sentence("en")


def test_setting_that_is_not_set_is_a_dash_and_yes_and_no_are_signs() -> None:
    formats = Formats("nl")

    shown = [formats.setting(one) for one in (None, "", True, False, date(2026, 7, 1), 500, "park")]

    assert shown == ["\N{EN DASH}", "\N{EN DASH}", "✓", "✗", "01-07-2026", "500", "park"]


def test_values_of_a_text_are_written_by_what_they_are() -> None:
    values = {"amount": Decimal(1), "since": AT, "count": 1000, "why": "x"}

    shown = Formats("nl").shown(values)

    assert plain(str(shown["amount"])) == "€ 1,00"
    assert (shown["since"], shown["count"], shown["why"]) == ("02-07-2026 00:30", "1.000", "x")
