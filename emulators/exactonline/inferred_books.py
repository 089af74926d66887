"""Switches for facts about bookkeeping that no vendor page settles."""

from emulators.exactonline.inferred_xml import XML_SWITCHES
from emulators.fiscal_years import FISCAL_YEAR_SWITCHES
from emulators.switches import Switch

HELP = "start.exactonline.nl/docs/HlpRestAPIResourcesDetails.aspx"

BOOKS_SWITCHES = (
    Switch(
        name="vat_rounding",
        default="per_line",
        description="How VAT is computed where the client sends none.",
        source="inferred; no vendor page says",
        positions=("per_line", "per_code"),
    ),
    Switch(
        name="vat_lines",
        default="per_code",
        description="One VAT line in TransactionLines per VAT code or per entry line.",
        source="recordings show one of each; inferred",
        positions=("per_code", "per_line"),
    ),
    Switch(
        name="rate_direction",
        default="dc_per_fc",
        description="Rate sent with an entry: division currency per foreign unit, or the other way round.",
        source=f"{HELP}?name=SalesEntrySalesEntryLines (AmountDC); FinancialExchangeRates says the opposite",
        positions=("dc_per_fc", "fc_per_dc"),
    ),
    Switch(
        name="credit_type_sign",
        default="negative",
        description="A credit note is a negative total, or a positive one sent with Type 21/31.",
        source="OpenStudio sends negative amounts; one client sends Type with positive ones",
        positions=("negative", "type"),
    ),
    Switch(
        name="credit_type",
        default="by_total",
        description="Type of an entry with a negative total: that of a credit note, or of an invoice.",
        source="OpenStudio sends Type 21 beside negative amounts; what Exact makes of none is inferred",
        positions=("by_total", "invoice"),
    ),
    Switch(
        name="header_vat_of_reverse",
        default="left_out",
        description="VATAmountFC of an entry: without shifted VAT, or with it; AmountFC stays net.",
        source="inferred; no recording has reverse charge",
        positions=("left_out", "counted"),
    ),
    Switch(
        name="honours_entry_id",
        default=False,
        description="Keep an EntryID that the client sends.",
        source="Pi-Systems/exact-online sends one; unproven",
    ),
    Switch(
        name="entry_number_range",
        default=True,
        description="Refuse an EntryNumber outside the journal's range YYJJ0001 to YYJJ9999.",
        source="recordings of June 2026 (24600006); inferred for what is outside",
    ),
    Switch(
        name="invoice_number_kept",
        default=True,
        description="Keep an InvoiceNumber that the client sends; off: Exact's own replaces it.",
        source="clients report replacement when the journal numbers automatically",
    ),
    Switch(
        name="duplicate_your_ref",
        default="allowed",
        description="Whether a purchase entry with the same supplier and YourRef is taken.",
        source="no server check found; clients look first",
        positions=("allowed", "refused"),
    ),
    Switch(
        name="foreign_guid",
        default="refuse",
        description="What happens to a line whose account is not in this division: refused, or dropped.",
        source="a consultancy's blog claims the drop",
        positions=("refuse", "drop"),
    ),
    Switch(
        name="text_too_long",
        default="refuse",
        description="A text beyond the field's length: refused with 500, or cut.",
        source="inferred",
        positions=("refuse", "cut"),
    ),
    Switch(
        name="description_length",
        default=60,
        description="Length of an entry's or line's Description.",
        source="60 seen as safe, 255 in the XML schema",
        positions=(60, 255),
    ),
    Switch(
        name="your_ref_length",
        default=30,
        description="Length of YourRef.",
        source="inferred",
    ),
    Switch(
        name="account_code_zeros",
        default=0,
        description="Digits, zeros in front, of an account code that Exact gives out; 0 = no zeros.",
        source="recordings of June 2026 show 7 in one division",
    ),
    Switch(
        name="closed_periods",
        default="auto",
        description="Closed periods as 2026/8, separated by blanks; auto = the third month back.",
        source="the emulator's own",
    ),
    *FISCAL_YEAR_SWITCHES,
    Switch(
        name="final_after_s",
        default=-1,
        description="Seconds after which an open entry counts as processed (Status 50); -1 = never.",
        source="the emulator's own",
    ),
    *XML_SWITCHES,
    Switch(
        name="sales_entry_put",
        default=True,
        description="Off: PUT on SalesEntries answers 405.",
        source="clients' issue threads: some tenants refuse it altogether",
    ),
)
