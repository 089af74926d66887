"""Whatever position an inferred fact turns out to have, the same documents reach the books."""

from dataclasses import replace
from typing import Any

import pytest

from emulators.qubz.switches import SWITCHES
from emulators.switches import Position, Switch
from finance_hooks.model.document import Document
from finance_hooks.model.errors import ConfigurationError
from tests.contract.qubz.bench import Bench, good_documents, outcomes

ORGANISATIONS = ("100", "200")
PAGED: dict[str, Any] = {"page_size": 25, "page_overlap": 5}
CHANGES_DOCUMENTS = {("optional_fields", "left_out"), ("ledger_account_on_line", False)}
STOPS_READING = {("paging", "offset_ignored")}
# OData always knows $top, so that there only $skip can be ignored.
STOPS_ODATA = {("paging", "unpaged")}
SMALL_ODATA_PAGE = 7


def positions_of(switch: Switch) -> tuple[Position, ...]:
    if switch.positions:
        return switch.positions
    return (True, False) if isinstance(switch.default, bool) else (SMALL_ODATA_PAGE,)


POSITIONS = [(switch.name, position) for switch in SWITCHES for position in positions_of(switch)]
SURVIVED = [each for each in POSITIONS if each not in CHANGES_DOCUMENTS | STOPS_READING]


def connection_for(name: str, position: object) -> dict[str, Any]:
    if (name, position) == ("authentication", "key"):
        return {"auth": "header", "api_key": "qubz-key-1", **PAGED}
    return PAGED


def in_the_books(document: Document) -> Document:
    """Leave out what need not be there: journal and account codes, which mapping tables can give."""
    lines = tuple(replace(line, ledger_account=None) for line in document.lines)
    return replace(document, journal=None, lines=lines, changed_at=None)


@pytest.mark.parametrize(
    ("style", "name", "position"),
    [
        (style, *each)
        for style in ("rest", "odata")
        for each in SURVIVED
        if style == "rest" or each not in STOPS_ODATA
    ],
)
def test_same_documents_in_every_position(bench: Bench, style: str, name: str, position: Position) -> None:
    expected = [outcomes(bench.hook(api_style=style), organisation) for organisation in ORGANISATIONS]

    bench.emulator.switches.move({name: position})
    hook = bench.hook(api_style=style, **connection_for(name, position))
    found = [outcomes(hook, organisation) for organisation in ORGANISATIONS]

    assert min(map(len, expected)) > 40
    assert found == expected


@pytest.mark.parametrize(("name", "position"), sorted(CHANGES_DOCUMENTS, key=str))
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_what_may_be_left_out_is_derived_as_the_source_would_say_it(
    bench: Bench, style: str, organisation: str, name: str, position: Position
) -> None:
    expected = good_documents(bench.hook(api_style=style), organisation)

    bench.emulator.switches.move({name: position})
    found = good_documents(bench.hook(api_style=style), organisation)

    assert set(expected) <= set(found)
    for number, document in expected.items():
        assert in_the_books(found[number]) == in_the_books(document)


@pytest.mark.parametrize(
    ("style", "position"),
    [("rest", "offset_ignored"), ("odata", "offset_ignored"), ("odata", "unpaged")],
)
def test_ignored_offset_is_an_error_and_not_a_shorter_list(bench: Bench, style: str, position: str) -> None:
    bench.emulator.switches.move({"paging": position})

    with pytest.raises(ConfigurationError, match="ignores the offset"):
        outcomes(bench.hook(api_style=style, **PAGED))


def test_source_that_cannot_page_is_read_with_page_size_zero(bench: Bench, style: str) -> None:
    expected = outcomes(bench.hook(api_style=style))

    bench.emulator.switches.move({"paging": "offset_ignored"})
    found = outcomes(bench.hook(api_style=style, page_size=0))

    assert found == expected


def test_all_likely_surprises_at_once_change_nothing(bench: Bench) -> None:
    expected = outcomes(bench.hook())

    bench.emulator.switches.move(
        {
            "nulls": "left_out",
            "dates": "localised",
            "decimals": "text",
            "envelope": "array",
            "between_pages": "deleted",
            "filters": "ignored",
            "members": "dutch",
        }
    )

    assert outcomes(bench.hook(**PAGED)) == expected
