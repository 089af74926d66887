"""The switches of the AccountView emulator: one per fact that no page and no working client settles."""

from emulators.accountview.inferred_books import BOOKS_SWITCHES
from emulators.accountview.inferred_reading import READING_SWITCHES
from emulators.switches import Switch

SWITCHES = (
    Switch(
        name="consent",
        default="allow",
        description="What the user answers on the consent page; deny returns error=access_denied.",
        source="RFC 6749; inferred for AccountView",
        positions=("allow", "deny"),
    ),
    Switch(
        name="access_token_s",
        default=3600,
        description="Seconds an access token lives.",
        source="not published; clients refresh before every call or on failure",
    ),
    Switch(
        name="expires_in_shown",
        default=True,
        description="The token answer has expires_in.",
        source="inferred: clients read access_token and refresh_token only",
    ),
    Switch(
        name="old_refresh_token_dies",
        default="issued",
        description="When the previous refresh token dies: when the new one is issued, first used, or never.",
        source="two PHP clients store the new one after every refresh; the rest is inferred",
        positions=("issued", "used", "never"),
    ),
    Switch(
        name="refresh_token_days",
        default=0,
        description="Days a refresh token lives; 0 = without end.",
        source="not published; inferred",
    ),
    Switch(
        name="companies_bound",
        default=True,
        description="Off: the user has no company, /companies answers an empty list.",
        source="clients handle the empty list",
    ),
    Switch(
        name="company_error",
        default="403",
        description=(
            "Answer to a missing, unknown or forbidden x-company: 403, 401, or AccountView's own error."
        ),
        source="inferred",
        positions=("403", "401", "error"),
    ),
    Switch(
        name="user_may_post",
        default=True,
        description="Off: the rights of the AccountView user forbid every change.",
        source="Visma Spend Cloud manual: the linked user's rights limit the API; the answer is inferred",
    ),
    Switch(
        name="business_error_status",
        default=400,
        description="HTTP status of AccountView's own errors.",
        source="not recorded; two clients look for ErrorMessage on 200 too",
        positions=(400, 500, 200),
    ),
    Switch(
        name="error_numbers",
        default="null",
        description="ErrorNumbers of an error: null or a list.",
        source="null in the one recorded error; a list is inferred from the name",
        positions=("null", "list"),
    ),
    Switch(
        name="error_findings",
        default="first",
        description="Whether an error tells the first reason only, or all, joined by CR LF.",
        source="inferred",
        positions=("first", "all"),
    ),
    Switch(
        name="administration_state",
        default="free",
        description="blocked: a user holds the administration, nothing can be changed; reorganising: nothing "
        "can be read either.",
        source="fields BLCK_USER and ORG_ADM exist; the behaviour is inferred",
        positions=("free", "blocked", "reorganising"),
    ),
    Switch(
        name="years_ahead",
        default=1,
        description="Book years after the clock's year that already have an administration.",
        source="Visma: a new administration is made every year; how early is the customer's choice",
    ),
    Switch(
        name="parallel_writers",
        default="queued",
        description="A second change in a company while one is under way: waits for it, or is refused.",
        source="inferred: one FoxPro program stands behind the relay",
        positions=("queued", "refused"),
    ),
    Switch(
        name="write_takes_ms",
        default=0,
        description="Real milliseconds that a change keeps its company busy.",
        source="inferred",
    ),
    Switch(
        name="calls_per_minute",
        default=0,
        description="Calls a minute per user; more answers 429 with Retry-After; 0 = no limit.",
        source="not published; inferred",
    ),
    *READING_SWITCHES,
    *BOOKS_SWITCHES,
)
