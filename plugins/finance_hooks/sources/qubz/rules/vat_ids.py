"""Rules on VAT ids: who shifts VAT must name valid ids of both sides (EN 16931 BR-AE-02, BR-IC-02).

Check digits are python-stdnum's: nl.btw (11-test, or modulo 97 for sole traders), be.vat, eu.vat.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.be import vat as belgian_vat
from stdnum.eu import vat as european_vat
from stdnum.nl import btw as dutch_vat

from finance_hooks.model.document import Document, EntryKind
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason, ReasonCode

REVERSE_CHARGE, INTRA_EU = "AE", "K"
PREFIXES = {"GR": "EL"}
"""Countries whose VAT ids begin with other letters than the country's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VatId:
    """The VAT id of one side of a document."""

    holder: str
    number: str | None
    country: str


def vat_ids_are_valid(document: Document, masters: Masters) -> Iterator[Reason]:
    """C2 and V15: reverse charge and intra-EU supplies name valid VAT ids of both sides."""
    needed = sorted({amount.category or "" for amount in document.vat_amounts} & {REVERSE_CHARGE, INTRA_EU})
    for vat_id in _needed_ids(document, masters, needed):
        why = f"needed for {' and '.join(needed)}"
        if vat_id.number is None:
            yield _reason(ReasonCode.VAT_ID_MISSING, document, vat_id, why)
        elif not is_valid_vat_id(vat_id.number, vat_id.country):
            yield _reason(ReasonCode.VAT_ID_INVALID, document, vat_id, why)
        elif _is_at_home(vat_id, masters, needed):
            other = f"expected one of another member state than {masters.organisation.country}, {why}"
            yield _reason(ReasonCode.VAT_ID_INVALID, document, vat_id, other)


def is_valid_vat_id(number: str, country: str) -> bool:
    """Check a VAT id by the rules of the country it names, else of its holder's country."""
    compact = number.replace(" ", "").replace(".", "").replace("-", "").upper()
    prefix = compact[:2] if compact[:2].isalpha() else PREFIXES.get(country.upper(), country.upper())
    if prefix == "NL":
        return bool(dutch_vat.is_valid(compact))
    if prefix == "BE":
        return bool(belgian_vat.is_valid(compact))
    return bool(european_vat.is_valid(compact if compact[:2].isalpha() else prefix + compact))


def _needed_ids(document: Document, masters: Masters, needed: list[str]) -> Iterator[VatId]:
    if not needed:
        return
    organisation = masters.organisation
    yield VatId(
        holder=f"Organisation {organisation.code}",
        number=organisation.vat_number,
        country=organisation.country,
    )
    party = masters.parties.get(document.party or "")
    # The supplier's id stands on the supplier's own invoice; on a self-billed one we must know it.
    is_other_needed = (
        document.type.kind is EntryKind.SALES or document.type.is_self_billed or INTRA_EU in needed
    )
    if party is not None and is_other_needed:
        yield VatId(holder=f"Relation {party.number}", number=party.vat_number, country=party.country)


def _is_at_home(vat_id: VatId, masters: Masters, needed: list[str]) -> bool:
    if INTRA_EU not in needed or vat_id.holder.startswith("Organisation"):
        return False
    prefix = (vat_id.number or "").strip()[:2].upper()
    home = masters.organisation.country
    return prefix == home or (not prefix.isalpha() and vat_id.country == home)


def _reason(code: ReasonCode, document: Document, vat_id: VatId, detail: str) -> Reason:
    return Reason(
        code=code,
        document=document.number,
        field=f"{vat_id.holder} VatNumber",
        value=vat_id.number,
        detail=detail,
    )
