"""The facts about AFAS that no page states, and what only an emulator has.

Sources name the page or client that says one thing; "inferred" says that none does.
"""

from emulators.afas.inferred_books import BOOKS_SWITCHES
from emulators.switches import Switch

SERVICE_SWITCHES = (
    Switch(
        name="environment_language",
        default="nl",
        positions=("nl", "en"),
        description="Language of texts when a call has no Accept-Language.",
        source="docs.afas.help: the base environment language",
    ),
    Switch(
        name="composed_texts",
        default="shown",
        positions=("shown", "strange"),
        description="Refusals whose words no page and no client shows have composed words, or others.",
        source="the emulator's own",
    ),
    Switch(
        name="revoked",
        default="",
        description="Credentials that no longer work, by name, separated by blanks: token, token_next, "
        "secret, secret_next.",
        source="the emulator's own",
    ),
    Switch(
        name="connector_auth",
        default="hybrid",
        positions=("hybrid", "classic", "oauth"),
        description="What the app connector takes: both, tokens only, or OAuth only.",
        source="docs.afas.help news-profit9; the answers of the two halves are inferred",
    ),
    Switch(
        name="skip_alone",
        default="everything",
        positions=("everything", "from_start", "refused"),
        description="Skip -1 with a take that is not -1: all rows, take from the start, or an error.",
        source="rmuit/PracticalAfas saw all rows whatever take is; afas-connector 0.1.5 sends it",
    ),
    Switch(
        name="plain_token_status",
        default=500,
        positions=(500, 401),
        description="Answer to a token that is not base64.",
        source="news-profit7 announces an error of class 500; the authentication page says 401",
    ),
    Switch(
        name="expires_in",
        default="number",
        positions=("number", "text"),
        description="expires_in is a number beside refresh_token null, or a text without refresh_token.",
        source="docs.afas.help authentication, copies of 2024 and 2026",
    ),
    Switch(
        name="ip_allowed",
        default=True,
        description="Off: the caller's address is not on the app connector's list, 403.",
        source="docs.afas.help troubleshooting",
    ),
    Switch(
        name="unauthorised_connector_status",
        default=500,
        positions=(500, 401),
        description="Answer for a connector that is not in the app connector.",
        source="clients saw 500 with a text; the vendor's specification says 401",
    ),
    Switch(
        name="missing_connectors",
        default="",
        description="Connectors, get or update, that are not in the app connector, separated by blanks.",
        source="the emulator's own",
    ),
    Switch(
        name="blocked_connectors",
        default="",
        description="GetConnectors whose definition is blocked, separated by blanks.",
        source="docs.afas.help get-connector-geblokkeerd",
    ),
    Switch(
        name="hidden_rows",
        default="",
        description="GetConnectors of which the user's authorisation hides every row, separated by blanks.",
        source="docs.afas.help: the user's rights filter the data without an error",
    ),
    Switch(
        name="unordered",
        default="shuffled",
        positions=("shuffled", "stable"),
        description="Order of rows that orderbyfieldids leaves open: another one each call, or the same.",
        source="docs.afas.help get-connector: it may differ between calls",
    ),
    Switch(
        name="take_cap",
        default=0,
        description="Most rows an answer has whatever take asks; 0 = no cap. take is echoed as asked.",
        source="inferred: no page names a cap",
    ),
    Switch(
        name="take_zero",
        default="no_rows",
        positions=("no_rows", "one_row"),
        description="What take=0 answers.",
        source="one row was seen by PracticalAfas",
    ),
    Switch(
        name="data_limit",
        default=150_000,
        description="Columns times rows from which an answer is 500 Out of memory; 0 = no limit.",
        source="docs.afas.help get-connector gives it as a rule of thumb",
    ),
    Switch(
        name="mixed_separators",
        default="or_of_ands",
        positions=("or_of_ands", "and_of_ors", "refused"),
        description="What a filter with both `,` and `;` means.",
        source="GarbageSlave/afas-connect sends the first, dutchgrit/afasclient the second",
    ),
    Switch(
        name="percent_wildcards",
        default="stripped",
        positions=("stripped", "literal"),
        description="Whether % around the value of operators 6 and 10 to 14 is a wildcard or text.",
        source="clients send them; the vendor's tables show none",
    ),
    Switch(
        name="text_case",
        default="insensitive",
        positions=("insensitive", "sensitive"),
        description="Whether texts, invoice numbers among them, are compared with regard to case.",
        source="inferred",
    ),
    Switch(
        name="zulu_filters",
        default="refused",
        positions=("refused", "taken"),
        description="What happens to a filter value that is a time with Z.",
        source="docs.afas.help: without Z; the answer is inferred",
    ),
    Switch(
        name="connector_ids",
        default="exact",
        positions=("exact", "any_case"),
        description="Whether connector ids in the address are matched with regard to case.",
        source="inferred; the rest of the path is not",
    ),
    Switch(
        name="invalid_json_status",
        default=400,
        positions=(400, 500),
        description='Answer to a body that is no JSON; both have {"message": "Invalid json"}.',
        source="tim-online/go-afas-profit-rest shows the body",
    ),
    Switch(
        name="throttle_status",
        default=503,
        positions=(503, 429),
        description="Answer when a limit is reached.",
        source="inferred: the vendor documents no 429",
    ),
    Switch(
        name="parallel_calls",
        default=8,
        description="Calls at once the environment takes; one more answers as a limit. 0 = no such limit.",
        source="docs.afas.help troubleshooting: at most 8; the answer is inferred",
    ),
    Switch(
        name="connection_close",
        default="taken",
        positions=("taken", "reset"),
        description="What a call with Connection: close gets: its answer, or a reset before it is done.",
        source="docs.afas.help troubleshooting names it as a cause of resets",
    ),
    Switch(
        name="classic_ends",
        default="",
        description="Day after which no token works any more, such as 2027-08-31.",
        source="docs.afas.help authentication, copy of September 2026",
    ),
    Switch(
        name="calls_per_minute",
        default=0,
        description="Calls a minute the environment takes; 0 = no such limit.",
        source="inferred: no figure is published",
    ),
    Switch(
        name="maintenance",
        default="",
        description="Hours of maintenance by the Dutch clock, such as 21:00-07:00; 503 meanwhile.",
        source="klant.afas.nl/sla: 21:00 to 07:00, announced",
    ),
    Switch(
        name="processing_s",
        default=0,
        description="Seconds the server works on an entry; from 900 it answers 500 after its own limit.",
        source="docs.afas.help troubleshooting (900 s)",
    ),
    Switch(
        name="timed_out_work",
        default="finishes",
        positions=("finishes", "rolled_back"),
        description="What becomes of an entry the server answered with its time limit.",
        source="inferred",
    ),
    Switch(
        name="journal_types",
        default="sales_1",
        positions=("sales_1", "sales_4"),
        description="JournalType codes of sales, cash and memorial: 1, 4, 5, or 4, 5, 1; purchase 2, bank 3.",
        source="purchase 2 and bank 3 seen at Moss; the others are inferred",
    ),
    Switch(
        name="periods_listed",
        default="all",
        positions=("all", "blocked_only"),
        description="Which periods Profit_periods_per_administration lists.",
        source="inferred; the vendor titles it Geblokkeerde perioden per administratie",
    ),
)
SWITCHES: tuple[Switch, ...] = SERVICE_SWITCHES + BOOKS_SWITCHES
