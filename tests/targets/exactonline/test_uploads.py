from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.exactonline import uploads
from finance_hooks.targets.exactonline.settings import UPLOAD_BYTES_MAX, URL_LENGTH
from finance_hooks.targets.exactonline.uploads import Group, Lookup, Rows, Said
from finance_hooks.targets.exactonline.wire import Row
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from tests.targets.exactonline.brief_entries import BE_DIVISION, NL_DIVISION
from tests.targets.exactonline.eexact_reader import read_document
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import OTHERS, SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1, S3, P1, J1 = SAMPLES["S1"], SAMPLES["S3"], SAMPLES["P1"], SAMPLES["J1"]
DOLLARS = OTHERS["foreign currency"]
NOTHING_SAID = Said(refusals=(), fatal=None)


def numbered(count: int, sale: Entry = S1) -> list[Entry]:
    return [
        replace(sale, number=f"F2026-{number:05}", reference=make_reference(f"upload {number}"))
        for number in range(count)
    ]


def divided(entries: list[Entry]) -> list[Group]:
    return list(uploads.divide(entries, make_chart))


def answer(status: int, body: str = "") -> Answer:
    return Answer(status=status, headers={}, body=body.encode(), url="")


def saying(*messages: tuple[str, str]) -> Answer:
    written = "".join(
        f'<Message type="{kind}"><Topic code="GLTransactions" node="GLTransaction"><Data/></Topic>'
        f"<Description>{text}</Description></Message>"
        for kind, text in messages
    )
    return answer(200, f"<eExact><Topics/><Messages>{written}</Messages></eExact>")


def row(entry: Entry, **changed: object) -> Row:
    return {
        "EntryID": f"id of {entry.reference}",
        "EntryNumber": 26700042,
        "Description": f"text [{entry.reference}]",
        "AmountFC": entry.gross,
        "AmountDC": entry.gross,
        "VATAmountFC": entry.vat,
        **changed,
    }


def found(*entries: Entry) -> Rows:
    return uploads.read_found(row(entry) for entry in entries)


def kinds(outcomes: Iterable[Outcome]) -> list[type[Outcome]]:
    return [type(outcome) for outcome in outcomes]


def read(sending: Sending) -> Said | list[Outcome]:
    return uploads.read_upload(sending, [S1, S3], NOW)


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


def test_messages_are_read_in_their_order_and_warnings_are_none() -> None:
    said = read(saying(("2", "Aangemaakt"), ("0", " eerste "), ("1", "let op"), ("0", ""), ("3", "stuk")))

    assert said == Said(refusals=("eerste", "refused without a word"), fatal="stuk")
    assert read(saying()) == NOTHING_SAID


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<eExact>",
        "<html>Onderhoud</html>",
        "<eExact><Topics/></eExact>",
        "<html><Messages/></html>",
        '<!DOCTYPE eExact [<!ENTITY x "y">]><eExact><Messages>&x;</Messages>',
    ],
)
def test_answer_that_is_none_leaves_all_unknown(body: str) -> None:
    outcomes = read(answer(200, body))

    assert isinstance(outcomes, list)
    assert kinds(outcomes) == [Unknown, Unknown]


@pytest.mark.parametrize(
    ("sending", "outcome"),
    [
        (NeverSent(why="no room", retry_after_s=7), Later),
        (PerhapsProcessed(why="time is over"), Unknown),
        (answer(429), Later),
        (answer(403), Refused),
        (answer(413), Refused),
        (answer(302), Unknown),
        (answer(408), Unknown),
        (answer(500, '{"error":{"message":{"value":"Verplicht: Dagboek"}}}'), Unknown),
        (answer(503), Unknown),
    ],
)
def test_answer_about_the_whole_is_one_about_each(sending: Sending, outcome: type[Outcome]) -> None:
    outcomes = read(sending)

    assert isinstance(outcomes, list)
    assert kinds(outcomes) == [outcome, outcome]
    assert [each.reference for each in outcomes] == [S1.reference, S3.reference]


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


def test_rows_are_put_together_by_reference_and_entry() -> None:
    rows = uploads.read_found(
        [
            row(J1),
            row(J1),
            row(J1, EntryID="another"),
            row(S1, Description=None),
            row(S3, Description="eigen"),
        ]
    )

    assert {reference: list(of_one) for reference, of_one in rows.items()} == {
        J1.reference: [f"id of {J1.reference}", "another"]
    }


def test_what_the_books_show_is_booked_with_their_totals_whatever_was_said() -> None:
    for said in (NOTHING_SAID, Said(refusals=("nee",), fatal="stuk")):
        assert uploads.conclude([S1], said, found(S1)) == [
            Booked(
                reference=S1.reference,
                id=f"id of {S1.reference}",
                number="26700042",
                totals=Totals(gross=S1.gross, vat=S1.vat, gross_in_books=S1.gross),
            )
        ]


def test_missing_entries_are_refused_in_order_when_as_many_were() -> None:
    said = Said(refusals=("Ongeldige referentie: Btw-code", "Verplicht: Relatie"), fatal=None)

    first, second, third = uploads.conclude([P1, S1, S3], said, found(S1))

    assert isinstance(first, Refused)
    assert isinstance(second, Booked)
    assert isinstance(third, Refused)
    assert [reason.field for reason in (*first.reasons, *third.reasons)] == ["vat_code", "party"]
    assert first.reasons[0].document == P1.number


def test_refusal_of_several_reasons_names_each() -> None:
    said = Said(refusals=("Verplicht: Dagboek\nPeriode is afgesloten: [2026] - [8]",), fatal=None)

    (refused,) = uploads.conclude([S1], said, {})

    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons][-1] is ReasonCode.PERIOD_CLOSED


@pytest.mark.parametrize(
    "said",
    [
        NOTHING_SAID,
        Said(refusals=("een",), fatal=None),
        Said(refusals=("een", "twee", "drie"), fatal=None),
        Said(refusals=("een", "twee"), fatal="stuk"),
        Said(refusals=("A problem has occurred.", "A problem has occurred."), fatal=None),
    ],
)
def test_missing_entries_are_unknown_unless_as_many_were_refused(said: Said) -> None:
    assert kinds(uploads.conclude([S1, P1, S3], said, found(P1))) == [Unknown, Booked, Unknown]


def test_unknown_entry_repeats_what_exact_said() -> None:
    (outcome,) = uploads.conclude([S1], Said(refusals=("een", "twee"), fatal="stuk"), {})

    assert isinstance(outcome, Unknown)
    assert outcome.why == "Exact took the upload and the entry does not show; it said: stuk; een"


def test_reference_that_stands_twice_is_for_the_books_to_tell() -> None:
    twice = uploads.read_found([row(S1), row(S1, EntryID="another")])

    assert kinds(uploads.conclude([S1], NOTHING_SAID, twice)) == [Unknown]


@pytest.mark.parametrize("changed", [{"EntryNumber": None}, {"AmountFC": "abc"}])
def test_row_that_cannot_be_read_proves_nothing(changed: dict[str, object]) -> None:
    rows = uploads.read_found([row(S1, **changed)])

    assert kinds(uploads.conclude([S1], NOTHING_SAID, rows)) == [Unknown]


def test_memorial_is_booked_without_totals() -> None:
    (booked,) = uploads.conclude([J1], NOTHING_SAID, found(J1))

    assert isinstance(booked, Booked)
    assert booked.totals == Totals()


def test_what_was_put_off_comes_later() -> None:
    assert uploads.later([S1], NOW, "held back") == [
        Later(reference=S1.reference, until=NOW, why="held back")
    ]


def test_shifted_vat_of_the_head_is_not_compared() -> None:
    (booked,) = uploads.conclude([P1], NOTHING_SAID, found(P1))

    assert isinstance(booked, Booked)
    assert (booked.totals.gross, booked.totals.vat) == (Decimal("1957.60"), None)
