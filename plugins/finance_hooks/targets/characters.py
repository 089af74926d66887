"""Bring texts into the characters of an encoding, by one rule for all packages and files.

Accents go where they must, what is left becomes a question mark.
"""

import unicodedata

REPLACEMENT = "?"


def fit_characters(text: str, encoding: str) -> str:
    """Write a text in the characters of a codec of Python."""
    if is_encodable(text, encoding):
        return text
    return "".join(_fit(character, encoding) for character in text)


def is_encodable(text: str, encoding: str) -> bool:
    """Say whether an encoding can hold a text as it stands."""
    return text.encode(encoding, errors="replace").decode(encoding) == text


def _fit(character: str, encoding: str) -> str:
    if is_encodable(character, encoding):
        return character
    plain = unicodedata.normalize("NFKD", character)
    kept = "".join(part for part in plain if not unicodedata.combining(part))
    return kept if kept and is_encodable(kept, encoding) else REPLACEMENT
