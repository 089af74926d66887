"""AFAS's refusals: mostly HTTP 500 with a short text, a number without meaning and a log reference.

Source: docs.afas.help/profit/nl/troubleshooting.
"""

import zlib
from collections.abc import Mapping

from emulators.afas.texts import COMPOSED, LABELS, TEXTS

VALUE_ERROR = -2147220469
GENERAL_ERROR = -2147180996
UNEXPECTED_ERROR = -2147180999

GENERAL = frozenset({"update_unauthorised", "get_unauthorised", "get_blocked", "destination", "locked"})
UNEXPECTED = frozenset({"unexpected", "out_of_memory", "too_slow", "plain_token"})
# Texts that AFAS passes on from within with a prefix.
PREFIXED = frozenset({"update_unauthorised"})
STRANGE = ("De gegevens zijn niet verwerkt (melding {number}).", "The data were not processed ({number}).")
PARTIES = {"2": ("Debiteur", "Debtor"), "3": ("Crediteur", "Creditor")}


class Bare(Exception):  # noqa: N818 - an answer rather than an error
    """An answer without a text: status only, an empty body of type XML."""

    def __init__(self, status: int, headers: Mapping[str, str] | None = None) -> None:
        """Keep the status and what the headers add."""
        super().__init__(status)
        self.status = status
        self.headers = headers or {}


class Unavailable(Exception):  # noqa: N818 - an answer rather than an error
    """An answer that the service rests for a while."""

    def __init__(self, status: int, retry_after_s: int) -> None:
        """Keep the status and the advised wait."""
        super().__init__(status)
        self.status = status
        self.retry_after_s = retry_after_s


class Refused(Exception):  # noqa: N818 - what the books say, not what went wrong here
    """A refusal with a text in the caller's language; `side` fills {party} with debtor or creditor."""

    def __init__(self, name: str, *, side: str = "", **values: object) -> None:
        """Keep the name of the text and what stands in it."""
        super().__init__(name)
        self.name = name
        self.side = side
        self.values = values

    @property
    def number(self) -> int:
        """The errorNumber, which tells next to nothing."""
        if self.name in GENERAL:
            return GENERAL_ERROR
        return UNEXPECTED_ERROR if self.name in UNEXPECTED else VALUE_ERROR

    def text(self, language: str, *, strange: bool = False) -> str:
        """Return the text in `nl` or `en`; when strange, words nobody knows in place of composed ones."""
        place = 1 if language == "en" else 0
        if strange and self.name in COMPOSED:
            return STRANGE[place].format(number=zlib.crc32(self.name.encode()) % 10_000)
        values = self.values | ({"party": PARTIES[self.side][place]} if self.side else {})
        if place and "field" in values:
            values["field"] = LABELS.get(str(values["field"]), values["field"])
        text = TEXTS[self.name][place].format(**values)
        return f"General message: {text}" if self.name in PREFIXED else text
