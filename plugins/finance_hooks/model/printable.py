"""Keep texts to one line of what can be printed, and to the length at which a package would cut them."""

import re

UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]+"
)
"""Ends of lines, escapes of terminals, halves of pairs, what is no character, marks that turn the order."""
UNSEEN_MARKS = re.compile(r"[\u200e\u200f]")
"""Marks of direction that stand for themselves; they show nothing."""


def printable(text: str) -> str:
    """Write a text as one line for a package, a screen or a log: a space for what cannot be printed."""
    # Python calls more unprintable than we do, never less; asking it costs a tenth.
    return text if text.isprintable() else UNSEEN_MARKS.sub("", UNPRINTABLE.sub(" ", text))


def cut(text: str, length: int | None) -> str:
    """Cut a text as packages count: a character outside the basic plane fills two places (UTF-16).

    Without a length it stays whole.
    """
    if length is None or text.isascii():
        return text[:length]
    return text.encode("utf-16-le", "replace")[: 2 * length].decode("utf-16-le", "ignore")
