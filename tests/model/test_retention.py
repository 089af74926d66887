from datetime import date

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.retention import read_retention

TODAY = date(2026, 11, 28)


def test_documents_are_kept_seven_years_after_the_year_they_are_dated_in() -> None:
    retention = read_retention({})

    assert retention.due_before(TODAY) == date(2019, 1, 1)
    assert retention.due_before(date(2027, 1, 1)) == date(2020, 1, 1)
    assert retention.due_before(TODAY, "200") == date(2019, 1, 1)


@pytest.mark.parametrize("written", ["7, 200=10", "200=10", " 200 = 10 ,"])
def test_organisation_may_keep_another_number_of_years(written: str) -> None:
    retention = read_retention({"keep_years": written})

    assert retention.due_before(TODAY, "200") == date(2016, 1, 1)
    assert retention.due_before(TODAY, "100") == date(2019, 1, 1)


def test_installation_may_keep_another_number_of_years() -> None:
    assert read_retention({"keep_years": 10}).due_before(TODAY) == date(2016, 1, 1)


@pytest.mark.parametrize("written", ["seven", "1", "0", "-7", "7.5", "200=", "200=x", "200=10=x", "\u0667"])
def test_years_that_are_no_whole_number_from_two_up_are_refused(written: str) -> None:
    with pytest.raises(ConfigurationError, match="keep_years"):
        read_retention({"keep_years": written})
