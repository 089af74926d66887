from typing import Any

import pytest

from finance_hooks.targets.exactonline.divisions import (
    describe_division,
    why_unusable,
    write_rights_question,
)

DIVISION: dict[str, Any] = {
    "Code": 1234567,
    "Description": "Voorbeeld B.V.",
    "Country": "NL ",
    "Status": 1,
    "BlockingStatus": 0,
}


def test_active_division_of_the_country_can_be_booked_in() -> None:
    assert why_unusable(DIVISION, "NL") is None
    assert why_unusable(DIVISION | {"BlockingStatus": None}, "NL") is None
    assert describe_division(DIVISION) == "1234567 Voorbeeld B.V."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"Status": 2}, "archived"),
        ({"Status": 0}, "inactive"),
        ({"Status": 7}, "7"),
        ({"BlockingStatus": 1}, "backed up"),
        ({"BlockingStatus": 9}, "9"),
        ({"Country": "BE "}, "of country BE, the connection of NL"),
    ],
)
def test_division_that_cannot_be_booked_in_says_why(changes: dict[str, Any], why: str) -> None:
    said = why_unusable(DIVISION | changes, "NL") or ""

    assert why in said
    assert "1234567 (Voorbeeld B.V.)" in said


def test_rights_are_asked_for_by_endpoint_and_action() -> None:
    assert write_rights_question("salesentry/SalesEntries") == (
        "users/UserHasRights",
        "endpoint='salesentry/SalesEntries'&action='POST'",
    )
