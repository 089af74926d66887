"""The positions in which Exact Online is put on the bench."""

from collections.abc import Mapping

from tests.contract.position import Fate, Position

AS_DOCUMENTED = Position()
POSITIONS: Mapping[str, Position] = {
    "NL": AS_DOCUMENTED,
    "NL, the other way round": Position(
        switches={
            "user_language": "en",
            "early_refresh_status": 401,
            "old_refresh_token_dies": "used",
            "error_limit_status": 403,
            "mandatory_filtering": True,
            "date_only_literals": False,
            "bare_list_with_top": False,
            "minimal_post_answer": False,
            "binary_tails": True,
            "vat_rounding": "per_code",
            "vat_lines": "per_line",
            "rate_direction": "fc_per_dc",
            "credit_type_sign": "type",
            "credit_type": "invoice",
            "header_vat_of_reverse": "counted",
            "foreign_guid": "drop",
            "text_too_long": "cut",
            "duplicate_your_ref": "refused",
            "invoice_number_kept": False,
            "final_after_s": 0,
            "current_division_in_scope": False,
            "unacceptable_status": 406,
            "url_too_long_status": 404,
            "unknown_division_status": 404,
            "unknown_key_status": 403,
            "body_limit_mb": 38,
            "token_calls_per_day": 0,
            "expand_ignored_with_select": True,
            "number_for_text": True,
            "mixed_bulk_filters": True,
            "hrm_divisions": False,
            "honours_entry_id": True,
            "entry_number_range": False,
            "description_length": 255,
            "your_ref_length": 20,
            "account_code_zeros": 7,
            "xml_control_line": "required",
            "sales_entry_put": False,
        },
        connection={"rate_direction": "currency_per_books"},
        lists_administrations=False,
    ),
    "NL, uploading": Position(connection={"xml_upload_from": 1}),
    "NL, uploading, the other way round": Position(
        switches={
            "xml_control_line": "required",
            "xml_vat_amount": False,
            "xml_including_value": "net",
            "xml_default_vat_code": False,
            "xml_success_messages": False,
            "xml_error_messages": "per_fault",
            "xml_messages": "reversed",
            "xml_record_ms": 0,
            "sync_lag_s": 30,
        },
        connection={"xml_upload_from": 1},
        shown_after_s=30,
        # Where Exact computes VAT itself, the line of the debtor keeps it from booking other cents than ours.
        fates=dict.fromkeys(("sales", "credit note", "including vat code"), Fate.DOUBTED),
    ),
    "BE": Position(country="BE"),
    "BE, uploading": Position(
        country="BE",
        switches={"xml_messages": "short"},
        connection={"xml_upload_from": 1},
        tells_refusals=False,
    ),
    "BE, which shows bookings late": Position(country="BE", switches={"sync_lag_s": 60}, shown_after_s=60),
}
SHUT: Mapping[str, Position] = {
    "nobody consents": Position(switches={"consent": "deny"}),
    "the user may not post": Position(switches={"user_may_post": False}),
    "the app lacks a scope": Position(switches={"missing_scopes": "financial.generalledgers"}),
}
"""Positions in which nothing can be booked until a person or time changes them."""

INSTRUMENTS: Mapping[str, str] = {
    "closed_periods": "which periods are closed is no fact about the package",
    "fiscal_year_start": "when fiscal years begin is the customer's choice; chain/test_broken_years.py",
    "fiscal_year_named": "what they are called is the customer's choice; chain/test_broken_years.py",
}
"""Switches that are no facts about the package, with what they are instead."""
