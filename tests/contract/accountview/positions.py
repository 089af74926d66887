"""Positions of the switches in which AccountView is put on the bench, and those that are left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Switches moved together, and the settings of the connection that an installation of that kind needs."""

    switches: Mapping[str, object]
    settings: Mapping[str, str] = field(default_factory=dict)


POSITIONS: Mapping[str, Position] = {
    "the other way round": Position(
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
        settings={
            "reverse_charge": "zero",
            "rate_direction": "currency_per_books",
            "purchase_positive": "credit",
            "memorial_positive": "credit",
            "transactions_positive": "credit",
        },
    ),
    "posted pages in the ledger only": Position(
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
    "pages stored and never posted": Position(
        switches={"posted_after_s": -1, "empty_result": "404", "currency_amounts": "recomputed"},
    ),
    "pages posted an hour later": Position(
        switches={"posted_after_s": 3600, "answer_to_post": "keys", "trailing_blanks": True},
    ),
}
"""Together with the defaults: every position in which everything can be booked."""

LEFT_OUT: Mapping[str, Mapping[object, str]] = {
    "consent": {"deny": "nobody consented: there is nothing to test"},
    "companies_bound": {False: "no company can be opened; test_accountview.py"},
    "user_may_post": {False: "nothing can be booked; test_accountview.py"},
    "administration_state": {
        "blocked": "nothing can be booked; test_accountview.py",
        "reorganising": "nothing can be read; test_accountview.py",
    },
    "vat_amount": {"recomputed": "VAT of the source and of the books differ; test_accountview_readings.py"},
    "ledger_vat_default": {"applied": "memorials get VAT nobody sent; test_accountview_readings.py"},
    "refused_line": {"page_stays": "what is refused is booked in part; test_accountview_readings.py"},
    "negative_pages": {"refused": "credit notes cannot be booked; test_accountview_readings.py"},
}
"""Positions in which a package cannot do what every package must, with what is tested instead."""
