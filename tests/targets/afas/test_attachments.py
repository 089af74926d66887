"""Dossier items of AFAS: what is written, what is held, what is answered."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from finance_hooks.model.attachment import Attached, AttachmentFile, Booking, Held, NotTaken
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.targets.afas.attachments import (
    read_held,
    read_made,
    read_subjects,
    write_conditions,
    write_subject,
    write_subject_conditions,
    write_title,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed
from tests.targets.afas.samples import SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1 = SAMPLES["S1"]
BOOKING = Booking(entry=S1, entry_id="2026/70/48301", entry_number="48301")
REFERENCE = S1.reference
FILE = AttachmentFile(name="1.pdf", content=b"%PDF-")


def answer(status: int, body: str = "") -> Answer:
    return Answer(status=status, headers={}, body=body.encode(), url="https://x/connectors/KnSubject")


def saying(text: str) -> Answer:
    return answer(500, json.dumps({"externalMessage": text, "profitLogReference": "0A"}))


def test_the_dossier_item_stands_at_debtor_and_invoice_with_its_file() -> None:
    element = json.loads(write_subject(BOOKING, 105, FILE))["KnSubject"]["Element"]

    link = element["Objects"][0]["KnSubjectLink"]["Element"]["Fields"]
    (attachment,) = element["Objects"][1]["KnSubjectAttachment"]["Element"]
    assert element["Fields"] == {"StId": 105, "Ds": f"Factuur {S1.number} [{REFERENCE}]"}
    assert (link["SfTp"], link["SfId"], link["SiUn"]) == ("4", S1.party, int(S1.administration))
    assert attachment["Fields"] == {"FileName": "1.pdf", "FileStream": "JVBERi0="}


def test_a_credit_note_is_called_one() -> None:
    assert write_title(replace(S1, gross=Decimal("-1.00"))).startswith("Creditfactuur ")


def test_dossier_items_are_asked_for_by_title_and_their_files_by_number() -> None:
    assert write_conditions([BOOKING]) == [[("Description", write_title(S1))]]
    assert write_subject_conditions(["90210"]) == [[("subject_id", "90210")]]


def test_only_dossier_items_of_ours_count() -> None:
    subjects = read_subjects(
        [
            {"Subject_id": 1, "Description": write_title(S1)},
            {"Subject_id": 2, "Description": write_title(S1)},
            {"Subject_id": 3, "Description": "by hand"},
            {"Subject_id": 4, "Description": "Factuur 2 [QAAAAAAAAAA]"},
        ]
    )

    assert read_held(subjects, [{"subject_id": 1}]) == {
        REFERENCE: Held(container_id="1", attachment_id="1"),
        "QAAAAAAAAAA": Held(container_id="4", attachment_id=None),
    }


def test_what_was_made_is_known_by_its_number() -> None:
    made = read_made(answer(201, '{"results":{"KnSubject":{"SbId":"90210"}}}'), REFERENCE, NOW)

    assert made == Attached(reference=REFERENCE, attachment_id="90210")


def test_what_was_held_back_comes_later() -> None:
    unsent = read_made(NeverSent(why="limit", retry_after_s=30), REFERENCE, NOW)

    assert unsent == Later(reference=REFERENCE, until=NOW + timedelta(seconds=30), why="limit")
    for given in (
        NeverSent(why="x"),
        answer(429),
        answer(503, '{"retry_after": 60}'),
        saying("Een andere gebruiker heeft dit in gebruik"),
    ):
        assert isinstance(read_made(given, REFERENCE, NOW), Later)


@pytest.mark.parametrize(
    "given",
    [
        PerhapsProcessed(why="reset"),
        answer(201),
        answer(201, "<html>"),
        answer(408),
        answer(500),
        answer(502),
        saying("Er is een onverwachte fout opgetreden."),
    ],
)
def test_what_may_have_been_made_is_unknown(given: Answer | PerhapsProcessed) -> None:
    assert isinstance(read_made(given, REFERENCE, NOW), Unknown)


@pytest.mark.parametrize(
    "given",
    [
        saying("Deze bestemming is niet geldig voor dit type dossieritem"),
        saying("Het bedrag klopt niet"),
        answer(413),
    ],
)
def test_a_refusal_is_told_in_afas_s_own_words(given: Answer) -> None:
    made = read_made(given, REFERENCE, NOW)

    assert isinstance(made, NotTaken)
    assert made.why.startswith("AFAS answered ")


@pytest.mark.parametrize(
    "given", [answer(401), answer(403), answer(404), saying("De UpdateConnector wordt niet ondersteund")]
)
def test_a_closed_door_is_for_a_person(given: Answer) -> None:
    with pytest.raises(ConfigurationError, match="add KnSubject"):
        read_made(given, REFERENCE, NOW)
