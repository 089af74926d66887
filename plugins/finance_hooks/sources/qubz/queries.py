"""Write the questions put to 21QUBZ, as REST parameters or as OData options.

REST: Mendix page 'Published REST query parameters' (names are case-sensitive, instants as
2018-12-31T09:00:00). OData: 'Supported OData operations' (an enumeration is compared by its qualified type).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlsplit

from finance_hooks.model.document import EntryKind
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.selection import Selection
from finance_hooks.sources.qubz.canonical import DOCUMENT_RESOURCES, KEY_FIELDS
from finance_hooks.sources.qubz.fields import FieldRule
from finance_hooks.sources.qubz.paging import PageRequest
from finance_hooks.sources.qubz.settings import ApiStyle, ParameterDates, QubzSettings

ENTITY_SETS = {
    "organisations": "Organisations",
    "relations": "Relations",
    "vatcodes": "VatCodes",
    "paymentterms": "PaymentTerms",
    "salesinvoices": "SalesInvoices",
    "purchaseinvoices": "PurchaseInvoices",
    "memorials": "Memorials",
}
KIND_RESOURCES = {
    EntryKind.SALES: "salesinvoices",
    EntryKind.PURCHASE: "purchaseinvoices",
    EntryKind.MEMORIAL: "memorials",
}
MARGIN = timedelta(days=1)
"""Asked for on either side of a range of days: a day may stand in the source as the evening before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of one resource: everything, what changed since, or what is dated from until."""

    resource: str
    organisation: str | None = None
    changed_since: datetime | None = None
    dated_from: date | None = None
    dated_until: date | None = None

    @property
    def is_dated(self) -> bool:
        """Whether the question asks for a range of document dates."""
        return self.dated_from is not None or self.dated_until is not None

    def holds(self, day: date | None) -> bool:
        """Say whether a document of this day answers the question; one without a readable day always does."""
        if day is None:
            return True
        return (self.dated_from or day) <= day <= (self.dated_until or day)


def questions_of(selection: Selection, resource: str, organisation: str) -> list[Question]:
    """Split a selection into the questions whose answers it unites: by change, and by date."""
    questions = []
    if selection.changed_since is not None:
        questions.append(
            Question(resource=resource, organisation=organisation, changed_since=selection.changed_since)
        )
    if selection.dated_from is not None or selection.dated_until is not None:
        questions.append(
            Question(
                resource=resource,
                organisation=organisation,
                dated_from=selection.dated_from,
                dated_until=selection.dated_until,
            )
        )
    return questions


def resources_of(selection: Selection, settings: QubzSettings) -> tuple[str, ...]:
    """Return the resources that hold the kinds asked for; ConfigurationError when one of them is not read."""
    if selection.kinds is None:
        return settings.document_resources
    wanted = {KIND_RESOURCES[kind] for kind in selection.kinds}
    unread = sorted(wanted - set(settings.document_resources))
    if unread:
        raise ConfigurationError(f"The run asks for {', '.join(unread)}, which the connection leaves out.")
    return tuple(resource for resource in settings.document_resources if resource in wanted)


def collection_url(base_url: str, resource: str, settings: QubzSettings) -> str:
    """Write the address of a collection."""
    own = resource if settings.api_style is ApiStyle.REST else ENTITY_SETS[resource]
    path = settings.paths.get(resource, own).strip("/")
    return f"{base_url}/{settings.api_style}/{settings.service}/{settings.version}/{path}"


def document_url(base_url: str, resource: str, key: str, settings: QubzSettings) -> str:
    """Write the address of one document."""
    collection = collection_url(base_url, resource, settings)
    escaped = quote(key, safe="")
    return f"{collection}({escaped})" if settings.api_style is ApiStyle.ODATA else f"{collection}/{escaped}"


def rest_url(base_url: str, resource: str, settings: QubzSettings) -> str:
    """Write the address of what only a REST service has, whatever documents are read by."""
    return collection_url(base_url, resource, replace(settings, api_style=ApiStyle.REST))


def page_url(url: str, request: PageRequest) -> str:
    """Follow a next link on our own collection only, so that no secret goes wherever a link points."""
    return f"{url}?{urlsplit(request.next_link).query}" if request.next_link else url


def parameters(
    question: Question, request: PageRequest, rules: Mapping[str, FieldRule], settings: QubzSettings
) -> dict[str, str]:
    """Write the query of one page; a next link brings its own."""
    if request.next_link:
        return {}
    if settings.api_style is ApiStyle.ODATA:
        return _odata(question, request, rules, settings)
    return _rest(question, request, settings)


def _rest(question: Question, request: PageRequest, settings: QubzSettings) -> dict[str, str]:
    asked = {settings.parameter_organisation: question.organisation}
    if question.changed_since is not None:
        asked[settings.parameter_modified_since] = _instant(question.changed_since, settings)
        asked[settings.parameter_export_status] = settings.export_status
    if question.dated_from is not None:
        asked[settings.parameter_date_from] = _instant(_midnight(question.dated_from - MARGIN), settings)
    if question.dated_until is not None:
        asked[settings.parameter_date_to] = _instant(_midnight(question.dated_until + MARGIN), settings)
    if settings.page_size and question.organisation is not None:
        asked[settings.parameter_limit] = str(settings.page_size)
        asked[settings.parameter_offset] = str(request.offset)
    return {name: value for name, value in asked.items() if value}


def _odata(
    question: Question, request: PageRequest, rules: Mapping[str, FieldRule], settings: QubzSettings
) -> dict[str, str]:
    nested = [rule.source_path[0] for rule in rules.values() if rule.type == "rows" and rule.source_path]
    expanded = settings.odata_expand.get(question.resource, ",".join(nested))
    options = {"$filter": " and ".join(_comparisons(question, rules, settings)), "$expand": expanded}
    if settings.odata_select:
        paths = (rule.source_path[0] for rule in rules.values() if rule.type != "rows" and rule.source_path)
        options["$select"] = ",".join(
            name for name in dict.fromkeys(paths) if name not in expanded.split(",")
        )
    options["$orderby"] = ",".join(_order(question, rules))
    if settings.page_size:
        options |= {"$top": str(settings.page_size), "$skip": str(request.offset or ""), "$count": "true"}
    return {name: value for name, value in options.items() if value}


def _comparisons(question: Question, rules: Mapping[str, FieldRule], settings: QubzSettings) -> list[str]:
    found = []
    if question.organisation is not None and rules["organisation"].source_path:
        quoted = question.organisation.replace("'", "''")
        found.append(f"{_property(question, rules, 'organisation')} eq '{quoted}'")
    if question.changed_since is not None:
        changed_at = _property(question, rules, "changed_at")
        found.append(f"{changed_at} ge {_seconds(question.changed_since)}Z")
        if settings.export_status:
            enum = f"{settings.odata_module}.ExportStatus"
            status = _property(question, rules, "export_status")
            found.append(f"{status} eq {enum}'{settings.export_status}'")
    if question.dated_from is not None:
        earliest = _midnight(question.dated_from - MARGIN)
        found.append(f"{_property(question, rules, 'document_date')} ge {_seconds(earliest)}Z")
    if question.dated_until is not None:
        latest = _midnight(question.dated_until + MARGIN)
        found.append(f"{_property(question, rules, 'document_date')} le {_seconds(latest)}Z")
    return found


def _order(question: Question, rules: Mapping[str, FieldRule]) -> list[str]:
    key = _property(question, rules, KEY_FIELDS[question.resource])
    is_by_change = question.resource in DOCUMENT_RESOURCES and not question.is_dated
    return [_property(question, rules, "changed_at"), key] if is_by_change else [key]


def _property(question: Question, rules: Mapping[str, FieldRule], field: str) -> str:
    """Name a field as OData does; ConfigurationError where the source does not have it."""
    path = rules[field].source_path
    if not path:
        raise ConfigurationError(
            f"OData: {question.resource} is asked for by {field}, which fields.csv says the source does not "
            "have; fill in its source_path, or read 21QUBZ by REST."
        )
    return "/".join(path)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _instant(instant: datetime, settings: QubzSettings) -> str:
    return _seconds(instant) + ("Z" if settings.parameter_dates is ParameterDates.WITH_Z else "")


def _seconds(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
