"""The positions in which Twinfield is put on the bench."""

from collections.abc import Mapping

from tests.contract.position import Position

AS_DOCUMENTED = Position()
POSITIONS: Mapping[str, Position] = {
    "NL": AS_DOCUMENTED,
    "NL, the other way round": Position(
        switches={
            "user_language": "en",
            "invalid_client_status": 401,
            "refresh_token_rotation": "replaced",
            "validation_needs_basic": True,
            "company_id": "required",
            "offices_with_company": "refuse",
            "fault_status": "soap",
            "over_25_documents": "accept",
            "result_declaration": True,
            "throttled_body": "fault",
            "batch_order": "refused_first",
            "closed_period_text": "Hier kan niet meer geboekt worden.",
            "closed_period": "refuse_all",
            "duplicate_invoice_number": "error",
            "duplicate_scope": "daybook",
            "final_update": "accept",
            "vat_lines": "per_line",
            "reverse_charge_lines": 0,
            "text_too_long": "cut",
            "read_only_elements": "ignore",
            "dimension_without_name": "refused",
            "office_read_by": "code",
            "hidden_dimension": "accept",
            "unknown_dim2": "drop",
            "freetext_in_browse": False,
            "unfilterable_column": "ignore",
            "list_marker_row": False,
        },
        connection={"certified": False, "final_administrations": "*", "free_text_field": "2"},
    ),
    "NL, with a client and daybooks set up another way": Position(
        switches={
            "refresh_token_rotation": "added",
            "over_25_documents": "timeout",
            "throttled_body": "html",
            "read_only_elements": "refuse",
            "duplicate_invoice_number": "warning",
            "body_limit_mb": 5,
        },
    ),
    "BE, with numbers that may come again": Position(
        country="BE",
        switches={"duplicate_invoice_number": "allowed"},
        connection={"final_administrations": "*"},
    ),
}
SHUT: Mapping[str, Position] = {"nobody consents": Position(switches={"consent": "deny"})}
"""Positions in which nothing can be booked until a person or time changes them."""

INSTRUMENTS: Mapping[str, str] = {
    "closed_periods": "which periods are closed is no fact about the package",
    "fiscal_year_start": "when fiscal years begin is the customer's choice; chain/test_broken_years.py",
    "fiscal_year_named": "what they are called is the customer's choice; chain/test_broken_years.py",
    "cluster_url": "where the books stand is read from the token; test_twinfield_connection.py",
}
"""Switches that are no facts about the package, with what they are instead."""
