"""Bring texts into the characters AccountView knows: it is an ANSI program of Windows."""

import unicodedata

ENCODING = "cp1252"
REPLACEMENT = "?"


def to_ansi(text: str) -> str:
    """Write a text in Windows-1252: accents go where they must, what is left becomes a question mark."""
    return "".join(_to_ansi(character) for character in text)


def is_ansi(text: str) -> bool:
    """Say whether AccountView can hold a text as it stands."""
    return to_ansi(text) == text


def _to_ansi(character: str) -> str:
    if _fits(character):
        return character
    plain = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in plain if not unicodedata.combining(part))
    return kept if kept and _fits(kept) else REPLACEMENT


def _fits(text: str) -> bool:
    return text.encode(ENCODING, errors="replace").decode(ENCODING) == text
