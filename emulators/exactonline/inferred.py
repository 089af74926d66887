"""The switches of the Exact emulator: one per fact that no vendor page settles."""

from emulators.exactonline.inferred_books import BOOKS_SWITCHES
from emulators.switches import Switch

SWITCHES = (
    Switch(
        name="user_language",
        default="nl",
        description="Language of validation messages: that of the authorising user.",
        source="picqer/exact-php-client issues with Dutch and English texts",
        positions=("nl", "en"),
    ),
    Switch(
        name="user_may_post",
        default=True,
        description="Off: the user is of the accountant-portal kind and every change answers 403.",
        source="help.eenvoudigfactureren.be",
    ),
    Switch(
        name="current_division_in_scope",
        default=True,
        description="Off: CurrentDivision of current/Me is one outside the consented scope.",
        source="picqer/exact-php-client #470",
    ),
    Switch(
        name="consent",
        default="allow",
        description="What the user answers on the consent page; deny returns error=access_denied.",
        source="RFC 6749; inferred for Exact",
        positions=("allow", "deny"),
    ),
    Switch(
        name="missing_scopes",
        default="",
        description="Data scopes the app was not given, separated by blanks, e.g. 'financial.costcenters'.",
        source="403 texts in clients' issue threads, since autumn 2024",
    ),
    Switch(
        name="early_refresh_status",
        default=400,
        description="Status of a refresh before 570 s.",
        source="400 seen in January 2026; vendor's OAuth page says 401",
        positions=(400, 401),
    ),
    Switch(
        name="old_refresh_token_dies",
        default="issued",
        description="When the previous refresh token dies: when the new one is issued, or first used.",
        source="vendor: single use; clients report the old one at times works until the new one is used",
        positions=("issued", "used"),
    ),
    Switch(
        name="token_calls_per_day",
        default=200,
        description="Token calls per app, user and day; 0 = no cap.",
        source="vendor's 2021 announcement (forums.invantive.com 3507)",
    ),
    Switch(
        name="error_limit_status",
        default=429,
        description="Answer while the error limit blocks an endpoint.",
        source="not documented; inferred",
        positions=(429, 403),
    ),
    Switch(
        name="unacceptable_status",
        default=415,
        description="Answer to an Accept header that is neither JSON nor Atom.",
        source="WCF Data Services answers 415; the HTTP standard says 406",
        positions=(415, 406),
    ),
    Switch(
        name="url_too_long_status",
        default=414,
        description="Answer to an address above 6,000 characters.",
        source="vendor's restrictions page names the limit only",
        positions=(414, 404),
    ),
    Switch(
        name="body_limit_mb",
        default=10,
        description="Largest body taken, in megabytes; more answers 413.",
        source="vendor's API limits page says 10.0, its restrictions page 38 for NL and BE",
    ),
    Switch(
        name="mandatory_filtering",
        default=False,
        description="Refuse an unfiltered GET, single or bulk, where a sync view exists.",
        source="vendor since July 2021; not enforced in recordings of June 2026",
    ),
    Switch(
        name="date_only_literals",
        default=True,
        description="Take datetime'2026-01-01' without a time in a filter.",
        source="clients call it unreliable",
    ),
    Switch(
        name="bare_list_with_top",
        default=True,
        description="Answer a bare list when $top is at most a page.",
        source="recordings of June 2026, with one exception",
    ),
    Switch(
        name="expand_ignored_with_select",
        default=False,
        description="Leave linked lines folded when $select is there too.",
        source="ossobv/exactonline; the vendor documents the combination",
    ),
    Switch(
        name="minimal_post_answer",
        default=True,
        description="A POST without Prefer: return=representation answers the key only, other fields null.",
        source="basvanbeek.nl/exact-online-tips",
    ),
    Switch(
        name="binary_tails",
        default=False,
        description="Show amounts with the tails of binary arithmetic (72.65000000000002).",
        source="forums.invantive.com",
    ),
    Switch(
        name="number_for_text",
        default=False,
        description="Take a JSON number where a text belongs, e.g. Journal: 70.",
        source="inferred",
    ),
    Switch(
        name="sync_lag_s",
        default=0,
        description="Seconds until a row shows in sync and bulk views.",
        source="inferred",
    ),
    Switch(
        name="mixed_bulk_filters",
        default=False,
        description="Let bulk views be filtered by every field.",
        source="vendor's bulk pages limit the fields without a public list",
    ),
    Switch(
        name="hrm_divisions",
        default=True,
        description="Off: hrm/Divisions answers 404, as for some licences.",
        source="werkenmetai/Chef-Data",
    ),
    *BOOKS_SWITCHES,
)
