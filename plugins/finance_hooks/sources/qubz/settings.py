"""Declare everything about the connection to 21QUBZ that a person may set, once, for code and form alike.

21South publishes no description of a finance export: paths, names and conventions are therefore settings.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from typing import Any, get_type_hints

from finance_hooks.sources.qubz.canonical import DOCUMENT_RESOURCES
from finance_hooks.sources.qubz.signs import CreditSign
from finance_hooks.sources.qubz.values import DateMode


class ApiStyle(StrEnum):
    """The flavour of Mendix service that answers."""

    REST = "rest"
    ODATA = "odata"


class Auth(StrEnum):
    """How we say who we are."""

    BASIC = "basic"
    HEADER = "header"


class ParameterDates(StrEnum):
    """Whether instants in query parameters end in Z."""

    WITH_Z = "with_z"
    WITHOUT_Z = "without_z"


class WriteBack(StrEnum):
    """How the source is told what became of its documents."""

    NONE = "none"
    BATCH = "batch"
    PATCH = "patch"


def _form(label: str, description: str, **schema: object) -> dict[str, object]:
    return {"label": label, "description": description, "schema": schema}


@dataclass(frozen=True, slots=True, kw_only=True)
class QubzSettings:
    """The extra fields of a connection of type finance_qubz, typed and complete.

    `source_id` is part of every document key and must never change. `paths` gives the path of a resource
    below the service where it is not its default name. `documents` names the document resources that
    exist. `page_size` 0 asks without paging. `page_overlap` rows are asked again on each next page, so that
    rows deleted meanwhile push none out of sight. `export_status` narrows what is asked by change, never
    what is asked by date. `headers` are sent with every request; secrets belong in `api_key`.
    """

    source_id: str = field(
        metadata=_form(
            "Source id",
            "Names this 21QUBZ in every document key. Choose it once and never change it: every document "
            "would be new.",
            minLength=1,
        )
    )
    environment: str = field(
        metadata=_form(
            "Environment",
            "test or production, the same as in finance_store.",
            enum=["test", "production"],
            default="test",
        )
    )
    api_style: ApiStyle = field(
        default=ApiStyle.REST,
        metadata=_form("API style", "The kind of Mendix service that publishes the finance export."),
    )
    service: str = field(
        default="financeexport",
        metadata=_form("Service", "Name of the service, in its address after /rest/ or /odata/."),
    )
    version: str = field(
        default="v1",
        metadata=_form("Version", "Version of the service, in its address after the name."),
    )
    paths: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_form(
            "Paths by resource",
            'Only where a resource has another path than its name, such as {"memorials": "memoriaal"}.',
        ),
    )
    documents: str = field(
        default=",".join(DOCUMENT_RESOURCES),
        metadata=_form(
            "Document resources", "The kinds of documents this 21QUBZ hands out, with commas between."
        ),
    )
    auth: Auth = field(
        default=Auth.BASIC,
        metadata=_form("Authentication", "basic: user name and password above. header: the API key below."),
    )
    header_name: str = field(
        default="X-Api-Key", metadata=_form("Header of the API key", "Only with authentication by header.")
    )
    api_key: str = field(
        default="",
        repr=False,
        metadata=_form("API key", "Only with authentication by header.", format="password"),
    )
    headers: Mapping[str, str] = field(
        default_factory=dict,
        repr=False,
        metadata=_form("Further headers", "Sent with every request; kept as secret.", writeOnly=True),
    )
    page_size: int = field(
        default=500, metadata=_form("Rows per page", "0 asks without paging.", minimum=0, maximum=10_000)
    )
    page_overlap: int = field(
        default=20,
        metadata=_form(
            "Rows asked again per page",
            "So that rows deleted meanwhile push none out of sight; fewer than the rows per page.",
            minimum=0,
            maximum=1_000,
        ),
    )
    timeout_s: int = field(
        default=120, metadata=_form("Time-out (s)", "Longest wait for one answer.", minimum=1, maximum=900)
    )
    retry_after_max_s: int = field(
        default=900,
        metadata=_form(
            "Longest wait the source may ask for (s)",
            "A longer Retry-After is cut to this.",
            minimum=1,
            maximum=86_400,
        ),
    )
    envelope_key: str = field(
        default="Items",
        metadata=_form("Envelope: rows", "Name of the list of rows, where an answer is no bare list."),
    )
    envelope_total: str = field(
        default="TotalCount",
        metadata=_form("Envelope: total", "Name of the count of all rows, where an answer has one."),
    )
    parameter_organisation: str = field(
        default="organisation", metadata=_form("Parameter: organisation", "REST: its name in the address.")
    )
    parameter_limit: str = field(
        default="limit", metadata=_form("Parameter: limit", "REST: its name in the address.")
    )
    parameter_offset: str = field(
        default="offset", metadata=_form("Parameter: offset", "REST: its name in the address.")
    )
    parameter_modified_since: str = field(
        default="modifiedSince", metadata=_form("Parameter: changed since", "REST: its name in the address.")
    )
    parameter_export_status: str = field(
        default="exportStatus", metadata=_form("Parameter: export status", "REST: its name in the address.")
    )
    parameter_date_from: str = field(
        default="dateFrom", metadata=_form("Parameter: dated from", "REST: its name in the address.")
    )
    parameter_date_to: str = field(
        default="dateTo", metadata=_form("Parameter: dated until", "REST: its name in the address.")
    )
    parameter_dates: ParameterDates = field(
        default=ParameterDates.WITHOUT_Z, metadata=_form("Instants in parameters", "Whether they end in Z.")
    )
    export_status: str = field(
        default="",
        metadata=_form(
            "Ask by change for this export status only",
            "Empty asks for all, which finds most. What is asked by date is never narrowed.",
        ),
    )
    odata_module: str = field(
        default="Finance", metadata=_form("OData: module", "Module of the enumerations.")
    )
    odata_expand: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_form(
            "OData: expand", 'Associations to bring along, by resource, such as {"salesinvoices": "Lines"}.'
        ),
    )
    odata_select: bool = field(
        default=True, metadata=_form("OData: select", "Ask only for the fields that fields.csv names.")
    )
    date_mode: DateMode = field(
        default=DateMode.AUTO,
        metadata=_form(
            "Dates",
            "How a date arrives: as the day itself (local), as an instant in UTC, or told per value (auto).",
        ),
    )
    credit_sign: CreditSign = field(
        default=CreditSign.AUTO,
        metadata=_form(
            "Sign of credit notes",
            "How amounts of credit notes stand in the source; auto finds out per document.",
        ),
    )
    write_back: WriteBack = field(
        default=WriteBack.NONE,
        metadata=_form(
            "Tell the source what was booked",
            "batch: POST exportresults. patch: PATCH per document. none: 21QUBZ has no way to be told.",
        ),
    )

    @property
    def document_resources(self) -> tuple[str, ...]:
        """List the document resources this source has."""
        return tuple(name.strip() for name in self.documents.split(",") if name.strip())


def declared_settings() -> tuple[tuple[Field[Any], type], ...]:
    """List every setting with its type; mappings are dict."""
    hints = get_type_hints(QubzSettings)
    return tuple(
        (setting, hints[setting.name] if isinstance(hints[setting.name], type) else dict)
        for setting in fields(QubzSettings)
    )


def is_required(setting: Field[Any]) -> bool:
    """Say whether a setting has no default."""
    return setting.default is MISSING and setting.default_factory is MISSING


def default_of(setting: Field[Any]) -> object:
    """Return the default; `None` where the setting must be given."""
    if setting.default_factory is not MISSING:
        return setting.default_factory()
    return None if setting.default is MISSING else setting.default
