"""The positions in which AccountView is put on the bench."""

from collections.abc import Mapping

from tests.contract.position import Fate, Position

AS_THOUGHT = Position()
POSITIONS: Mapping[str, Position] = {
    "NL": AS_THOUGHT,
    "NL, the other way round": Position(
        switches={
            "access_token_s": 600,
            "expires_in_shown": False,
            "old_refresh_token_dies": "used",
            "company_error": "401",
            "business_error_status": 500,
            "error_numbers": "list",
            "error_findings": "all",
            "years_ahead": 0,
            "parallel_writers": "refused",
            "prefix_equal": False,
            "filter_case": "ignored",
            "plain_date_filter": "works",
            "value_lists": "comma",
            "filter_expressions": "all",
            "unknown_fields": "refused",
            "page_size_missing": "100",
            "page_over_largest": "refused",
            "page_last_key": "refused",
            "posted_pages": "dj2p",
            "empty_result": "object",
            "single_as_object": True,
            "fields_keep_system": True,
            "trailing_blanks": True,
            "empty_date": "null",
            "whole_numbers": "decimal",
            "answer_to_post": "keys",
            "transact_sign": "credit_positive",
            "relation_on_all_legs": True,
            "period_flag": False,
            "journal_types": "sales_first",
            "zoned_dates": "converted",
            "date_outside_year": "taken",
            "period_outside_date": "refused",
            "text_too_long": "cut",
            "outside_windows_1252": "refused",
            "empty_text_for_none": "absent",
            "other_types_for_text": "taken",
            "field_types": "lenient",
            "computed_fields": "ignored",
            "orphan_lines": "dropped",
            "many_headers": "refused",
            "line_date": "required",
            "duplicate_inv_nr": "in_journal",
            "num_auto": "demands_none",
            "vat_amount": "checked",
            "vat_type_checked": False,
            "reverse_charge_vat": "must_be_zero",
            "page_vat_of_reverse": "shifted",
            "purchase_sign": "negative",
            "memorial_sign": "credit_positive",
            "vat_legs": "per_line",
            "control_balance": "ignored",
            "journal_currency": "free",
            "rate_direction": "foreign_per_home",
            "pages_change": True,
            "delete_works": True,
            "write_takes_ms": 1,
            "refresh_token_days": 30,
        },
        connection={
            "reverse_charge": "zero",
            "rate_direction": "currency_per_books",
            "purchase_positive": "credit",
            "memorial_positive": "credit",
            "transactions_positive": "credit",
        },
    ),
    "NL, posted pages in the ledger only": Position(
        switches={
            "posted_pages": "gj1",
            "empty_result": "array",
            "business_error_status": 200,
            "largest_page": 100,
            "page_last_key": "ignored",
            "empty_date": "1899",
            "old_refresh_token_dies": "never",
            "company_error": "error",
            "duplicate_inv_nr": "per_relation",
            "num_auto": "keeps",
            "reverse_charge_vat": "computed",
            "currency_amounts": "kept",
            "many_headers": "atomic",
            "value_lists": "semicolon",
            "plain_date_filter": "nothing",
        },
    ),
    "NL, pages stored and never posted": Position(
        switches={"posted_after_s": -1, "empty_result": "404", "currency_amounts": "recomputed"},
    ),
    "NL, pages posted an hour later": Position(
        switches={"posted_after_s": 3600, "answer_to_post": "keys", "trailing_blanks": True},
    ),
    "NL, which takes entries another way than they were sent": Position(
        switches={
            "vat_amount": "recomputed",
            "ledger_vat_default": "applied",
            "negative_pages": "refused",
            "refused_line": "page_stays",
            "calls_per_minute": 1000,
        },
        fates={
            "sales": Fate.OTHERWISE,
            "credit note": Fate.REFUSED,
            "purchase credit note": Fate.REFUSED,
            "self-billed credit note": Fate.REFUSED,
            "memorial": Fate.REFUSED,
        },
        leaves_refused=True,
    ),
}
SHUT: Mapping[str, Position] = {
    "nobody consents": Position(switches={"consent": "deny"}),
    "no company is bound": Position(switches={"companies_bound": False}),
    "the user may not post": Position(switches={"user_may_post": False}),
    "a user holds the administration": Position(switches={"administration_state": "blocked"}),
    "the administration is under maintenance": Position(switches={"administration_state": "reorganising"}),
}
"""Positions in which nothing can be booked until a person or time changes them."""

INSTRUMENTS: Mapping[str, str] = {
    "closed_periods": "which periods are closed is no fact about the package",
}
"""Switches that are no facts about the package, with what they are instead."""
