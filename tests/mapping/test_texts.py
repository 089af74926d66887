"""Texts leave room for the reference."""

import pytest

from tests.mapping.examples import a_document, a_line, vat_of
from tests.mapping.map_one import MapOne, entry_of


@pytest.mark.parametrize(
    ("description", "written"),
    [
        ("", "2026100123 Relatie 10045"),
        ("  ", "2026100123 Relatie 10045"),
        ("Contract C-2201", "Contract C-2201"),
        ("één\r\ntwee\u2028drie\x00", "één twee drie"),
        ("x" * 99, "x" * 46),
        ("x" * 45 + " y", "x" * 45),
    ],
)
def test_description_leaves_room_for_the_reference(map_one: MapOne, description: str, written: str) -> None:
    assert entry_of(map_one, a_document(description=description)).description == written


def test_line_without_a_text_takes_that_of_the_entry(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "100.00", description=" ")]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "21.00")], description="Contract"))

    assert entry.lines[0].description == "Contract"
