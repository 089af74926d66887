"""Write a party's number the way a package wants it, by a small pattern such as `D{number:0>6}`."""

import re
from dataclasses import dataclass

PATTERN = re.compile(
    r"(?P<prefix>[^{}]*)\{number(?::(?P<fill>[^{}]?)>(?P<width>[1-9]|1[0-9]|20))?\}(?P<suffix>[^{}]*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyPattern:
    """A prefix, the number padded on its left to a width, and a suffix."""

    prefix: str
    fill: str
    width: int
    suffix: str

    def write(self, number: str) -> str:
        """Write one number; a number longer than the width stays whole."""
        return f"{self.prefix}{number.rjust(self.width, self.fill)}{self.suffix}"


def parse_party_pattern(text: str) -> PartyPattern | None:
    """Read a pattern; `None` when the text is none.

    `{number}` stands for the debtor or creditor number, `{number:0>8}` for the same with zeros on its left
    up to 8 characters (20 at most), `{number:>8}` with spaces. Everything around it is written as it stands.
    """
    found = PATTERN.fullmatch(text)
    if found is None:
        return None
    return PartyPattern(
        prefix=found["prefix"],
        fill=found["fill"] or " ",
        width=int(found["width"] or 0),
        suffix=found["suffix"],
    )
