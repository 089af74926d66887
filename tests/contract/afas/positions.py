"""The positions in which AFAS Profit is put on the bench."""

from collections.abc import Mapping

from emulators.afas.hosts import SECRETS, token_xml
from tests.contract.position import Position

OAUTH: Mapping[str, object] = {"environment": "test", "client_secret_next": SECRETS["secret_next"]}
CLASSIC: Mapping[str, object] = {
    "environment": "test",
    "auth": "app_token",
    "app_token": token_xml("token"),
    "app_token_next": token_xml("token_next"),
}
AS_DOCUMENTED = Position(connection=OAUTH)
POSITIONS: Mapping[str, Position] = {
    "NL": AS_DOCUMENTED,
    "NL, the other way round": Position(
        switches={
            "environment_language": "en",
            "composed_texts": "strange",
            "connector_auth": "classic",
            "plain_token_status": 401,
            "unauthorised_connector_status": 401,
            "unordered": "stable",
            "take_cap": 250,
            "take_zero": "one_row",
            "skip_alone": "refused",
            "mixed_separators": "refused",
            "percent_wildcards": "literal",
            "text_case": "sensitive",
            "zulu_filters": "taken",
            "connector_ids": "any_case",
            "invalid_json_status": 500,
            "throttle_status": 429,
            "timed_out_work": "rolled_back",
            "journal_types": "sales_4",
            "periods_listed": "blocked_only",
            "post_answer": "short",
            "several_entries": "taken",
            "invoice_scope": "administration",
            "debtor_duplicate_text": "other",
            "negative_amounts": "taken",
            "balance_tolerance_cents": 1,
            "third_decimal": "rounded",
            "text_too_long": "cut",
            "period_holds_date": "checked",
            "prepare_type": "refused",
            "blocked_relation": "taken",
            "ledger_on_collect_account": "taken",
            "vat_code_required": "never",
            "vat_line_account": "checked",
            "reverse_charge": "two_lines",
            "dimension_without_axis": "ignored",
            "rate_direction": "base_per_foreign",
            "relation_account_no": "relation",
            "vat_amount_on": "nowhere",
            "classic_ends": "2027-08-31",
        },
        connection={**CLASSIC, "rate_direction": "books_per_currency"},
    ),
    "NL, with connectors of the customer's own": Position(
        switches={
            "connector_auth": "oauth",
            "skip_alone": "from_start",
            "expires_in": "text",
            "mixed_separators": "and_of_ors",
            "post_answer": "spec",
            "invoice_scope": "relation",
            "rate_direction": "unchecked",
            "vat_amount_on": "net_line",
            "data_limit": 20_000,
            "parallel_calls": 1,
            "connection_close": "reset",
            "processing_s": 2,
            "relation_auto_number": False,
        },
        connection={
            **OAUTH,
            "transactions_connector": "Qubz_Transactions",
            "payment_terms_connector": "Qubz_PaymentConditions",
        },
    ),
    "NL, which books shifted VAT itself": Position(
        switches={
            "post_answer": "bare",
            "invoice_scope": "side_and_year",
            "reverse_charge": "vat_code_only",
            "zero_amounts": "taken",
            "calls_per_minute": 1000,
        },
        connection=OAUTH,
        shows_shifted=False,
    ),
    "BE, which neither counts numbers nor answers": Position(
        country="BE",
        switches={"post_answer": "empty", "invoice_scope": "none"},
        connection=OAUTH,
        answer_is_empty=True,
    ),
}
SHUT: Mapping[str, Position] = {
    "the caller's address is not allowed": Position(switches={"ip_allowed": False}, connection=OAUTH),
    "both secrets were withdrawn": Position(switches={"revoked": "secret secret_next"}, connection=OAUTH),
    "entries are not in the app connector": Position(
        switches={"missing_connectors": "FiEntries"}, connection=OAUTH
    ),
    "a connector is blocked": Position(switches={"blocked_connectors": "Profit_Debtor"}, connection=OAUTH),
    "rights hide the administrations": Position(
        switches={"hidden_rows": "Profit_Administrations"}, connection=OAUTH
    ),
    "another user has every journal open": Position(
        switches={"locked_journals": "1/10 1/11 1/20 1/80"}, connection=OAUTH
    ),
    "it is under maintenance": Position(switches={"maintenance": "00:00-23:59"}, connection=OAUTH),
}
"""Positions in which nothing can be booked until a person or time changes them."""

INSTRUMENTS: Mapping[str, str] = {
    "closed_periods": "which periods are closed is no fact about the package",
    "fiscal_year_start": "when fiscal years begin is the customer's choice; chain/test_broken_years.py",
    "fiscal_year_named": "what they are called is the customer's choice; chain/test_broken_years.py",
}
"""Switches that are no facts about the package, with what they are instead."""
