"""State what is fixed about Twinfield: names, lengths, limits, addresses, the connection's form.

Twinfield developer portal, "XML web services guidelines", "Transactions", "Fair use policy" and
"OpenID Connect / OAuth 2.0".
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.targets.base import TargetSettings

SETTINGS = TargetSettings(
    slug="twinfield",
    label="Twinfield",
    countries=("NL",),
    batch_size=25,  # Twinfield: at most 25 children below <transactions>
    lines_max=999,  # the line of the party is one of Twinfield's thousand
    settle_s=300,
    request_timeout_s=300,
    description_length=40,
    number_length=40,
)

SENT_LINES_MAX = 1000
POST_TIMEOUT_S = 120
READ_TIMEOUT_S = SETTINGS.request_timeout_s
POST_BYTES_MAX = 1024 * 1024
"""What one request may grow to before the rest of a batch goes into the next; Twinfield names no figure."""
POST_ANSWER_BYTES_MAX = 16 * 1024 * 1024
READ_ANSWER_BYTES_MAX = 128 * 1024 * 1024
TOKEN_LEFT_S = 300
"""A token that has less than this to live is renewed before a call leaves with it."""

LOGIN_HOST = "https://login.twinfield.com"
PRODUCTION_HOSTS = ("*.twinfield.com",)
"""The login host and every cluster; which cluster holds the books is read from the token."""

FREE_TEXT_LENGTH = 40
LINK_NUMBER = "{number}"
"""What stands in the template of a link for the number of the document."""
CODE_LENGTH = 16
"""Of journals, ledger accounts, relations and cost centres."""

MINUTE_S = 60
CREDITS_PER_CLIENT: Mapping[bool, int] = MappingProxyType({True: 1000, False: 50})
CREDITS_PER_ORGANISATION: Mapping[bool, int] = MappingProxyType({True: 500, False: 25})
"""A minute, by whether the client is certified."""
RESERVED_SHARE = 4
"""One in so many credits is left to nightly runs by backfills."""
READ_CREDITS = 1
WRITE_CREDITS = 3

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "administration": "Administratie",
        "journal": "Dagboek",
        "ledger_account": "Grootboekrekening",
        "party": "Debiteur of crediteur",
        "vat_code": "Btw-code",
        "cost_centre": "Kostenplaats",
        "cost_unit": "Project",
        "payment_term": "Betaaltermijn in dagen",
        "number": "Factuurnummer",
        "entry_number": "Boekingsnummer",
        "reference": "einde van de omschrijving",
    }
)
"""What our words are called on Twinfield's own screens."""

CONNECTION_TYPE: Mapping[str, object] = MappingProxyType(
    {
        "connection-type": "finance_twinfield",
        "hook-class-name": "finance_hooks.targets.twinfield.hook.TwinfieldHook",
        "hook-name": "Twinfield",
        "ui-field-behaviour": {
            # Twinfield: the cluster that holds the books is read from the token, never entered.
            "hidden-fields": ["schema"],
            "relabeling": {"host": "Login address", "login": "Client id", "password": "Client secret"},
            "placeholders": {
                "port": "443; Airflow's Test button refuses an empty one",
                "host": LOGIN_HOST,
                "login": "as registered on the developer portal, for the authorisation code flow",
            },
        },
        "conn-fields": {
            "environment": {
                "label": "Environment",
                "description": "test or production, the same as in finance_store. Twinfield has no test "
                "site: what stands on login.twinfield.com is production, trial administrations too.",
                "schema": {"type": "string", "enum": ["test", "production"], "default": "test"},
            },
            "redirect_uri": {
                "label": "Redirect URI",
                "description": "Exactly as registered with the client id.",
                "schema": {"type": "string", "minLength": 1},
            },
            "user_name": {
                "label": "Twinfield user",
                "description": "The user who gives consent; needs access to every administration that is "
                "booked in, and to its daybooks.",
                "schema": {"type": "string", "minLength": 1},
            },
            "organisation": {
                "label": "Organisation",
                "description": "Code of the Twinfield organisation (environment) of that user. All its "
                "administrations share one consent and one rate limit.",
                "schema": {"type": "string", "minLength": 1},
            },
            "certified": {
                "label": "Certified client",
                "description": "Whether Twinfield certified this client id: 500 credits a minute, else 25.",
                "schema": {"type": ["boolean", "null"], "default": False},
            },
            "final_administrations": {
                "label": "Book as final in",
                "description": "Codes of the administrations in which bookings are made final at once, "
                "separated by commas, or * for all. In the others they are provisional, and a bookkeeper "
                "makes them final.",
                "schema": {"type": ["string", "null"], "default": ""},
            },
            "free_text_field": {
                "label": "Free text field",
                "description": "Which free text field of the daybooks also takes our reference; it must be "
                "switched on for every daybook that is booked in. The reference stands at the end of the "
                "description in any case.",
                "schema": {
                    "type": ["string", "null"],
                    "enum": ["none", "1", "2", "3"],
                    "default": "none",
                },
            },
            "link_field": {
                "label": "Free text field of the link",
                "description": "Which free text field of the sales daybooks takes a link to the document, "
                "other than that of the reference; it must be switched on for every sales daybook.",
                "schema": {
                    "type": ["string", "null"],
                    "enum": ["none", "1", "2", "3"],
                    "default": "none",
                },
            },
            "link_template": {
                "label": "Link to the document",
                "description": "With a field for it: a link in which {number} stands for the invoice number, "
                "or {number} alone where the daybook makes the link. Twinfield keeps 40 characters; a longer "
                "link is left out.",
                "schema": {"type": ["string", "null"]},
            },
        },
    }
)
