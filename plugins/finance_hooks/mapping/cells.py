"""Check one cell of a mapping file; each check says what is wrong, or nothing."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from finance_hooks.mapping.problems import Said, said
from finance_hooks.model.printable import UNPRINTABLE

Check = Callable[[str], Said | None]

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
RATE = re.compile(r"(0|[1-9]\d?)(\.\d{0,3}[1-9])?", re.ASCII)
COUNTRY = re.compile(r"[A-Z]{2}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
LOCATION = re.compile(r"[a-z][a-z0-9+]*://\S+")
CONNECTION = re.compile(r"[A-Za-z0-9_.-]{1,100}")


def check_note(text: str) -> Said | None:
    """Accept any text that can be printed."""
    return said("control_character") if UNPRINTABLE.search(text) else None


def check_code(text: str) -> Said | None:
    """Accept a code as it stands in the source or the package; leading zeros count."""
    if text != text.strip():
        return said("spaces_around")
    return check_note(text)


def check_date(text: str) -> Said | None:
    """Accept a date that exists, year first."""
    if DATE.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return said("no_day")
        return None
    return said("no_date")


def check_location(text: str) -> Said | None:
    """Accept an address of object storage, such as file:///srv/export or s3://bucket/folder."""
    return None if LOCATION.fullmatch(text) else said("no_location")


def check_encoding(text: str) -> Said | None:
    """Accept an encoding that Python knows."""
    try:
        "".encode(text)
    except (LookupError, ValueError):
        return said("no_encoding")
    return None


def one_of(members: type[StrEnum]) -> Check:
    """Make a check that accepts the members of an enum."""
    known = [str(member) for member in members]

    def check(text: str) -> Said | None:
        return None if text in known else said("no_member", members=", ".join(known))

    return check


def shaped(pattern: re.Pattern[str], otherwise: Said) -> Check:
    """Make a check that accepts texts of one shape."""

    def check(text: str) -> Said | None:
        return None if pattern.fullmatch(text) else otherwise

    return check
