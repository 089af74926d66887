"""State what is fixed about AccountView: names, lengths, limits, addresses, the connection's form.

AccountView.Net sample program of the vendor ("authorize", "token"); app registration as in the manual of
Visma Spend Cloud; lengths as recorded from a live field dictionary in omniboost/go-accountview.net.
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.targets.base import TargetSettings

SETTINGS = TargetSettings(
    slug="accountview",
    label="AccountView",
    countries=("NL",),
    batch_size=1,  # AccountView: whether a call with several pages is atomic is not documented
    lines_max=1000,  # AccountView: no limit is published; the largest page that any client was seen to read
    settle_s=600,
    request_timeout_s=120,
    description_length=40,
    number_length=12,
    takes_long_purchase_numbers=True,
)

BASE_URL = "https://www.accountview.net"
PRODUCTION_HOSTS = ("www.accountview.net", "accountview.net")
PAGE_SIZE = 1000
"""Rows asked for at once; no maximum is published, this is the largest that clients use."""

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "administration": "Onderneming",
        "journal": "Dagboek",
        "ledger_account": "Grootboekrekening",
        "party": "Debiteur/Crediteur",
        "vat_code": "Btw-code",
        "cost_centre": "Kostenplaats",
        "cost_unit": "Project",
        "payment_term": "Betalingsconditie",
        "number": "Factuurnummer",
        "entry_number": "Paginanummer",
        "reference": "einde van de omschrijving",
    }
)
"""What our words are called on AccountView's own screens."""

_SIDE: Mapping[str, object] = {"type": ["string", "null"], "enum": ["debit", "credit"], "default": "debit"}

CONNECTION_TYPE: Mapping[str, object] = MappingProxyType(
    {
        "connection-type": "finance_accountview",
        "hook-class-name": "finance_hooks.targets.accountview.hook.AccountViewHook",
        "hook-name": "AccountView",
        "ui-field-behaviour": {
            "hidden-fields": ["schema"],
            "relabeling": {"host": "Base URL", "login": "API key", "password": "API secret"},
            "placeholders": {
                "port": "443; Airflow's Test button refuses an empty one",
                "host": BASE_URL,
                "login": "of the application in the portal's menu Ontwikkelaar",
            },
        },
        "conn-fields": {
            "environment": {
                "label": "Environment",
                "description": "test or production, the same as in finance_store. www.accountview.net is "
                "production, demonstration companies too; test.accountview.net is test.",
                "schema": {"type": "string", "enum": ["test", "production"], "default": "test"},
            },
            "redirect_uri": {
                "label": "Redirect URI",
                "description": "Exactly as registered with the application (menu Ontwikkelaar).",
                "schema": {"type": "string", "minLength": 1},
            },
            "user_name": {
                "label": "AccountView user",
                "description": "The user who gives consent and to whom the application is linked; what this "
                "user may not do, cannot be booked.",
                "schema": {"type": "string", "minLength": 1},
            },
            "reverse_charge": {
                "label": "Reverse charge on purchases",
                "description": "What a purchase line states as VAT under a reverse-charge code: the amount "
                "that is shifted, or zero, from which AccountView works it out. Checked in the books at the "
                "first such entry.",
                "schema": {"type": ["string", "null"], "enum": ["shifted", "zero"], "default": "shifted"},
            },
            "rate_direction": {
                "label": "Exchange rate",
                "description": "How AccountView reads EXCH_RATE: what one unit of the document's currency is "
                "worth in that of the books, or the inverse. Checked at the first entry in foreign currency.",
                "schema": {
                    "type": ["string", "null"],
                    "enum": ["books_per_currency", "currency_per_books"],
                    "default": "books_per_currency",
                },
            },
            "purchase_positive": {
                "label": "Purchase lines",
                "description": "Which side a positive amount of a purchase line is booked on. Checked in the "
                "books at the first purchase.",
                "schema": _SIDE,
            },
            "memorial_positive": {
                "label": "Memorial lines",
                "description": "Which side a positive amount of a memorial line is booked on. Checked in the "
                "books at the first memorial.",
                "schema": _SIDE,
            },
            "transactions_positive": {
                "label": "Ledger",
                "description": "Which side a positive amount of the ledger (TRANSACT) stands for. Wrong when "
                "every first booking is said to stand the other way round.",
                "schema": _SIDE,
            },
        },
    }
)
