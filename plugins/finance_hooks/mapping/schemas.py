"""Describe the mapping files: their columns, what each cell may hold, and what makes a row unique."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from finance_hooks.mapping import cells
from finance_hooks.mapping.cells import (
    Check,
    check_code,
    check_date,
    check_encoding,
    check_location,
    check_note,
    one_of,
    shaped,
)
from finance_hooks.mapping.party_pattern import parse_party_pattern
from finance_hooks.mapping.problems import Said, said
from finance_hooks.model.administration import ClosedPeriodPolicy, CorrectionPolicy, RelationsPolicy
from finance_hooks.model.document import DocumentType, Treatment, VatDirection
from finance_hooks.model.export import DateStyle, DecimalMark, ExportType, HeaderRow, Separator
from finance_hooks.model.party import Role

EVERY = "*"
"""Stands for all administrations of a target, and in parties.csv for all parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, the check of a filled cell, and whether the cell may stay empty."""

    name: str
    check: Check = check_code
    required: bool = True


def check_range(cells_of: Mapping[str, str]) -> Said | None:
    """Say when a row's last date lies before its first."""
    first, last = ("starts_on", "ends_on") if "starts_on" in cells_of else ("valid_from", "valid_until")
    dates = cells_of[first], cells_of[last]
    if any(not text or check_date(text) for text in dates) or dates[0] <= dates[1]:
        return None
    return said("range", last=last, until=dates[1], first=first, since=dates[0])


def check_party(cells_of: Mapping[str, str]) -> Said | None:
    """Say when a rule row holds no pattern, or the row of one party holds one."""
    target_party = cells_of["target_party"]
    if cells_of["party"] == EVERY and parse_party_pattern(target_party) is None:
        return said("no_pattern", text=target_party)
    if cells_of["party"] != EVERY and ("{" in target_party or "}" in target_party):
        return said("pattern_misplaced")
    return None


def check_nothing(_cells_of: Mapping[str, str]) -> Said | None:
    """Accept any cells beside each other."""
    return None


def check_article(cells_of: Mapping[str, str]) -> Said | None:
    """Say when a row names neither an article nor an activity."""
    return None if cells_of["article"] or cells_of["activity"] else said("article_empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """One kind of file.

    `keys` tell rows apart together with the first column and the dates. Rows that agree in all of these
    clash unless they differ in a column of `conditions` that both fill. `check` looks at a row's cells
    together. A file that is not `required` may be absent. In a `shared` file rows may be for all (`*`).
    """

    name: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    check: Callable[[Mapping[str, str]], Said | None] = check_range
    conditions: tuple[str, ...] = ()
    required: bool = True
    shared: bool = True

    @property
    def header(self) -> list[str]:
        """The first line of the file, exactly."""
        return [column.name for column in self.columns]


def check_document_type(text: str) -> Said | None:
    """Accept a document type, also followed by a currency: `sales_invoice`, `sales_invoice/USD`."""
    document_type, slash, currency = text.partition("/")
    if slash and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        return said("no_currency")
    return one_of(DocumentType)(document_type)


ADMINISTRATION = Column(name="administration")
NOTE = Column(name="note", check=check_note, required=False)
VALID = (
    Column(name="valid_from", check=check_date, required=False),
    Column(name="valid_until", check=check_date, required=False),
)
RATE = shaped(cells.RATE, said("no_rate"))
COUNTRY = shaped(cells.COUNTRY, said("no_country"))
CONNECTION = shaped(cells.CONNECTION, said("no_connection"))

ADMINISTRATIONS = Schema(
    name="administrations.csv",
    columns=(
        Column(name="sync_id", check=shaped(cells.NAME, said("no_name"))),
        Column(name="organisation"),
        Column(name="source_conn_id", check=CONNECTION),
        Column(name="target", check=shaped(cells.NAME, said("no_target"))),
        Column(name="target_conn_id", check=CONNECTION, required=False),
        Column(name="target_administration"),
        Column(name="country", check=COUNTRY),
        Column(name="starts_on", check=check_date),
        Column(name="ends_on", check=check_date, required=False),
        Column(name="books_closed_until", check=check_date, required=False),
        Column(name="closed_period_policy", check=one_of(ClosedPeriodPolicy)),
        Column(name="exchange_difference_account", required=False),
    ),
    keys=("sync_id",),
)
POLICIES = Schema(
    name="policies.csv",
    columns=(
        Column(name="sync_id"),
        Column(name="corrections", check=one_of(CorrectionPolicy), required=False),
        Column(name="relations", check=one_of(RelationsPolicy), required=False),
        NOTE,
    ),
    keys=("sync_id",),
    check=check_nothing,
    required=False,
)
EXPORTS = Schema(
    name="exports.csv",
    columns=(
        Column(name="sync_id"),
        Column(name="export_type", check=one_of(ExportType)),
        Column(name="location", check=check_location, required=False),
        Column(name="variant", check=shaped(cells.NAME, said("no_name")), required=False),
        Column(name="separator", check=one_of(Separator), required=False),
        Column(name="decimal_mark", check=one_of(DecimalMark), required=False),
        Column(name="date_style", check=one_of(DateStyle), required=False),
        Column(name="encoding", check=check_encoding, required=False),
        Column(name="header_row", check=one_of(HeaderRow), required=False),
        NOTE,
    ),
    keys=("sync_id",),
    check=check_nothing,
    required=False,
)
JOURNALS = Schema(
    name="journals.csv",
    columns=(
        ADMINISTRATION,
        Column(name="document_type", check=check_document_type),
        *VALID,
        Column(name="journal"),
        NOTE,
    ),
    keys=("document_type",),
)
LEDGER_ACCOUNTS = Schema(
    name="ledger_accounts.csv",
    columns=(ADMINISTRATION, Column(name="source_account"), *VALID, Column(name="target_account"), NOTE),
    keys=("source_account",),
)
VAT_CODES = Schema(
    name="vat_codes.csv",
    columns=(
        ADMINISTRATION,
        Column(name="source_vat_code"),
        *VALID,
        Column(name="treatment", check=one_of(Treatment), required=False),
        Column(name="direction", check=one_of(VatDirection), required=False),
        Column(name="rate", check=RATE, required=False),
        Column(name="country", check=COUNTRY, required=False),
        Column(name="target_vat_code"),
        Column(name="vat_account", required=False),
        Column(name="reverse_charge_account", required=False),
        Column(name="return_box", required=False),
        NOTE,
    ),
    keys=("source_vat_code",),
    conditions=("treatment", "direction", "rate", "country"),
)
PARTIES = Schema(
    name="parties.csv",
    columns=(
        ADMINISTRATION,
        Column(name="party"),
        Column(name="role", check=one_of(Role)),
        Column(name="target_party"),
        NOTE,
    ),
    keys=("party", "role"),
    check=check_party,
)


def _code_table(name: str, *, required: bool = True) -> Schema:
    return Schema(
        name=name,
        columns=(ADMINISTRATION, Column(name="source_code"), *VALID, Column(name="target_code"), NOTE),
        keys=("source_code",),
        required=required,
    )


COST_CENTRES = _code_table("cost_centres.csv")
COST_UNITS = _code_table("cost_units.csv", required=False)
PAYMENT_TERMS = _code_table("payment_terms.csv")
TARGET_SCHEMAS = (
    JOURNALS,
    LEDGER_ACCOUNTS,
    VAT_CODES,
    PARTIES,
    COST_CENTRES,
    COST_UNITS,
    PAYMENT_TERMS,
)
ARTICLE_ACCOUNTS = Schema(
    name="article_accounts.csv",
    columns=(
        Column(name="organisation"),
        Column(name="article", required=False),
        Column(name="activity", required=False),
        Column(name="source_account"),
        NOTE,
    ),
    keys=("article", "activity"),
    check=check_article,
    shared=False,
)
TABLES = (*TARGET_SCHEMAS, ARTICLE_ACCOUNTS)
"""Every kind of file whose rows documents use."""
