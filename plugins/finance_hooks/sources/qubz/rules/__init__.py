"""Check a document against the rules of VAT and bookkeeping: every broken rule is named, not the first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from finance_hooks.model.document import Document, EntryKind
from finance_hooks.model.document_warning import DocumentWarning
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason
from finance_hooks.sources.qubz.rules.amounts import (
    g_account_within_total,
    memorial_balances,
    sign_fits_document_type,
    totals_agree,
)
from finance_hooks.sources.qubz.rules.categories import (
    category_fits_vat_code,
    outside_scope_stands_alone,
    rate_and_amount_fit_category,
    vat_codes_exist,
)
from finance_hooks.sources.qubz.rules.identity import (
    credit_note_names_original,
    currency_has_cents,
    document_is_final,
    exchange_rate_is_given,
    numbers_can_be_printed,
    parties_exist,
    self_billing_is_agreed,
    units_are_known,
)
from finance_hooks.sources.qubz.rules.oddities import find_oddities
from finance_hooks.sources.qubz.rules.vat_amounts import (
    breakdown_follows_lines,
    rates_agree,
    shifted_vat_follows_method,
    vat_follows_method,
)
from finance_hooks.sources.qubz.rules.vat_ids import vat_ids_are_valid

Rule = Callable[[Document, Masters], Iterator[Reason]]

RULES: tuple[Rule, ...] = (
    document_is_final,
    numbers_can_be_printed,
    parties_exist,
    currency_has_cents,
    exchange_rate_is_given,
    sign_fits_document_type,
)
INVOICE_RULES: tuple[Rule, ...] = (
    totals_agree,
    breakdown_follows_lines,
    vat_codes_exist,
    category_fits_vat_code,
    rate_and_amount_fit_category,
    rates_agree,
    vat_follows_method,
    shifted_vat_follows_method,
    outside_scope_stands_alone,
    vat_ids_are_valid,
    credit_note_names_original,
    self_billing_is_agreed,
    units_are_known,
    g_account_within_total,
)
MEMORIAL_RULES: tuple[Rule, ...] = (memorial_balances,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDocument:
    """What the rules say of one document: reasons park it, warnings only go into the report."""

    document: Document
    reasons: tuple[Reason, ...]
    warnings: tuple[DocumentWarning, ...]


def check_document(document: Document, masters: Masters) -> CheckedDocument:
    """Apply every rule to a document that could be read."""
    is_memorial = document.type.kind is EntryKind.MEMORIAL
    rules = RULES + (MEMORIAL_RULES if is_memorial else INVOICE_RULES)
    reasons = [reason for rule in rules for reason in rule(document, masters)]
    return CheckedDocument(
        document=document,
        reasons=tuple(dict.fromkeys(reasons)),
        warnings=tuple(find_oddities(document, masters)),
    )
