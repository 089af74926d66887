"""The resources of the finance export and the fields that have a type of their own on the wire."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One collection: its REST name, its OData set, its key, and what may be empty."""

    name: str
    entity_set: str
    key: str
    date_field: str | None = None
    optional: tuple[str, ...] = ()


INVOICE_OPTIONAL = (
    "DueDate",
    "Period",
    "FiscalYear",
    "JournalCode",
    "OriginalInvoiceNumber",
    "Reference",
    "BillingRun",
    "GAccountAmount",
    "ExchangeRate",
    "DeliveryDate",
    "DeliveryCountry",
)
LINE_OPTIONAL = (
    "ArticleCode",
    "ActivityCode",
    "CostCentre",
    "CostUnit",
    "WorkOrder",
    "ServiceLocation",
    "WeighTicket",
    "WasteStreamNumber",
    "EuralCode",
)
MEMORIAL_LINE_OPTIONAL = (
    "Description",
    "RelationNumber",
    "InvoiceNumber",
    "CostCentre",
    "CostUnit",
    "VatCode",
)
RELATION_OPTIONAL = (
    "DebtorNumber",
    "CreditorNumber",
    "CocNumber",
    "VatNumber",
    "Oin",
    "Iban",
    "InvoiceEmail",
    "PaymentTermCode",
    "DirectDebitMandate",
)

RESOURCES = {
    resource.name: resource
    for resource in (
        Resource(name="organisations", entity_set="Organisations", key="Code", optional=("GAccountIban",)),
        Resource(name="relations", entity_set="Relations", key="Number", optional=RELATION_OPTIONAL),
        Resource(name="articles", entity_set="Articles", key="Code"),
        Resource(
            name="ledgeraccounts",
            entity_set="LedgerAccounts",
            key="Code",
            optional=("RgsCode", "DefaultVatCode"),
        ),
        Resource(name="vatcodes", entity_set="VatCodes", key="Code", optional=("Rate",)),
        Resource(name="journals", entity_set="Journals", key="Code"),
        Resource(name="costcentres", entity_set="CostCentres", key="Code"),
        Resource(name="costunits", entity_set="CostUnits", key="Code"),
        Resource(name="paymentterms", entity_set="PaymentTerms", key="Code"),
        Resource(
            name="salesinvoices",
            entity_set="SalesInvoices",
            key="Id",
            date_field="InvoiceDate",
            optional=INVOICE_OPTIONAL,
        ),
        Resource(
            name="purchaseinvoices",
            entity_set="PurchaseInvoices",
            key="Id",
            date_field="InvoiceDate",
            optional=("SupplierInvoiceNumber", *INVOICE_OPTIONAL),
        ),
        Resource(
            name="memorials",
            entity_set="Memorials",
            key="Id",
            date_field="EntryDate",
            optional=("Description", "Period", "FiscalYear", "JournalCode", "Status"),
        ),
    )
}
RESOURCE_BY_ENTITY_SET = {resource.entity_set: resource for resource in RESOURCES.values()}
DOCUMENT_RESOURCES = ("salesinvoices", "purchaseinvoices", "memorials")

DATE_FIELDS = frozenset({"InvoiceDate", "DueDate", "EntryDate", "DeliveryDate"})
INSTANT_FIELDS = frozenset({"ChangedDate", "VisibleAt", "ExportedAt"})
SIGNED_FIELDS = frozenset(
    {
        "TotalNet",
        "TotalVat",
        "TotalGross",
        "GAccountAmount",
        "Quantity",
        "NetAmount",
        "Base",
        "Amount",
        "ReverseChargeAmount",
    }
)
DERIVED_FIELDS = frozenset({"DueDate", "Period", "FiscalYear", "JournalCode", "VatBreakdown"})
DUTCH_MEMBERS = {
    "DocumentType": {
        "SalesInvoice": "Verkoopfactuur",
        "SalesCreditNote": "Creditfactuur",
        "PurchaseInvoice": "Inkoopfactuur",
        "PurchaseCreditNote": "Inkoopcreditfactuur",
        "SelfBilledPurchase": "Zelffactuur",
        "SelfBilledCreditNote": "Zelfcreditfactuur",
    },
    "Status": {
        "Concept": "Concept",
        "ToCheck": "Te controleren",
        "Final": "Definitief",
        "Cancelled": "Vervallen",
    },
}
