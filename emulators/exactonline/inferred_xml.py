"""Switches for facts about the XML upload, of which no vendor page speaks."""

from emulators.switches import Switch

XML_SWITCHES = (
    Switch(
        name="xml_control_line",
        default="optional",
        description="Whether XML entries need their own debtor or creditor line.",
        source="inferred; the one public writer sends it",
        positions=("optional", "required"),
    ),
    Switch(
        name="xml_vat_amount",
        default=True,
        description="Keep the VATAmount that a line of an XML entry states; off: VAT is computed.",
        source="the refusal of VAT lines that do not fit the VAT amounts tells that there are some; inferred",
    ),
    Switch(
        name="xml_including_value",
        default="contains_vat",
        description="Value of a line with an including VAT code: with the VAT in it as over REST, or net.",
        source="inferred; no public writer uses one",
        positions=("contains_vat", "net"),
    ),
    Switch(
        name="xml_default_vat_code",
        default=True,
        description="An XML line without a VAT element takes its ledger account's own code, as over REST.",
        source="inferred",
    ),
    Switch(
        name="xml_success_messages",
        default=True,
        description="Off: an upload speaks of what it refused only.",
        source="zangra-dev/ExactOnlineBundle reads some; empty Messages are seen for MatchSets",
    ),
    Switch(
        name="xml_error_messages",
        default="per_record",
        description="One message for each record that is refused, or one for each reason.",
        source="inferred",
        positions=("per_record", "per_fault"),
    ),
    Switch(
        name="xml_messages",
        default="in_order",
        description="Messages in the order of the records, the other way round, or without the last refusal.",
        source="inferred; what orders them is said nowhere",
        positions=("in_order", "reversed", "short"),
    ),
    Switch(
        name="xml_record_ms",
        default=50,
        description="Milliseconds a record of an upload takes, of the three minutes it may take; 0 = none.",
        source="inferred; clients report the three minutes only",
    ),
)
