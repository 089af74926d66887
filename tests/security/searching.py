"""Search places for secrets: as they are, escaped, cut short, in base64, or in hexadecimal."""

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.security.safe import Safe

SHORTEST = 12
"""Fewer letters and digits in a row give nothing away, and are found by chance."""
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Find:
    """A secret that stands where none may stand."""

    secret: str
    form: str
    place: str
    around: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a secret could have got to: what people call it, and all that stands there."""

    name: str
    content: bytes

    @classmethod
    def of(cls, name: str, text: str) -> "Place":
        """Make a place of a text."""
        return cls(name, text.encode("utf-8", "backslashreplace"))


def search(safe: Safe, places: Iterable[Place]) -> list[Find]:
    """Return every secret that stands in any of the places."""
    patterns = [
        (name, form, pattern)
        for name, secret in safe.by_name.items()
        for form, pattern in forms(secret).items()
    ]
    return [find for place in places for find in _finds(place, patterns)]


def forms(secret: str) -> Mapping[str, bytes]:
    """Return what must stand nowhere for this secret; letters and digits are the same in every escaping."""
    found: dict[str, bytes] = {}
    for number, run in enumerate(re.findall(rf"[A-Za-z0-9]{{{SHORTEST},}}", secret)):
        found[f"begin {number}"] = run[: 2 * SHORTEST].encode()
        found[f"end {number}"] = run[-2 * SHORTEST :].encode()
    raw = secret.encode()
    for before in range(3):
        # Three bytes make four letters: the secret's own letters depend on how many bytes stand before it.
        for way, written in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
            letters = written(bytes(before) + raw).rstrip(b"=")
            found[f"{way} {before}"] = letters[4:-4][: 3 * SHORTEST]
    found["hexadecimal"] = raw.hex()[: 4 * SHORTEST].encode()
    return found


def _finds(place: Place, patterns: list[tuple[str, str, bytes]]) -> Iterator[Find]:
    for name, form, pattern in patterns:
        at = place.content.find(pattern)
        if at >= 0:
            around = place.content[max(at - SHOWN, 0) : at].decode("utf-8", "replace")
            yield Find(secret=name, form=form, place=place.name, around=f"{around}…")
