"""State what is fixed about AFAS Profit: names, lengths, limits, addresses, the connection's form.

AFAS Developer documentation, "Authentication", "App connector", "GetConnector", "Troubleshooting"; lengths
from the OpenAPI files "Mutaties" and "Financiële Inrichting".
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.attachment import AttachmentLimits
from finance_hooks.targets.base import TargetSettings

SETTINGS = TargetSettings(
    slug="afas",
    label="AFAS Profit",
    countries=("NL", "BE"),
    batch_size=1,  # AFAS: one FiEntryPar per request, one request is one transaction
    lines_max=980,
    settle_s=900,
    request_timeout_s=120,
    description_length=255,
    number_length=32,
)
LINES_OF_AN_ENTRY = 1000
"""What AFAS advises at most; the party's line and those of the VAT take the rest beyond `lines_max`."""

PATH = "/ProfitRestServices"
PRODUCTION_HOSTS = ("*.rest.afas.online",)
SEGMENTS: Mapping[str, str] = MappingProxyType({"O": "rest", "T": "resttest", "A": "restaccept"})
"""The letter an environment's code begins with (`T12345AA`), and the part of the host that goes with it."""

LANGUAGE = "nl-nl"
"""Sent along with every call, so that refusals come in the language they are known in."""

ROWS_AND_COLUMNS = 149_999
"""AFAS: rows times columns of one answer stay below 150,000."""
QUERY_LENGTH = 2049
"""AFAS: characters of a query string with its question mark; a longer one is answered 404."""

ATTACHMENT_LIMITS = AttachmentLimits(bytes_max=20_000_000, name_length=100, chunk_size=40)
"""AFAS takes 75 MB a call; a file and its base64 are held in memory whole."""

INVOICE_ID_LENGTH = 12
VOUCHER_LENGTH = 32

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "administration": "Administratie",
        "journal": "Dagboek",
        "ledger_account": "Grootboekrekening",
        "party": "Debiteur of crediteur",
        "vat_code": "Btw-code",
        "cost_centre": "Verbijzondering, as 1",
        "cost_unit": "Verbijzondering, as 2",
        "payment_term": "Betaalvoorwaarde",
        "number": "Factuurnummer",
        "entry_number": "Journaalpost",
        "reference": "begin van het boekstuknummer",
    }
)
"""What our words are called on AFAS's own screens."""

CONNECTION_TYPE: Mapping[str, object] = MappingProxyType(
    {
        "connection-type": "finance_afas",
        "hook-class-name": "finance_hooks.targets.afas.hook.AfasHook",
        "hook-name": "AFAS Profit",
        "ui-field-behaviour": {
            "hidden-fields": ["schema"],
            "relabeling": {"host": "REST address", "login": "Client id", "password": "Client secret"},
            "placeholders": {
                "port": "443; Airflow's Test button refuses an empty one",
                "host": "https://12345.rest.afas.online/ProfitRestServices, or the environment: O12345AA",
                "login": "with client_credentials only",
                "password": "with client_credentials only",
            },
        },
        "conn-fields": {
            "environment": {
                "label": "Environment",
                "description": "test or production, the same as in finance_store. In the REST address "
                "12345.rest is production; resttest and restaccept are test.",
                "schema": {"type": "string", "enum": ["test", "production"], "default": "test"},
            },
            "auth": {
                "label": "Authentication",
                "description": "client_credentials: client id and secret of an app connector with OAuth. "
                "app_token: a classic token, which AFAS withdraws in August 2027.",
                "schema": {
                    "type": "string",
                    "enum": ["client_credentials", "app_token"],
                    "default": "client_credentials",
                },
            },
            "client_secret_next": {
                "label": "Next client secret",
                "description": "While secrets are being replaced: used when the other one no longer works.",
                "schema": {"type": ["string", "null"], "format": "password"},
            },
            "app_token": {
                "label": "App connector token",
                "description": "With app_token: all from <token> to </token>, which AFAS shows once.",
                "schema": {"type": ["string", "null"], "format": "password"},
            },
            "app_token_next": {
                "label": "Next app connector token",
                "description": "While tokens are being replaced: used when the other one no longer works.",
                "schema": {"type": ["string", "null"], "format": "password"},
            },
            "integration_id": {
                "label": "Integration id",
                "description": "Certified partners only: subscription_project, such as 12345_678900.",
                "schema": {"type": ["string", "null"]},
            },
            "transactions_connector": {
                "label": "Connector for transactions",
                "description": "The GetConnector that bookings are read back with. One of your own can also "
                "show relation, currency and cost centre, which Profit_Transactions does not.",
                "schema": {"type": ["string", "null"], "default": "Profit_Transactions"},
            },
            "payment_terms_connector": {
                "label": "Connector for payment conditions",
                "description": "A GetConnector of your own that lists them, AFAS has none; without it AFAS "
                "itself refuses a condition it does not know.",
                "schema": {"type": ["string", "null"]},
            },
            "rate_direction": {
                "label": "Exchange rate",
                "description": "How AFAS reads Rate: what one unit of the books' currency is worth in the "
                "document's, or the inverse. Check the first entry in foreign currency.",
                "schema": {
                    "type": ["string", "null"],
                    "enum": ["currency_per_books", "books_per_currency"],
                    "default": "currency_per_books",
                },
            },
            "attach_pdfs": {
                "label": "Attach PDFs",
                "description": "Whether the PDFs of sales invoices are attached, as dossier items. The app "
                "connector then needs KnSubject, Profit_Subjects and Profit_Subject_Attachments.",
                "schema": {"type": ["boolean", "null"], "default": False},
            },
            "subject_type": {
                "label": "Type of dossier item",
                "description": "With attached PDFs: the number of the type they get. Its destinations must "
                "include sales relation and sales invoice.",
                "schema": {"type": ["integer", "null"], "minimum": 1},
            },
        },
    }
)
