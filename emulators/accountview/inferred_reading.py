"""Switches about reading: filters, paging, and the form of answers."""

from emulators.switches import Switch

READING_SWITCHES = (
    Switch(
        name="prefix_equal",
        default=True,
        description="Equal on text also finds what begins with the value, as FoxPro does with EXACT off.",
        source="inferred from FoxPro; a client compares again after reading",
    ),
    Switch(
        name="filter_case",
        default="sensitive",
        description="Whether filters on text heed capitals.",
        source="inferred from FoxPro",
        positions=("sensitive", "ignored"),
    ),
    Switch(
        name="plain_date_filter",
        default="refused",
        description="A filter value of type D or T without {^...}: refused, finds nothing, or works.",
        source="tried and commented out by a client's author",
        positions=("refused", "nothing", "works"),
    ),
    Switch(
        name="value_lists",
        default="refused",
        description="FilterIsListOfValuesN=true: refused, or the separator of the list.",
        source="the parameter exists; the separator is unknown",
        positions=("refused", "comma", "semicolon"),
    ),
    Switch(
        name="filter_expressions",
        default="system",
        description="Where the free Filter expression works: on system tables only, or on all.",
        source="seen on system tables; commented out on TRANSACT by a client's author",
        positions=("system", "all"),
    ),
    Switch(
        name="unknown_fields",
        default="ignored",
        description="A name in Fields that does not exist: left out, or the call is refused.",
        source="the Ruby gem asks for project.pro_stat and dct_fld.desc_fld, which do not exist",
        positions=("ignored", "refused"),
    ),
    Switch(
        name="page_size_missing",
        default="refused",
        description="A read without PageSize: refused, or 100 rows.",
        source="every client sends it; inferred",
        positions=("refused", "100"),
    ),
    Switch(
        name="largest_page",
        default=1000,
        description="Most rows a page holds.",
        source="1000 is the largest seen; no maximum is published",
    ),
    Switch(
        name="page_over_largest",
        default="capped",
        description="A PageSize above the largest page: capped without a word, or refused.",
        source="inferred",
        positions=("capped", "refused"),
    ),
    Switch(
        name="page_last_key",
        default="page_nrd",
        description="LastKey on DJ_PAGE: the PAGE_NRD of the last row, ignored (the same page comes "
        "again), or refused.",
        source="PAGE_NRD is labelled the unique combination; no client pages DJ_PAGE",
        positions=("page_nrd", "ignored", "refused"),
    ),
    Switch(
        name="posted_pages",
        default="both",
        description="Where pages stand once posted: in DJ2 and DJ2P, in DJ2P only, or in neither (GJ1 only).",
        source="inferred from a client that writes DJ2 and reads DJ2P",
        positions=("both", "dj2p", "gj1"),
    ),
    Switch(
        name="empty_result",
        default="empty_arrays",
        description="Answer when nothing fits: the tables with empty arrays, {}, [] or 404.",
        source="a client takes 200 and 404 as not found",
        positions=("empty_arrays", "object", "array", "404"),
    ),
    Switch(
        name="single_as_object",
        default=False,
        description="A table with one row comes as an object instead of an array.",
        source="a PHP client defends against it; the Go client's arrays say otherwise",
    ),
    Switch(
        name="fields_keep_system",
        default=False,
        description="CNG_*, INP_* and REC_ID come even when Fields does not ask for them.",
        source="a stored dictionary answer has them, perhaps from the client's own structs",
    ),
    Switch(
        name="trailing_blanks",
        default=False,
        description="Texts come padded to the width of their field.",
        source="inferred from FoxPro",
    ),
    Switch(
        name="empty_date",
        default="empty",
        description='An empty date comes as "", null, or 1899-12-30T00:00:00.',
        source='the Go client decodes ""; the rest is inferred',
        positions=("empty", "null", "1899"),
    ),
    Switch(
        name="whole_numbers",
        default="integer",
        description="Numeric fields without fraction come as 2 or as 2.0; currency always has a point.",
        source="both forms decode in clients; inferred",
        positions=("integer", "decimal"),
    ),
    Switch(
        name="answer_to_post",
        default="full",
        description="What a change answers: the rows as read, or keys only.",
        source="clients read INV_NR, PAGE_NR, SUB_NR and REC_ID from it; totals are inferred",
        positions=("full", "keys"),
    ),
    Switch(
        name="transact_sign",
        default="debit_positive",
        description="Sign of TRANSACT.AMOUNT.",
        source="inferred",
        positions=("debit_positive", "credit_positive"),
    ),
    Switch(
        name="relation_on_all_legs",
        default=False,
        description="Every row in TRANSACT bears SUB_NR and INV_NR of its page, not the collective "
        "account's only.",
        source="inferred",
    ),
    Switch(
        name="period_flag",
        default=True,
        description="PERIODS shows in PER_BLK which periods are closed.",
        source="inferred; the fields of PER are not public",
    ),
    Switch(
        name="journal_types",
        default="cash_first",
        description="DJ_TYPE: 1 cash 2 bank 3 purchase 4 sales 5 memorial, or 1 sales 2 purchase 3 cash "
        "4 bank 5 memorial.",
        source="the code list is not public; inferred",
        positions=("cash_first", "sales_first"),
    ),
)
