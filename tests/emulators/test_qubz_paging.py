"""Pages of the REST flavour, also while rows come and go."""

import pytest

from emulators.qubz.app import QubzEmulator
from tests.emulators.qubz_client import rows


def joined(found: list[list[int]]) -> list[int]:
    return [number for page in found for number in page]


def pages(qubz: QubzEmulator, *, limit: int, most: int = 100) -> list[list[int]]:
    found: list[list[int]] = []
    while len(found) < most:
        offset = str(limit * len(found))
        found.append([row["Id"] for row in rows(qubz, "salesinvoices", limit=str(limit), offset=offset)])
        if len(found[-1]) < limit:
            break
    return found


def test_pages_bring_every_row_once(qubz: QubzEmulator) -> None:
    everything = [row["Id"] for row in rows(qubz, "salesinvoices")]

    assert joined(pages(qubz, limit=7)) == everything
    assert len(everything) == len(set(everything))


def test_a_server_that_ignores_offset_repeats_its_first_page(qubz: QubzEmulator) -> None:
    qubz.switches.move({"paging": "offset_ignored"})

    first, second, *_ = pages(qubz, limit=7, most=2)

    assert first == second


@pytest.mark.parametrize(
    ("moves", "repeated", "skipped"), [("inserted", True, False), ("deleted", False, True)]
)
def test_rows_that_come_or_go_between_pages_are_repeated_or_skipped(
    qubz: QubzEmulator, moves: str, *, repeated: bool, skipped: bool
) -> None:
    everything = {row["Id"] for row in rows(qubz, "salesinvoices")}
    qubz.switches.move({"between_pages": moves})

    seen = joined(pages(qubz, limit=7))

    assert (len(seen) > len(set(seen))) is repeated
    assert (everything > set(seen)) is skipped


def test_a_repeated_row_may_be_an_older_version(qubz: QubzEmulator) -> None:
    last = rows(qubz, "salesinvoices", limit="5")[-1]
    qubz.switches.move({"between_pages": "stale"})

    again = rows(qubz, "salesinvoices", limit="5", offset="5")[0]

    assert again["Id"] == last["Id"]
    assert again["ChangedDate"] < last["ChangedDate"]
    assert again["ExportStatus"] == "NotReady"
