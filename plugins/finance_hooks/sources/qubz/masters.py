"""Turn rows of master data into organisations, parties, VAT codes and payment terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from finance_hooks.model.document import Treatment, VatDirection, VatRounding
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.masters import FinanceLink, Masters, Organisation, Party, PaymentTerm, VatCode
from finance_hooks.sources.qubz.canonical import KEY_FIELDS
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.rows import Fault, read_row

CATEGORY_OF_TREATMENT = {
    Treatment.STANDARD: "S",
    Treatment.REDUCED: "S",
    Treatment.ZERO: "Z",
    Treatment.REVERSE_CHARGE_DOMESTIC: "AE",
    Treatment.INTRA_EU_GOODS: "K",
    Treatment.INTRA_EU_SERVICES: "AE",
    Treatment.INTRA_EU_ACQUISITION: "K",
    Treatment.EXPORT: "G",
    Treatment.IMPORT: "AE",
    Treatment.EXEMPT: "E",
    Treatment.OUTSIDE_SCOPE: "O",
    Treatment.MARGIN: "E",
}
"""UNCL 5305 letter of a VAT code that does not name its own."""

Row = Mapping[str, object]
DAYS = range(3_651)
"""Nobody waits for his money for more than ten years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterRows:
    """The rows of master data one organisation's documents refer to, as received."""

    relations: Iterable[Row]
    vat_codes: Iterable[Row]
    payment_terms: Iterable[Row]


def parse_organisation(row: Row, contract: SourceContract) -> Organisation:
    """Read one organisation; ConfigurationError names every fault: without it no document can be booked."""
    values, faults = read_row(row, contract.tables.fields["organisations"], contract.reading("NL"))
    code = values["code"] or "without code"
    if faults:
        raise ConfigurationError("\n".join(f"organisation {code}: {_sentence(fault)}" for fault in faults))
    organisation = Organisation(
        code=code,
        name=values["name"],
        country=values["country"],
        currency=values["currency"] or "EUR",
        vat_number=values["vat_number"],
        fiscal_year_start_month=values["fiscal_year_start_month"] or 1,
        vat_rounding=VatRounding(values["vat_rounding"]),
        finance_link=_finance_link(values),
        active=values["active"] is not False,
    )
    _check_organisation(organisation)
    return organisation


def parse_masters(organisation: Organisation, rows: MasterRows, contract: SourceContract) -> Masters:
    """Read all master data of one organisation; a row that cannot be read is named in `unreadable`.

    A later row replaces an earlier one of the same code.
    """
    unreadable: dict[str, str] = {}
    relations = _read("relations", rows.relations, organisation, contract, unreadable)
    vat_codes = _read("vatcodes", rows.vat_codes, organisation, contract, unreadable)
    terms = _read("paymentterms", rows.payment_terms, organisation, contract, unreadable)
    return Masters(
        organisation=organisation,
        parties={number: _party(values, organisation) for number, values in relations.items()},
        vat_codes={code: _vat_code(values, organisation) for code, values in vat_codes.items()},
        payment_terms=_payment_terms(terms, unreadable),
        unreadable=unreadable,
    )


def _payment_terms(
    terms: Mapping[str, Mapping[str, Any]], unreadable: dict[str, str]
) -> dict[str, PaymentTerm]:
    found = {}
    for code, values in terms.items():
        if values["days"] in DAYS:
            found[code] = PaymentTerm(code=code, days=values["days"])
        else:
            unreadable[f"paymentterms {code}"] = f"{values['days']} days; expected 0 to {DAYS.stop - 1}"
    return found


def vanished_masters(before: Masters, now: Masters) -> tuple[str, ...]:
    """Name what the source no longer has: deletes are hard there, so only a comparison of keys shows them."""
    known = {
        "relations": (before.parties, now.parties),
        "vatcodes": (before.vat_codes, now.vat_codes),
        "paymentterms": (before.payment_terms, now.payment_terms),
    }
    return tuple(
        f"{resource} {code}"
        for resource, (earlier, later) in known.items()
        for code in sorted(set(earlier) - set(later))
        if f"{resource} {code}" not in now.unreadable
    )


def _check_organisation(organisation: Organisation) -> None:
    if organisation.fiscal_year_start_month not in range(1, 13):
        raise ConfigurationError(
            f"organisation {organisation.code}: FiscalYearStartMonth = "
            f"{organisation.fiscal_year_start_month}; expected 1 to 12"
        )
    # Belgium: structured invoices since 2026 know no rounding per line (royal decree on e-invoicing).
    if organisation.country == "BE" and organisation.vat_rounding is not VatRounding.PER_INVOICE:
        raise ConfigurationError(
            f"organisation {organisation.code}: VatRounding = {organisation.vat_rounding}; a Belgian "
            "organisation rounds VAT per invoice, set PerInvoice in 21QUBZ"
        )


def _finance_link(values: Mapping[str, Any]) -> FinanceLink | None:
    parts = {
        "target": values["link_target"],
        "export_type": values["link_export_type"],
        "nationality": values["link_nationality"],
        "administration": values["link_administration"],
    }
    if not any(parts.values()):
        return None
    return FinanceLink(**{name: value or "" for name, value in parts.items()})


def _read(
    resource: str,
    rows: Iterable[Row],
    organisation: Organisation,
    contract: SourceContract,
    unreadable: dict[str, str],
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    reading = contract.reading(organisation.country)
    for row in rows:
        values, faults = read_row(row, contract.tables.fields[resource], reading)
        key = values[KEY_FIELDS[resource]]
        if values["organisation"] not in {None, organisation.code}:
            continue
        if faults:
            unreadable[f"{resource} {key}"] = "; ".join(_sentence(fault) for fault in faults)
        else:
            found[key] = values
    return found


def _sentence(fault: Fault) -> str:
    value = "" if fault.value is None else f" = {fault.value}"
    return f"{fault.field}{value}: {fault.detail or 'is missing'}"


def _party(values: Mapping[str, Any], organisation: Organisation) -> Party:
    marks = {"is_debtor", "is_creditor", "self_billing_agreement"}
    left_out = {"organisation", "changed_at", "country", "active", *marks}
    return Party(
        **{name: value for name, value in values.items() if name not in left_out},
        is_debtor=values["is_debtor"] is True,
        is_creditor=values["is_creditor"] is True,
        self_billing_agreement=values["self_billing_agreement"] is True,
        country=(values["country"] or organisation.country).upper(),
        active=values["active"] is not False,
    )


def _vat_code(values: Mapping[str, Any], organisation: Organisation) -> VatCode:
    treatment = Treatment(values["treatment"])
    return VatCode(
        code=values["code"],
        name=values["name"] or values["code"],
        rate=values["rate"],
        direction=VatDirection(values["direction"]) if values["direction"] else None,
        treatment=treatment,
        category=values["category"] or CATEGORY_OF_TREATMENT[treatment],
        country=values["country"] or organisation.country,
    )
