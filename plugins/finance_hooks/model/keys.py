"""Make the keys by which a document, a posting and a booking are known; they never expire."""

import base64
import hashlib
from dataclasses import dataclass
from enum import StrEnum

REFERENCE_LENGTH = 13
"""Characters of a reference as written in the books, brackets included."""


class Purpose(StrEnum):
    """Why a posting exists: to book a document, or to reverse an earlier booking of it."""

    BOOK = "book"
    REVERSE = "reverse"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class DocumentKey:
    """Name one document of one source for ever; an explicit re-export raises `export_sequence`."""

    source_id: str
    organisation: str
    document_type: str
    source_document_id: str
    export_sequence: int = 1

    def __str__(self) -> str:
        """Write the key as text, parts separated by slashes that are escaped inside parts."""
        parts = (self.source_id, self.organisation, self.document_type, self.source_document_id)
        return "/".join(
            [*(part.replace("%", "%25").replace("/", "%2F") for part in parts), str(self.export_sequence)]
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PostingKey:
    """Name one act of bringing a document into one administration (idempotency key).

    `administration` is `<target>:<administration code of the target>`, so that renaming a row of
    administrations.csv does not make its documents look new.
    """

    document_key: str
    administration: str
    purpose: Purpose = Purpose.BOOK
    n: int = 1

    def __str__(self) -> str:
        """Write the key as text."""
        return f"{self.document_key}|{self.administration}|{self.purpose}|{self.n}"


def make_reference(posting_key: str) -> str:
    """Shorten a posting key to the reference that stands in the books: Q and ten characters of base32."""
    digest = hashlib.sha256(posting_key.encode()).digest()
    return "Q" + base64.b32encode(digest)[:10].decode()


def write_reference(reference: str) -> str:
    """Write a reference the way it stands in a description, searchable in the package's own screens."""
    return f"[{reference}]"
