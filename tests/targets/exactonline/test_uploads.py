from dataclasses import replace
from datetime import UTC, datetime

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Later
from finance_hooks.targets.exactonline import uploads
from finance_hooks.targets.exactonline.settings import UPLOAD_BYTES_MAX, URL_LENGTH
from finance_hooks.targets.exactonline.uploads import Group, Lookup
from tests.targets.exactonline.brief_entries import BE_DIVISION, NL_DIVISION
from tests.targets.exactonline.eexact_reader import read_document
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import OTHERS, SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1, S3, P1, J1 = SAMPLES["S1"], SAMPLES["S3"], SAMPLES["P1"], SAMPLES["J1"]
DOLLARS = OTHERS["foreign currency"]


def numbered(count: int, sale: Entry = S1) -> list[Entry]:
    return [
        replace(sale, number=f"F2026-{number:05}", reference=make_reference(f"upload {number}"))
        for number in range(count)
    ]


def divided(entries: list[Entry]) -> list[Group]:
    return list(uploads.divide(entries, make_chart))


def test_entries_go_together_up_to_two_hundred_in_their_order() -> None:
    entries = numbered(401)

    groups = divided(entries)

    assert [len(group.entries) for group in groups] == [200, 200, 1]
    assert [entry for group in groups for entry in group.entries] == entries
    written = [each.numbers for group in groups for each in read_document(group.document or b"")]
    assert written == [{entry.number} for entry in entries]


def test_document_is_no_longer_than_a_post_may_be() -> None:
    entries = [replace(entry, lines=S1.lines * 1000) for entry in numbered(9)]

    documents = [group.document or b"" for group in divided(entries)]

    assert len(documents) > 1
    assert all(len(document) <= UPLOAD_BYTES_MAX * 1.01 for document in documents)
    assert sum(len(read_document(document)) for document in documents) == 9


def test_entries_of_one_division_go_together() -> None:
    belgian = SAMPLES["S9"]

    assert [group.entries[0].administration for group in divided([S1, belgian, S1])] == [
        NL_DIVISION,
        BE_DIVISION,
        NL_DIVISION,
    ]


def test_foreign_currency_goes_alone_after_the_rest_by_the_api() -> None:
    assert [(group.entries, group.document is None) for group in divided([DOLLARS, S1, DOLLARS, S3])] == [
        ((S1, S3), False),
        ((DOLLARS,), True),
        ((DOLLARS,), True),
    ]


def test_nothing_makes_no_request() -> None:
    assert divided([]) == []
    assert list(uploads.write_lookups([])) == []


def test_invoices_are_asked_for_by_number_and_memorials_by_reference() -> None:
    quoted = replace(P1, number="Z'12")

    assert list(uploads.write_lookups([J1, quoted, S1, S3, S1])) == [
        Lookup(
            resource="salesentry/SalesEntries",
            select="EntryID,EntryNumber,Description,AmountFC,AmountDC,VATAmountFC",
            filter="YourRef eq 'C2026-0007' or YourRef eq 'F2026-0042'",
        ),
        Lookup(
            resource="purchaseentry/PurchaseEntries",
            select="EntryID,EntryNumber,Description,AmountFC,AmountDC,VATAmountFC",
            filter="YourRef eq 'Z''12'",
        ),
        Lookup(
            resource="generaljournalentry/GeneralJournalEntryLines",
            select="EntryID,EntryNumber,Description",
            filter=f"substringof('[{J1.reference}]',Description) eq true",
        ),
    ]


def test_question_fits_into_an_address_whatever_the_numbers() -> None:
    entries = [replace(entry, number=f"{place:030}") for place, entry in enumerate(numbered(81))]
    memorials = [replace(J1, reference=entry.reference) for entry in entries]

    asked = list(uploads.write_lookups([*entries, *memorials]))

    assert [each.filter.count(" eq ") for each in asked] == [40, 40, 1, 40, 40, 1]
    assert all(len(each.filter.replace(" ", "%20").replace("'", "%27")) < URL_LENGTH - 400 for each in asked)


def test_what_was_put_off_comes_later() -> None:
    assert uploads.later([S1], NOW, "held back") == [
        Later(reference=S1.reference, until=NOW, why="held back")
    ]
