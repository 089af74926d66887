"""The bodies that carry a PDF are written as the expected files say."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from finance_hooks.model.attachment import AttachmentFile, Booking
from finance_hooks.targets.afas import attachments as afas
from finance_hooks.targets.exactonline import attachments as exact
from tests.targets.afas.samples import SAMPLES as AFAS_SAMPLES
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import SAMPLES as EXACT_SAMPLES

HERE = Path(__file__).parent
FILE = AttachmentFile(name="2026100123.pdf", content=b"%PDF-1.4\n%%EOF\n")


@pytest.mark.golden
def test_document_and_attachment_of_exact_are_written_as_expected(
    golden: Callable[[Path, str], None],
) -> None:
    entry = EXACT_SAMPLES["S1"]
    booking = Booking(entry=entry, entry_id="b1f6c0de-0000-4000-8000-000000000001", entry_number="26700123")

    document = exact.write_document(booking, make_chart(entry.administration))
    attachment = exact.write_attachment("d0c00000-0000-4000-8000-000000000001", FILE)

    golden(HERE / "exactonline" / "attached_document.json", _readable(document))
    golden(HERE / "exactonline" / "attachment.json", _readable(attachment))


@pytest.mark.golden
def test_dossier_item_of_afas_is_written_as_expected(golden: Callable[[Path, str], None]) -> None:
    booking = Booking(entry=AFAS_SAMPLES["S1"], entry_id="2026/70/48301", entry_number="48301")

    golden(HERE / "afas" / "attached_subject.json", _readable(afas.write_subject(booking, 105, FILE)))


def _readable(body: str) -> str:
    return json.dumps(json.loads(body), indent=2, ensure_ascii=False) + "\n"
