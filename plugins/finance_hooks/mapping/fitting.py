"""Fit texts to the length a package takes, so that the reference still fits behind them."""

from finance_hooks.model.keys import REFERENCE_LENGTH
from finance_hooks.model.printable import cut, printable


def text_room(description_length: int) -> int:
    """Return how long a text may be so that a space and the reference fit behind it."""
    return description_length - REFERENCE_LENGTH - 1


def fit_text(text: str, room: int, suffix: str = "") -> str:
    """Replace what cannot be printed by spaces and cut the text, keeping the suffix whole."""
    return f"{cut(printable(text).strip(), room - len(suffix)).rstrip()}{suffix}"
