"""Rules on what a document is and whom it names: status, parties, original, units, currency."""

from collections.abc import Iterator

from finance_hooks.model.document import Document, DocumentStatus
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason, ReasonCode

UNITS = frozenset({"TNE", "KGM", "H87", "MTQ", "LTR", "DAY", "WEE", "MON", "HUR", "C62"})
"""Units of UN/ECE recommendation 20 that a waste company invoices in."""

_CURRENCIES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
    "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR "
    "MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG "
    "SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST "
    "XCD XCG YER ZAR ZMW ZWG"
)
CURRENCIES = frozenset(_CURRENCIES.split())
"""Currencies of ISO 4217 with two decimals, the only ones amounts in cents can hold."""


def document_is_final(document: Document, _masters: Masters) -> Iterator[Reason]:
    """Only a final document is booked; one that is offered before it is final parks."""
    if document.status is not DocumentStatus.FINAL:
        yield _reason(ReasonCode.NOT_FINAL, document, "Status", document.status.value)


def numbers_can_be_printed(document: Document, _masters: Masters) -> Iterator[Reason]:
    """Park a number that holds something invisible: nobody could find or compare it in the books."""
    numbers = (("InvoiceNumber", document.number), ("SupplierInvoiceNumber", document.supplier_number))
    for field, number in numbers:
        if number is not None and not number.isprintable():
            why = "holds a character that cannot be printed"
            yield _reason(ReasonCode.FIELD_UNREADABLE, document, field, ascii(number)[1:-1], why)


def parties_exist(document: Document, masters: Masters) -> Iterator[Reason]:
    """Whoever a document or a memorial line names stands among the source's relations."""
    named = [(None, document.party), *((line.number, line.party) for line in document.lines)]
    for line, party in named:
        if party is not None and party not in masters.parties:
            why = masters.unreadable.get(f"relations {party}")
            yield _reason(ReasonCode.PARTY_UNKNOWN, document, "RelationNumber", party, why, line)


def credit_note_names_original(document: Document, _masters: Masters) -> Iterator[Reason]:
    """C4: a credit note names the invoice it corrects (NL-R-001)."""
    if document.type.is_credit and document.original_number is None:
        yield _reason(ReasonCode.ORIGINAL_MISSING, document, "OriginalInvoiceNumber", None)


def self_billing_is_agreed(document: Document, masters: Masters) -> Iterator[Reason]:
    """B4: we issue a supplier's invoice only under an agreement with that supplier."""
    party = masters.parties.get(document.party or "")
    if document.type.is_self_billed and party is not None and not party.self_billing_agreement:
        yield _reason(
            ReasonCode.SELF_BILLING_AGREEMENT_MISSING,
            document,
            f"Relation {party.number} SelfBillingAgreement",
            "false",
        )


def units_are_known(document: Document, _masters: Masters) -> Iterator[Reason]:
    """C5: a unit is one of those a waste company invoices in; a line without unit is fine."""
    for line in document.lines:
        if line.unit is not None and line.unit not in UNITS:
            known = f"known are {', '.join(sorted(UNITS))}"
            yield _reason(ReasonCode.UNIT_UNKNOWN, document, "UnitCode", line.unit, known, line.number)


def currency_has_cents(document: Document, _masters: Masters) -> Iterator[Reason]:
    """Amounts are kept in cents, so that other currencies cannot be booked."""
    if document.currency not in CURRENCIES:
        yield _reason(ReasonCode.CURRENCY_UNSUPPORTED, document, "Currency", document.currency)


def exchange_rate_is_given(document: Document, masters: Masters) -> Iterator[Reason]:
    """Foreign currency brings its own rate; there is never a silent 1."""
    home = masters.organisation.currency
    rate = document.exchange_rate
    if document.currency != home and (rate is None or rate <= 0):
        value = None if rate is None else str(rate)
        yield _reason(
            ReasonCode.EXCHANGE_RATE_MISSING,
            document,
            "ExchangeRate",
            value,
            f"{home} per 1 {document.currency}",
        )


def _reason(
    code: ReasonCode,
    document: Document,
    field: str,
    value: str | None,
    detail: str | None = None,
    line: int | None = None,
) -> Reason:
    return Reason(code=code, document=document.number, line=line, field=field, value=value, detail=detail)
