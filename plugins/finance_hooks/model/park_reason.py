"""Say why a document is parked: one enum of codes, one value per fault found."""

from dataclasses import dataclass
from enum import StrEnum


class Actor(StrEnum):
    """Who can take a reason away."""

    SOURCE = "source"
    BOOKKEEPER = "bookkeeper"
    ENGINEER = "engineer"


class ReasonCode(StrEnum):
    """Every reason a document can be parked for; the sentences stand in `park_reason_text`."""

    UNREADABLE = "unreadable"
    FIELD_MISSING = "field_missing"
    FIELD_UNREADABLE = "field_unreadable"
    UNKNOWN_MEMBER = "unknown_member"
    NOT_FINAL = "not_final"
    WITHDRAWN = "withdrawn"
    NUMBER_REUSED = "number_reused"
    REEXPORT_WHILE_BOOKED = "reexport_while_booked"
    REVERSED_MISSING = "reversed_missing"
    TOTALS_DISAGREE = "totals_disagree"
    VAT_DISAGREES = "vat_disagrees"
    VAT_CATEGORY = "vat_category"
    VAT_ID_MISSING = "vat_id_missing"
    VAT_ID_INVALID = "vat_id_invalid"
    OUTSIDE_SCOPE_MIXED = "outside_scope_mixed"
    ORIGINAL_MISSING = "original_missing"
    UNIT_UNKNOWN = "unit_unknown"
    SELF_BILLING_AGREEMENT_MISSING = "self_billing_agreement_missing"
    MEMORIAL_UNBALANCED = "memorial_unbalanced"
    G_ACCOUNT_RANGE = "g_account_range"
    SIGN_WRONG = "sign_wrong"
    CURRENCY_UNSUPPORTED = "currency_unsupported"
    EXCHANGE_RATE_MISSING = "exchange_rate_missing"
    PARTY_UNKNOWN = "party_unknown"
    VAT_CODE_UNKNOWN = "vat_code_unknown"
    LEDGER_ACCOUNT_ABSENT = "ledger_account_absent"
    JOURNAL_UNMAPPED = "journal_unmapped"
    LEDGER_ACCOUNT_UNMAPPED = "ledger_account_unmapped"
    VAT_CODE_UNMAPPED = "vat_code_unmapped"
    PARTY_UNMAPPED = "party_unmapped"
    PARTY_PROPOSED = "party_proposed"
    PARTY_AMBIGUOUS = "party_ambiguous"
    PARTY_COLLIDES = "party_collides"
    PARTY_BLOCKED = "party_blocked"
    PARTY_CODE_UNFIT = "party_code_unfit"
    PARTY_SIDE_MISSING = "party_side_missing"
    PARTY_NOT_WRITTEN = "party_not_written"
    PARTY_REFUSED = "party_refused"
    COST_CENTRE_UNMAPPED = "cost_centre_unmapped"
    PAYMENT_TERM_UNMAPPED = "payment_term_unmapped"
    TOO_MANY_LINES = "too_many_lines"
    PERHAPS_BOOKED = "perhaps_booked"
    BOOKS_CLOSED = "books_closed"
    PERIOD_CLOSED = "period_closed"
    CODE_REFUSED = "code_refused"
    CODE_BLOCKED = "code_blocked"
    FIELD_REFUSED = "field_refused"
    NUMBER_TAKEN = "number_taken"
    YEAR_MISSING = "year_missing"
    REFUSED = "refused"
    TARGET_CONFIGURATION = "target_configuration"
    FILE_UNWRITABLE = "file_unwritable"
    FILE_MISSING = "file_missing"
    FILE_WITHDRAWN = "file_withdrawn"
    ON_HOLD = "on_hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One fault of one document: where it is, what stands there, and in the target's own words if it said so.

    `document` is the document's number as people know it; `line` the source's line number; `detail`
    completes the sentence (what was expected, which table, the target's message) and holds no secret.
    """

    code: ReasonCode
    document: str
    line: int | None = None
    field: str | None = None
    value: str | None = None
    detail: str | None = None
