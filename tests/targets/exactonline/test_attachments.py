"""Documents and attachments of Exact: what is written, what is held, what is answered."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from finance_hooks.model.attachment import AttachmentFile, Booking, Held, NotTaken
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.targets.exactonline.attachments import (
    read_documents,
    read_held,
    read_made,
    write_attachment,
    write_document,
    write_documents_filter,
    write_entries_filter,
    write_subject,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1 = SAMPLES["S1"]
BOOKING = Booking(entry=S1, entry_id="0f", entry_number="26700042")
REFERENCE = S1.reference


def answer(status: int, body: str = "") -> Answer:
    return Answer(status=status, headers={}, body=body.encode(), url="https://x/Documents")


def saying(text: str) -> str:
    return json.dumps({"error": {"code": "", "message": {"lang": "", "value": text}}})


def test_the_document_names_the_entry_and_ends_with_our_reference() -> None:
    body = json.loads(write_document(BOOKING, make_chart(S1.administration)))

    assert body["FinancialTransactionEntryID"] == "0f"
    assert body["Type"] == 10
    assert body["Account"] == make_chart(S1.administration).parties[S1.party or ""].id
    assert body["Subject"] == f"Factuur {S1.number} [{REFERENCE}]"


def test_a_party_that_the_chart_does_not_know_is_left_out() -> None:
    stranger = replace(BOOKING, entry=replace(S1, party="99999"))

    assert "Account" not in json.loads(write_document(stranger, make_chart(S1.administration)))


def test_a_credit_note_is_called_one() -> None:
    assert write_subject(replace(S1, gross=Decimal("-1.00"))).startswith("Creditfactuur ")


def test_the_file_travels_as_base64() -> None:
    body = json.loads(write_attachment("d-1", AttachmentFile(name="1.pdf", content=b"%PDF-")))

    assert body == {"Attachment": "JVBERi0=", "Document": "d-1", "FileName": "1.pdf"}


def test_many_are_asked_about_at_once() -> None:
    other = replace(BOOKING, entry_id="1f")

    assert write_entries_filter([BOOKING, other]) == (
        "FinancialTransactionEntryID eq guid'0f' or FinancialTransactionEntryID eq guid'1f'"
    )
    assert write_documents_filter(["d-1"]) == "Document eq guid'd-1'"


def test_only_documents_of_ours_count_and_one_with_a_file_comes_first() -> None:
    documents = read_documents(
        [
            {"ID": "d-1", "Subject": f"Factuur 1 [{REFERENCE}]"},
            {"ID": "d-2", "Subject": f"Factuur 1 [{REFERENCE}]"},
            {"ID": "d-3", "Subject": "made by hand"},
            {"ID": "d-4", "Subject": "Factuur 2 [QAAAAAAAAAA]"},
        ]
    )

    held = read_held(documents, [{"ID": "a-1", "Document": "d-2"}, {"ID": "a-2", "Document": "d-2"}])

    assert held == {
        REFERENCE: Held(container_id="d-2", attachment_id="a-1"),
        "QAAAAAAAAAA": Held(container_id="d-4", attachment_id=None),
    }


def test_what_was_made_is_known_by_its_id() -> None:
    assert read_made(answer(201, '{"d":{"ID":"d-1"}}'), REFERENCE, NOW) == "d-1"


def test_what_was_held_back_comes_later() -> None:
    unsent = read_made(NeverSent(why="limit", retry_after_s=30), REFERENCE, NOW)
    throttled = read_made(answer(429), REFERENCE, NOW)

    assert unsent == Later(reference=REFERENCE, until=NOW + timedelta(seconds=30), why="limit")
    assert read_made(NeverSent(why="x"), REFERENCE, NOW) == Later(
        reference=REFERENCE, until=NOW + timedelta(seconds=60), why="x"
    )
    assert isinstance(throttled, Later)


@pytest.mark.parametrize(
    "given",
    [
        PerhapsProcessed(why="reset"),
        answer(201, "<html>"),
        answer(201, '{"d":{}}'),
        answer(408),
        answer(500),
        answer(500, saying("A problem has occurred.")),
        answer(503),
        answer(302),
    ],
)
def test_what_may_have_been_made_is_unknown(given: Answer | PerhapsProcessed) -> None:
    assert isinstance(read_made(given, REFERENCE, NOW), Unknown)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (answer(500, saying("Niet toegestaan: Bijlage")), "Exact: Niet toegestaan: Bijlage"),
        (answer(413), "Exact answered 413"),
        (answer(400, saying("No property X")), "Exact answered 400: No property X"),
    ],
)
def test_a_refusal_is_told_in_exacts_own_words(given: Answer, why: str) -> None:
    assert read_made(given, REFERENCE, NOW) == NotTaken(reference=REFERENCE, why=why)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_closed_door_is_for_a_person(status: int) -> None:
    with pytest.raises(ConfigurationError, match=r"organization\.documents"):
        read_made(answer(status), REFERENCE, NOW)
