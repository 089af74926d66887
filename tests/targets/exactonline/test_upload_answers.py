from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.exactonline import uploads
from finance_hooks.targets.exactonline.uploads import Rows, Said
from finance_hooks.targets.exactonline.wire import Row
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from tests.targets.exactonline.samples import SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1, S3, P1, J1 = SAMPLES["S1"], SAMPLES["S3"], SAMPLES["P1"], SAMPLES["J1"]
NOTHING_SAID = Said(refusals=(), successes=0, fatal=None)


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


def test_messages_are_read_in_their_order_and_warnings_are_none() -> None:
    said = read(saying(("2", "Aangemaakt"), ("0", " eerste "), ("1", "let op"), ("0", ""), ("3", "stuk")))

    assert said == Said(refusals=("eerste", "refused without a word"), successes=1, fatal="stuk")
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
    for said in (NOTHING_SAID, Said(refusals=("nee",), successes=0, fatal="stuk")):
        assert uploads.conclude([S1], said, found(S1)) == [
            Booked(
                reference=S1.reference,
                id=f"id of {S1.reference}",
                number="26700042",
                totals=Totals(gross=S1.gross, vat=S1.vat, gross_in_books=S1.gross),
            )
        ]


def test_only_missing_entry_is_refused_in_the_only_words() -> None:
    said = Said(refusals=("Ongeldige referentie: Btw-code",), successes=0, fatal=None)

    first, second, third = uploads.conclude([P1, S1, S3], said, found(S1, S3))

    assert isinstance(first, Refused)
    assert kinds([second, third]) == [Booked, Booked]
    assert [(reason.field, reason.document) for reason in first.reasons] == [("vat_code", P1.number)]
    assert uploads.doubted([P1, S1, S3], said, found(S1, S3)) == []


def test_entries_refused_in_the_same_words_are_so_when_all_others_are_said_to_be_booked() -> None:
    said = Said(refusals=("Periode is afgesloten: [2026] - [8]",) * 2, successes=1, fatal=None)

    outcomes = uploads.conclude([P1, S1, S3], said, found(S1))

    assert kinds(outcomes) == [Refused, Booked, Refused]
    assert uploads.doubted([P1, S1, S3], said, found(S1)) == []


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(
            Said(refusals=("Ongeldige referentie: Btw-code", "Verplicht: Relatie"), successes=1, fatal=None),
            id="which reason is whose is not told",
        ),
        pytest.param(
            Said(refusals=("Verplicht: Relatie",) * 2, successes=0, fatal=None),
            id="both may be about one entry, and the other one may be booked",
        ),
        pytest.param(Said(refusals=("Verplicht: Relatie",), successes=1, fatal=None), id="one is lacking"),
        pytest.param(Said(refusals=("Verplicht: Relatie",) * 3, successes=1, fatal=None), id="one too many"),
    ],
)
def test_refusals_in_doubt_leave_entries_unknown_and_let_them_go_alone(said: Said) -> None:
    outcomes = uploads.conclude([P1, S1, S3], said, found(S1))

    assert kinds(outcomes) == [Unknown, Booked, Unknown]
    assert uploads.doubted([P1, S1, S3], said, found(S1)) == [P1.reference, S3.reference]


@pytest.mark.parametrize(
    "said", [NOTHING_SAID, Said(refusals=("een",), successes=0, fatal="stuk")], ids=["nothing", "fatal"]
)
def test_what_does_not_show_without_a_refusal_is_offered_as_before(said: Said) -> None:
    assert uploads.doubted([P1, S1, S3], said, found(S1)) == []


def test_refusal_of_several_reasons_names_each() -> None:
    said = Said(
        refusals=("Verplicht: Dagboek\nPeriode is afgesloten: [2026] - [8]",), successes=0, fatal=None
    )

    (refused,) = uploads.conclude([S1], said, {})

    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons][-1] is ReasonCode.PERIOD_CLOSED


@pytest.mark.parametrize(
    "said",
    [
        NOTHING_SAID,
        Said(refusals=("een",), successes=0, fatal=None),
        Said(refusals=("een", "twee", "drie"), successes=0, fatal=None),
        Said(refusals=("een", "twee"), successes=0, fatal="stuk"),
        Said(refusals=("een", "twee"), successes=2, fatal=None),
        Said(refusals=("A problem has occurred.", "A problem has occurred."), successes=0, fatal=None),
    ],
)
def test_missing_entries_are_unknown_unless_as_many_were_refused(said: Said) -> None:
    assert kinds(uploads.conclude([S1, P1, S3], said, found(P1))) == [Unknown, Booked, Unknown]


def test_unknown_entry_repeats_what_exact_said() -> None:
    (outcome,) = uploads.conclude([S1], Said(refusals=("een", "twee"), successes=0, fatal="stuk"), {})

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


def test_shifted_vat_of_the_head_is_not_compared() -> None:
    (booked,) = uploads.conclude([P1], NOTHING_SAID, found(P1))

    assert isinstance(booked, Booked)
    assert (booked.totals.gross, booked.totals.vat) == (Decimal("1957.60"), None)
