"""What resources there are and which fields they have.

Source: the vendor's reference (start.exactonline.nl/docs/HlpRestAPIResources.aspx), read from resources.ini.
"""

from configparser import ConfigParser
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

TYPES = ("guid", "string", "date", "int", "int64", "double", "boolean", "binary")
PAGE_SIZE = 60
BULK_PAGE_SIZE = 1000

# Paths that show another resource's rows; sync and bulk ones page by 1,000 and sync ones add Timestamp.
VIEWS = {
    "bulk/Cashflow/Payments": "cashflow/Payments",
    "bulk/Cashflow/Receivables": "cashflow/Receivables",
    "bulk/CRM/Accounts": "crm/Accounts",
    "bulk/CRM/Addresses": "crm/Addresses",
    "bulk/CRM/Contacts": "crm/Contacts",
    "bulk/Documents/DocumentAttachments": "documents/DocumentAttachments",
    "bulk/Documents/Documents": "documents/Documents",
    "bulk/Financial/GLAccounts": "financial/GLAccounts",
    "bulk/Financial/TransactionLines": "financialtransaction/TransactionLines",
    "sync/Cashflow/PaymentTerms": "sync/Cashflow/PaymentTerms",
    "sync/CRM/Accounts": "crm/Accounts",
    "sync/CRM/Addresses": "crm/Addresses",
    "sync/CRM/Contacts": "crm/Contacts",
    "sync/Deleted": "sync/Deleted",
    "sync/Documents/DocumentAttachments": "documents/DocumentAttachments",
    "sync/Documents/Documents": "documents/Documents",
    "sync/Financial/GLAccounts": "financial/GLAccounts",
    "sync/Financial/TransactionLines": "financialtransaction/TransactionLines",
    "system/AllDivisions": "system/Divisions",
    "system/GetMostRecentlyUsedDivisions": "system/Divisions",
    "system/Users": "users/Users",
}

# Those whose pages list what is linked to a row as well (the sync one as go_exactonline_new selects it).
LINKED_VIEWS = frozenset({"bulk/CRM/Accounts", "bulk/Financial/GLAccounts", "sync/CRM/Accounts"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource: `path` as asked for, `table` where its rows lie, fields with their type."""

    path: str
    table: str
    entity: str
    key: str
    methods: frozenset[str]
    scope: str
    links: dict[str, str]
    types: dict[str, str]
    read_only: frozenset[str]

    @property
    def name(self) -> str:
        """The last part of the path, as it stands in links and errors."""
        return self.path.rpartition("/")[2]

    @property
    def is_sync(self) -> bool:
        """Whether only `Timestamp gt nL` may be asked."""
        return self.path.startswith("sync/")

    @property
    def is_bulk(self) -> bool:
        """Whether filters are limited and pages long."""
        return self.path.startswith("bulk/")

    @property
    def page_size(self) -> int | None:
        """Rows a page; services under read/ are not paged (vendor's restrictions page)."""
        if self.path.startswith("read/"):
            return None
        return BULK_PAGE_SIZE if self.is_sync or self.is_bulk else PAGE_SIZE


@cache
def resources() -> dict[str, Resource]:
    """Return every resource by its path in lower case: Exact does not mind the case of a path."""
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keep the case of names
    parser.read(Path(__file__).with_name("resources.ini"), encoding="utf-8")
    found = {path: _resource(path, dict(parser[path])) for path in parser.sections()}
    for path, table in VIEWS.items():
        found[path] = _view(path, found[table])
    return {path.lower(): resource for path, resource in found.items()}


def resource(path: str) -> Resource:
    """Return one resource by its path."""
    return resources()[path.lower()]


def _resource(path: str, section: dict[str, str]) -> Resource:
    types = {name: kind for kind in TYPES for name in section.get(kind, "").split()}
    read_only = section["read_only"].split()
    return Resource(
        path=path,
        table=path,
        entity=section["entity"],
        key=section["key"],
        methods=frozenset(section["methods"].split()),
        scope=section.get("scope", ""),
        links=dict(_pair(link) for link in section.get("links", "").split()),
        types=types,
        read_only=frozenset(types if read_only == ["*"] else read_only),
    )


def _view(path: str, shown: Resource) -> Resource:
    types = {**shown.types, "Timestamp": "int64"} if path.startswith("sync/") else shown.types
    hidden = path.startswith(("sync/", "bulk/")) and path not in LINKED_VIEWS
    links = {} if hidden else shown.links
    return replace(shown, path=path, methods=frozenset({"GET"}), types=types, links=links)


def _pair(link: str) -> tuple[str, str]:
    name, _, target = link.partition(":")
    return name, target
