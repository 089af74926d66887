"""Fit texts to the length a package takes, so that the reference still fits behind them."""

import re

from finance_hooks.model.keys import REFERENCE_LENGTH

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def text_room(description_length: int) -> int:
    """Return how long a text may be so that a space and the reference fit behind it."""
    return description_length - REFERENCE_LENGTH - 1


def fit_text(text: str, room: int, suffix: str = "") -> str:
    """Replace what cannot be printed by spaces and cut the text, keeping the suffix whole."""
    clean = UNPRINTABLE.sub(" ", text).strip()
    return f"{clean[: room - len(suffix)].rstrip()}{suffix}"
