"""A file is checked before it is sent, and named so that people and systems can read it."""

import hashlib

import pytest

from finance_hooks.model.attachment import AttachmentFile, AttachmentLimits, TooLarge
from finance_hooks.posting.attachment_files import WrongFile, check_file, digest_of_file, name_file

LIMITS = AttachmentLimits(bytes_max=2000, name_length=20, chunk_size=40)
PDF = b"%PDF-1.4 one page"


@pytest.mark.parametrize("content", [PDF, b"\n" * 1000 + PDF, PDF + b"0" * (2000 - len(PDF))])
def test_a_pdf_within_the_limit_is_taken_whole(content: bytes) -> None:
    assert check_file(content, "2026-1", LIMITS) == AttachmentFile(name="2026-1.pdf", content=content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (TooLarge(), "the file is larger than 2,000 bytes"),
        (PDF + b"0" * 2000, "the file is larger than 2,000 bytes"),
        (b"", "the file is empty"),
        (b"<html>log in</html>", "the file is no PDF"),
        (b"\n" * 1100 + PDF, "the file is no PDF"),
    ],
)
def test_any_other_file_is_not(content: bytes | TooLarge, why: str) -> None:
    checked = check_file(content, "2026-1", LIMITS)

    assert isinstance(checked, WrongFile)
    assert checked.why == why


def test_a_file_that_was_read_is_known_again_by_its_hash() -> None:
    checked = check_file(b"no pdf", "1", LIMITS)

    assert isinstance(checked, WrongFile)
    assert (checked.sha256, checked.size_bytes) == (hashlib.sha256(b"no pdf").hexdigest(), 6)
    assert digest_of_file(b"no pdf") == checked.sha256


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("2026100123", "2026100123.pdf"),
        ("F 2026/10:1", "F 2026-10-1.pdf"),
        ("../../etc", "etc.pdf"),
        ("Überweisung", "Überweisung.pdf"),
        ("a" * 30, "a" * 16 + ".pdf"),
        ("///", "document.pdf"),
    ],
)
def test_a_file_bears_the_number_in_characters_that_every_system_takes(number: str, name: str) -> None:
    assert name_file(number, 20) == name
