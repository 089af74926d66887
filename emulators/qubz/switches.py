"""What nobody could document about 21QUBZ's finance export: each is a switch."""

from emulators.switches import Switch

CONTRACT = "inferred: 21South publishes no description of a finance export"

SWITCHES = (
    Switch(
        name="authentication",
        default="basic_and_key",
        positions=("basic_and_key", "basic", "key"),
        description="which methods the service has; with key alone a failure answers 404",
        source="docs.mendix.com/refguide/published-rest-service/ (authentication)",
    ),
    Switch(
        name="nulls",
        default="null",
        positions=("null", "left_out"),
        description="empty fields come as null or their keys are missing",
        source="apidocs.rnd.mendix.com, NullValueOption (SendAsNil, LeaveOutElement)",
    ),
    Switch(
        name="dates",
        default="utc",
        positions=("utc", "localised"),
        description="a date comes as midnight UTC, or as midnight in Amsterdam written in UTC",
        source="docs.mendix.com/refguide/attributes/ (localize)",
    ),
    Switch(
        name="decimals",
        default="number",
        positions=("number", "text"),
        description="decimals come as JSON numbers or as text",
        source="docs.mendix.com/refguide/published-rest-service-json-schema/ says number",
    ),
    Switch(
        name="envelope",
        default="items",
        positions=("items", "array", "named"),
        description="a page is {Items, TotalCount}, a bare array, or an object named after the resource",
        source=CONTRACT,
    ),
    Switch(
        name="paging",
        default="obeyed",
        positions=("obeyed", "offset_ignored", "unpaged"),
        description="limit and offset exist, offset is ignored, or both are",
        source="docs.mendix.com/refguide/generate-rest-resource/ (no paging unless modelled)",
    ),
    Switch(
        name="between_pages",
        default="still",
        positions=("still", "inserted", "deleted", "stale"),
        description="per page one row is inserted before (repeats one), deleted (skips one), "
        "or repeated in an older, unfinished version",
        source="docs.mendix.com/refguide/published-odata-entity/ (pages are not one transaction)",
    ),
    Switch(
        name="filters",
        default="obeyed",
        positions=("obeyed", "ignored"),
        description="the filter parameters are modelled, or everything comes whatever was asked",
        source="docs.mendix.com/refguide/generate-rest-resource/ (no filtering unless modelled)",
    ),
    Switch(
        name="members",
        default="english",
        positions=("english", "dutch"),
        description="language of the enumeration members of DocumentType and Status",
        source=CONTRACT,
    ),
    Switch(
        name="credit_sign",
        default="negative",
        positions=("negative", "positive"),
        description="sign of quantities and amounts on credit notes",
        source=CONTRACT,
    ),
    Switch(
        name="optional_fields",
        default="sent",
        positions=("sent", "left_out"),
        description="DueDate, Period, FiscalYear, JournalCode and VatBreakdown come, or must be derived",
        source=CONTRACT,
    ),
    Switch(
        name="ledger_account_on_line",
        default=True,
        description="a line names its ledger account; else article and activity decide",
        source=CONTRACT,
    ),
    Switch(
        name="error_body",
        default="error_object",
        positions=("error_object", "message", "text", "empty"),
        description="what stands in the body of an error",
        source="docs.mendix.com/refguide/published-rest-operation/ (authors choose it)",
    ),
    Switch(
        name="write_back",
        default="both",
        positions=("both", "batch", "patch", "none"),
        description="POST /exportresults, PATCH per invoice, both or neither",
        source=CONTRACT,
    ),
    Switch(
        name="write_back_changes_date",
        default=True,
        description="a write-back moves the document's ChangedDate",
        source="docs.mendix.com/refguide/entities/ (changedDate is set on every commit)",
    ),
    Switch(
        name="export_moves",
        default="unclaimed",
        positions=("unclaimed", "claimed"),
        description="Ready and Failed may become Exported or Failed directly, or only what a run claimed may",
        source=CONTRACT,
    ),
    Switch(
        name="repeated_key",
        default="first_counts",
        positions=("first_counts", "last_counts"),
        description="another result under a key that was accepted is accepted and ignored, or looked at",
        source=CONTRACT,
    ),
    Switch(
        name="odata_page_size",
        default=10_000,
        description="rows per OData page before the next link",
        source="docs.mendix.com/refguide/published-odata-services/ (default 10 000)",
    ),
)
