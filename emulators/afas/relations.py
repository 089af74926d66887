"""Debtors and creditors: KnSalesRelationOrg and Per, KnPurchaseRelationOrg and Per.

Source: docs.afas.help/apidoc/nl, Organisaties en personen (MatchOga, MatchPer); results from
tim-online/go-afas-profit-rest.
"""

from emulators.afas.books import CREDITOR, DEBTOR, RELATION_TABLES, Books, Row
from emulators.afas.errors import Refused
from emulators.afas.shapes import Element, require

FIRST_RELATION = 1000900
FIRST_NUMBER = {DEBTOR: 41000, CREDITOR: 71000}
# Field sent: field shown, per side.
FIELDS = {
    DEBTOR: {
        "CuId": "CurrencyId", "PaCd": "PayCon", "VaId": "VatNr", "VaDu": "VatDuty", "ColA": "CollectAccount",
        "Iban": "IBAN", "Bl": "Blocked", "AuPa": "AutoPayment", "Krli": "CreditLimit",
    },
    CREDITOR: {
        "PaCd": "PaymentCondition", "VaId": "Btw-nummer", "VaDu": "VatDuty", "Iban": "IBAN",
        "Bl": "TempBlocked", "BlTl": "Blocked", "AuPa": "AutoPayment", "Krli": "CreditLimit",
    },
}  # fmt: skip
NAMES = {DEBTOR: ("DebtorId", "DebtorName"), CREDITOR: ("CreditorId", "CreditorName")}
NEW: dict[str, Row] = {
    DEBTOR: {"Blocked": False, "AutoPayment": False, "CollectAccount": "1300"},
    CREDITOR: {"Blocked": False, "AutoPayment": False, "TempBlocked": False},
}
ADDRESS = {DEBTOR: "AdressLine", CREDITOR: "Adressline"}
# What MatchOga compares: field of the organisation, field shown. MatchPer has BcCo only.
MATCHES = {"0": ("BcCo", "BcCo"), "1": ("CcNr", "ChOfCommNr"), "3": ("Nm", "name")}


def put(books: Books, element: Element, method: str) -> list[dict[str, object]]:
    """Add (POST) or change (PUT) one debtor or creditor; return its keys."""
    side = DEBTOR if "Sales" in element.name else CREDITOR
    key, _ = NAMES[side]
    sent = element.fields
    number = sent.get("DbId" if side == DEBTOR else "CrId")
    known = books.find(RELATION_TABLES[side], number) if number else None
    if method == "POST":
        require(element)
        if known is not None:
            raise Refused("relation_exists", side=side, account=number)
        number = number or _next(books, side)
    elif known is None:
        raise Refused("value_unknown", field="Nummer")
    _check(books, sent)
    values: Row = {key: number}
    values |= {FIELDS[side][each]: sent[each] for each in FIELDS[side] if each in sent}
    values |= {FIELDS[side][each]: None for each in element.cleared if each in FIELDS[side]}
    values |= _party(books, side, element, known)
    if known is None:
        values = NEW[side] | values
    row = books.put(RELATION_TABLES[side], values)
    return [{"BcCo": row["BcCo"], ("DbId" if side == DEBTOR else "CrId"): number}]


def _next(books: Books, side: str) -> str:
    if not books.switches.on("relation_auto_number"):
        raise Refused("no_auto_number")
    while True:
        number = str(books.next_number(RELATION_TABLES[side], FIRST_NUMBER[side]))
        if books.find(RELATION_TABLES[side], number) is None:
            return number


def _check(books: Books, sent: Row) -> None:
    if "PaCd" in sent and books.find("Qubz_PaymentConditions", sent["PaCd"]) is None:
        raise Refused("value_unknown", field="Betaalvoorwaarde")
    if "ColA" in sent and books.find("Profit_Accounts", sent["ColA"]) is None:
        raise Refused("value_unknown", field="Verzamelrekening")
    if "CuId" in sent and not any(row["CurrencyId"] == sent["CuId"] for row in books.rows("Profit_Currency")):
        raise Refused("value_unknown", field="Valuta")


def _party(books: Books, side: str, element: Element, known: Row | None) -> Row:
    """Return what the organisation or person below the relation says; without one on PUT nothing."""
    below = next((part[0] for part in element.children.values() if part), None)
    if below is None:
        if known is None:
            raise Refused("value_missing", field="Organisatie/persoon")
        return {}
    sent = below.fields
    shown: Row = {}
    if text := sent.get("Nm") or " ".join(sent[each] for each in ("FiNm", "Is", "LaNm") if each in sent):
        shown[NAMES[side][1]] = text
    for own, field in (("CcNr", "ChOfCommNr"), ("EmAd", "Email"), ("TeNr", "TelNr"), ("SeNm", "SearchName")):
        if own in sent:
            shown[field] = sent[own]
    for address in below.children.get("KnBasicAddressAdr", []):
        shown |= _address(side, address.fields)
    return shown if known else _identified(books, side, below) | shown


def _identified(books: Books, side: str, below: Element) -> Row:
    """Return the number of a new relation's organisation or person, and the name that one has."""
    matched = _matched(books, below)
    if matched is not None:
        return {"BcCo": matched, NAMES[side][1]: _name_of(books, matched)}
    if "Nm" not in below.fields and "LaNm" not in below.fields:
        raise Refused("value_missing", field="Naam")
    return {"BcCo": str(books.next_number("BcCo", FIRST_RELATION))}


def _address(side: str, sent: Row) -> Row:
    street = " ".join(str(sent[each]) for each in ("Ad", "HmNr", "HmAd") if each in sent)
    town = "  ".join(str(sent[each]) for each in ("ZpCd", "Rs") if each in sent).upper()
    return {f"{ADDRESS[side]}1": street, f"{ADDRESS[side]}3": town}


def _matched(books: Books, below: Element) -> str | None:
    """Return the number of the organisation or person that MatchOga or MatchPer finds."""
    how = below.fields.get("MatchOga", below.fields.get("MatchPer"))
    if how not in MATCHES or (below.name == "KnPerson" and how != "0"):
        return None
    own, field = MATCHES[how]
    wanted = below.fields.get(own)
    if wanted is None:
        raise Refused("value_missing", field=own)
    for side, table in RELATION_TABLES.items():
        for row in books.rows(table):
            if row[NAMES[side][1] if field == "name" else field] == wanted:
                return str(row["BcCo"])
    if how == "0":
        raise Refused("value_unknown", field="Nummer")
    return None


def _name_of(books: Books, relation: str) -> str | None:
    found = (
        row[NAMES[side][1]]
        for side, table in RELATION_TABLES.items()
        for row in books.rows(table)
        if row["BcCo"] == relation
    )
    return next(found, None)
