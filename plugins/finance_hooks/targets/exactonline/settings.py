"""State what is fixed about Exact Online: names, lengths, limits, addresses, the connection's form.

Exact Online support, "API limits", "OAuth"; lengths from the XML schema and Invantive's data model.
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.attachment import AttachmentLimits
from finance_hooks.targets.base import TargetSettings

PROCESSING_S = 300
"""How long Exact may still be working on a request whose answer was lost; no page says."""
VIEW_LAG_S = 60
"""How long the bulk view of the ledger may take to show a booking; no page says.

What was carried out at the end of the one may show at the end of the other: absence counts after both.
"""

SETTINGS = TargetSettings(
    slug="exactonline",
    label="Exact Online",
    countries=("NL", "BE"),
    batch_size=1,  # Exact: no batches; calls strictly one after the other
    lines_max=1000,
    settle_s=PROCESSING_S + VIEW_LAG_S,
    request_timeout_s=60,
    description_length=60,
    number_length=30,
)

HOSTS: Mapping[str, str] = MappingProxyType(
    {"NL": "https://start.exactonline.nl", "BE": "https://start.exactonline.be"}
)
PRODUCTION_HOSTS = (
    "start.exactonline.nl",
    "start.exactonline.be",
    "start.exactonline.com",
    "start.exactonline.co.uk",
    "start.exactonline.de",
    "start.exactonline.es",
    "start.exactonline.fr",
)
"""By name: a pattern would take start.exactonline.example.com, anybody's host, for Exact's."""
CALLS_PER_MINUTE = 60
CALLS_PER_DAY = 5000
NIGHTLY_RESERVE = 1500
"""Calls of a day that backfills leave to the nightly run."""
UPLOAD_ENTRIES_MAX = 200
"""Entries in one eExact document; Exact ends an upload after about three minutes, and tells no number."""
UPLOAD_BYTES_MAX = 9_000_000
"""Exact's pages differ on the longest POST: 10 MB or 38."""
CLIENT_ERRORS_PER_HOUR = 8
"""Exact blocks a key after ten answers 400, 401, 403 or 404 per user, division, endpoint and hour."""
COUNTED_ERRORS = frozenset({400, 401, 403, 404})
ERROR_BLOCK_S = 3600
URL_LENGTH = 6000

ATTACHMENT_LIMITS = AttachmentLimits(bytes_max=7_000_000, name_length=100, chunk_size=40)
"""Exact's pages differ on the longest POST: 10 MB or 38. Base64 makes 9.4 MB of this, within either. So many
entries are asked about in one address."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "administration": "Divisie",
        "journal": "Dagboek",
        "ledger_account": "Grootboekrekening",
        "party": "Relatie",
        "vat_code": "Btw-code",
        "cost_centre": "Kostenplaats",
        "cost_unit": "Kostendrager",
        "payment_term": "Betalingsconditie",
        "number": "Uw ref.",
        "entry_number": "Boekstuknummer",
        "reference": "einde van de omschrijving",
    }
)
"""What our words are called on Exact's own screens."""

JOURNAL_TYPES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sales": frozenset({"20", "21"}),
        "purchase": frozenset({"22", "23"}),
        "memorial": frozenset({"90"}),
    }
)

CONNECTION_TYPE: Mapping[str, object] = MappingProxyType(
    {
        "connection-type": "finance_exactonline",
        "hook-class-name": "finance_hooks.targets.exactonline.hook.ExactOnlineHook",
        "hook-name": "Exact Online (NL, BE)",
        "ui-field-behaviour": {
            "hidden-fields": ["schema"],
            "relabeling": {"host": "Site", "login": "Client id", "password": "Client secret"},
            "placeholders": {
                "port": "443; Airflow's Test button refuses an empty one",
                "host": f"{HOSTS['NL']} or {HOSTS['BE']}",
                "login": "of the app in Exact's app centre; belongs to one country",
            },
        },
        "conn-fields": {
            "environment": {
                "label": "Environment",
                "description": "test or production, the same as in finance_store. Exact's own sites are "
                "production, trial administrations too; test is for an emulator.",
                "schema": {"type": "string", "enum": ["test", "production"], "default": "test"},
            },
            "country": {
                "label": "Country",
                "description": "Country of the site; divisions of another country cannot be booked in.",
                "schema": {"type": "string", "enum": list(HOSTS), "default": "NL"},
            },
            "redirect_uri": {
                "label": "Redirect URI",
                "description": "Exactly as registered in Exact's app centre: public https, no localhost.",
                "schema": {"type": "string", "minLength": 1},
            },
            "user_name": {
                "label": "Exact user",
                "description": "The full user of Exact who gives consent; one consent serves all divisions. "
                "With another name here a new consent is needed.",
                "schema": {"type": "string", "minLength": 1},
            },
            "rate_direction": {
                "label": "Exchange rate",
                "description": "How Exact reads Rate: what one unit of the document's currency is worth in "
                "that of the books, or the inverse. Check the first entry in foreign currency.",
                "schema": {
                    "type": ["string", "null"],
                    "enum": ["books_per_currency", "currency_per_books"],
                    "default": "books_per_currency",
                },
            },
            "attach_pdfs": {
                "label": "Attach PDFs",
                "description": "Whether the PDFs of sales invoices are attached to their entries, two calls "
                "each. The app needs the right Manage on organization.documents.",
                "schema": {"type": ["boolean", "null"], "default": False},
            },
            "xml_upload_from": {
                "label": "XML upload from",
                "description": "From so many waiting entries on they go to Exact as XML, up to 200 a call; "
                "fewer go one by one. 0 = never. Try it in a trial administration first.",
                "schema": {"type": ["integer", "null"], "minimum": 0, "default": 0},
            },
        },
    }
)
