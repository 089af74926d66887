"""Make the numbers that the state gives a party comparable; one that is not valid is worth nothing.

Check digits are python-stdnum's: nl.btw (11-test, or modulo 97 for sole traders), be.vat, eu.vat. A Dutch
chamber of commerce number has none: eight digits, not all alike.
"""

from stdnum.be import vat as belgian_vat
from stdnum.eu import vat as european_vat
from stdnum.nl import btw as dutch_vat

PREFIXES = {"GR": "EL"}
"""Countries whose VAT numbers begin with other letters than the country's code."""
CHAMBER_OF_COMMERCE_DIGITS = 8


def vat_key(number: str | None, country: str) -> str | None:
    """Write a VAT number the one way, its country in front; `None` unless it is valid."""
    compact = _compact(number)
    if not compact:
        return None
    home = PREFIXES.get(country.upper(), country.upper())
    prefix, digits = (compact[:2], compact[2:]) if compact[:2].isalpha() else (home, compact)
    if prefix == "NL":
        return f"NL{dutch_vat.compact(digits)}" if dutch_vat.is_valid(digits) else None
    if prefix == "BE":
        return f"BE{belgian_vat.compact(digits)}" if belgian_vat.is_valid(digits) else None
    return prefix + digits if european_vat.is_valid(prefix + digits) else None


def registration_key(number: str | None, country: str) -> str | None:
    """Write a KvK or enterprise number the one way; `None` unless it is valid.

    A Belgian enterprise number is the VAT number without its country, so the two compare as one.
    """
    compact = _compact(number)
    if country.upper() == "BE":
        return vat_key(compact, "BE")
    is_number = compact.isdigit() and len(compact) == CHAMBER_OF_COMMERCE_DIGITS and len(set(compact)) > 1
    return f"KVK{compact}" if country.upper() == "NL" and is_number else None


def name_key(name: str) -> str:
    """Write a name so that capitals, blanks and points make no difference."""
    return "".join(each for each in name.casefold() if each.isalnum())


def _compact(number: str | None) -> str:
    return "".join(each for each in (number or "").upper() if each.isalnum())
