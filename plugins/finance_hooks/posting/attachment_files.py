"""Check a file before it is sent, and name it as people will see it in the package."""

import hashlib
import re
from dataclasses import dataclass

from finance_hooks.model.attachment import AttachmentFile, AttachmentLimits, TooLarge

ENDING = ".pdf"
MAGIC = b"%PDF-"
MAGIC_WITHIN_BYTES = 1024
"""PDF reference 1.7, appendix H.3.4: readers accept the header within the first 1024 bytes."""

_NOT_IN_A_NAME = re.compile(r"[^\w.()+ -]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFile:
    """A file that is not sent, and why; with the hash of one that was read."""

    why: str
    sha256: str | None = None
    size_bytes: int | None = None


def check_file(
    content: bytes | TooLarge, number: str, limits: AttachmentLimits
) -> AttachmentFile | WrongFile:
    """Return the file under its name, or say why the package shall not get it."""
    if isinstance(content, TooLarge) or len(content) > limits.bytes_max:
        return WrongFile(why=f"the file is larger than {limits.bytes_max:,} bytes")
    if not content:
        return WrongFile(why="the file is empty")
    if MAGIC not in content[:MAGIC_WITHIN_BYTES]:
        return WrongFile(why="the file is no PDF", sha256=digest_of_file(content), size_bytes=len(content))
    return AttachmentFile(name=name_file(number, limits.name_length), content=content)


def name_file(number: str, length: int) -> str:
    """Name a file after its document, in characters that every system takes."""
    stem = _NOT_IN_A_NAME.sub("-", number).strip(" .-")[: length - len(ENDING)].rstrip(" .-")
    return (stem or "document") + ENDING


def digest_of_file(content: bytes) -> str:
    """Digest a file, so that it is known again."""
    return hashlib.sha256(content).hexdigest()
