"""What is written into a file is read from it again, by readers that share nothing with the writers."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.targets.file_format import DateStyle, FileLayout
from finance_hooks.targets.registry import TARGETS
from tests.targets.files.readers import (
    Amounts,
    ReadEntry,
    read_accountview_cells,
    read_accountview_xml,
    read_afas,
    read_cells,
    read_twinfield,
)
from tests.targets.files.sample_files import PACKAGES, SAMPLES, WRITERS, expected_amounts, holds

READERS: dict[tuple[str, str], Callable[[bytes], list[ReadEntry]]] = {
    ("accountview", "csv"): lambda content: read_accountview_cells(read_cells(content, encoding="cp1252")),
    ("accountview", "fields"): lambda content: read_accountview_cells(read_cells(content, encoding="cp1252")),
    ("accountview", "xml"): read_accountview_xml,
    ("afas", "csv"): lambda content: read_afas(read_cells(content, encoding="utf-8")),
    ("twinfield", "xml"): read_twinfield,
}


def test_every_variant_of_every_package_has_a_reader() -> None:
    assert set(READERS) == set(WRITERS)


@pytest.mark.parametrize("is_charted", [True, False], ids=["by chart", "without"])
@pytest.mark.parametrize(("slug", "variant", "name"), SAMPLES)
def test_sample_comes_to_the_same_amounts_per_account(
    slug: str, variant: str, name: str, *, is_charted: bool
) -> None:
    entry = PACKAGES[slug].entries[name]
    if not is_charted and (slug, name) == ("afas", "memorial on a debtor"):
        assert_is_unfit_without_chart(entry)
        return

    chart = PACKAGES[slug].chart_of(entry.administration) if is_charted else None
    (read,) = write_and_read(slug, variant, [entry], chart)

    assert read.references == {entry.reference}
    assert_comes_to(read, slug, entry)


@pytest.mark.parametrize(("slug", "variant"), WRITERS)
def test_entries_of_a_file_stay_apart_and_in_order(slug: str, variant: str) -> None:
    administration = PACKAGES[slug].entries["S1"].administration
    entries = [
        entry
        for entry in PACKAGES[slug].entries.values()
        if entry.administration == administration and holds(slug, variant, entry)
    ]

    read = write_and_read(slug, variant, entries, PACKAGES[slug].chart_of(administration))

    assert [one.references for one in read] == [{entry.reference} for entry in entries]
    for one, entry in zip(read, entries, strict=True):
        assert_comes_to(one, slug, entry)


@pytest.mark.parametrize(
    ("slug", "variant"), [("accountview", "csv"), ("accountview", "fields"), ("afas", "csv")]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_layout_says_separator_marks_dates_encoding_and_header(
    slug: str, variant: str, encoding: str
) -> None:
    file_format = TARGETS[slug].make_file_format()
    layout = FileLayout(
        variant=variant,
        separator=",",
        decimal_mark=",",
        date_style=DateStyle.ISO,
        encoding=encoding,
        has_header=False,
    )
    entry = replace(PACKAGES[slug].entries["S1"], description="Lediging, café")
    chart = PACKAGES[slug].chart_of(entry.administration)
    named = file_format.write([entry], replace(layout, has_header=True), chart)
    names = list(read_cells(named, encoding=encoding, separator=",")[0])

    content = file_format.write([entry], layout, chart)

    rows = read_cells(content, encoding=encoding, separator=",", names=names)
    days = [row[name] for row in rows for name in names if name.endswith(("trn_date", "boekdatum"))]
    assert set(days) == {"2026-10-15"}
    read = read_afas(rows, ",") if slug == "afas" else read_accountview_cells(rows, ",")
    assert_comes_to(read[0], slug, entry)
    assert "Lediging, café" in content.decode(encoding)
    assert content.decode(encoding).endswith("\r\n")


def write_and_read(slug: str, variant: str, entries: list[Entry], chart: Chart | None) -> list[ReadEntry]:
    """Write entries of one administration, each of which must be fit for it, and read the file."""
    file_format, layout = TARGETS[slug].make_file_format(), FileLayout(variant=variant)
    assert [reason for entry in entries for reason in file_format.why_unfit(entry, layout, chart)] == []
    return READERS[slug, variant](file_format.write(entries, layout, chart))


def assert_comes_to(read: ReadEntry, slug: str, entry: Entry) -> None:
    """Hold the amounts of a file to those of the entry, in both currencies, and its balance."""
    expected = expected_amounts(slug, entry)
    if slug == "afas" and entry.rate is not None:
        # AFAS has the document's own currency on the line of the party only.
        party = {place: amount for place, amount in expected.items() if place[0] == "party"}
        assert read.amounts == party
        assert_near(read.in_books, expected, entry.rate)
    else:
        assert read.amounts == expected
        assert_near(read.in_books, expected, entry.rate or Decimal(1))
    if slug != "accountview":
        assert sum(read.in_books.values()) == 0
    if entry.party is not None:
        assert abs(read.in_books["party", entry.party]) == abs(entry.gross_in_books)


def assert_near(in_books: Amounts, expected: Amounts, rate: Decimal) -> None:
    """Hold amounts to those in another currency: a cent for what their sum had to be rounded to."""
    assert in_books.keys() == expected.keys()
    for place, amount in expected.items():
        assert abs(in_books[place] - amount * rate) <= (0 if rate == 1 else Decimal("0.01"))


def assert_is_unfit_without_chart(entry: Entry) -> None:
    """Hold that what only a chart tells keeps an entry from a file."""
    (reason,) = TARGETS["afas"].make_file_format().why_unfit(entry, FileLayout(), None)
    assert (reason.field, reason.value) == ("party", "10045")
