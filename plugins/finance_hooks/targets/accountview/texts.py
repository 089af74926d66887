"""Bring texts into the characters AccountView knows: it is an ANSI program of Windows."""

from finance_hooks.targets.characters import fit_characters, is_encodable

ENCODING = "cp1252"


def to_ansi(text: str) -> str:
    """Write a text in Windows-1252: accents go where they must, what is left becomes a question mark."""
    return fit_characters(text, ENCODING)


def is_ansi(text: str) -> bool:
    """Say whether AccountView can hold a text as it stands."""
    return is_encodable(text, ENCODING)
