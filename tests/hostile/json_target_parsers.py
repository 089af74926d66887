"""The parsers of what Exact Online, AFAS and AccountView answer, as their hooks call them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from finance_hooks.targets.accountview import wire as accountview
from finance_hooks.targets.accountview.pages import TRANSACTION, read_pages
from finance_hooks.targets.accountview.readback import read_bookings as read_accountview_bookings
from finance_hooks.targets.accountview.responses import read_response as read_accountview_response
from finance_hooks.targets.accountview.responses import why_closed as why_accountview_closed
from finance_hooks.targets.afas import chart as afas_chart
from finance_hooks.targets.afas import wire as afas
from finance_hooks.targets.afas.readback import read_bookings as read_afas_bookings
from finance_hooks.targets.afas.responses import must_look_up
from finance_hooks.targets.afas.responses import read_response as read_afas_response
from finance_hooks.targets.afas.responses import why_closed as why_afas_closed
from finance_hooks.targets.exactonline import chart as exact_chart
from finance_hooks.targets.exactonline import wire as exact
from finance_hooks.targets.exactonline.parties import read_relations as read_exact_relations
from finance_hooks.targets.exactonline.readback import read_bookings as read_exact_bookings
from finance_hooks.targets.exactonline.responses import read_response as read_exact_response
from finance_hooks.targets.exactonline.responses import why_closed as why_exact_closed
from finance_hooks.transport.answer import Answer
from tests.hostile.parser import Parser, all_of
from tests.targets.accountview.page_rows import SALE as LEDGER
from tests.targets.accountview.page_rows import header, line
from tests.targets.accountview.sample_company import sample_company, sample_dictionary
from tests.targets.accountview.samples import SAMPLES as ACCOUNTVIEW_ENTRIES
from tests.targets.accountview.test_readback import YEAR
from tests.targets.accountview.test_responses import FAULT
from tests.targets.afas.sample_chart import TODAY, lists, sample_chart
from tests.targets.afas.samples import SAMPLES as AFAS_ENTRIES
from tests.targets.afas.test_readback import rows_of
from tests.targets.exactonline.samples import SAMPLES as EXACT_ENTRIES
from tests.targets.exactonline.test_chart import LISTS
from tests.targets.exactonline.test_readback import SALE

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
STATUSES = (200, 201, 400, 404, 429, 500, 503)
AFAS_LISTS = {name: rows[:3] for name, rows in lists().items()}
AFAS_CHART = sample_chart()
COMPANY, DICTIONARY = sample_company(), sample_dictionary()


def answers(content: bytes) -> list[Answer]:
    """Give the same body with every kind of status; a header says what the body says."""
    headers = {"Retry-After": content[:20].decode("latin-1")}
    return [Answer(status=status, headers=headers, body=content, url="https://x/y") for status in STATUSES]


def dumped(content: object) -> bytes:
    return json.dumps(content, default=float).encode()


def _exact_rows(content: bytes) -> object:
    page = exact.read_page(content)
    parts: list[Callable[[], object]] = [
        lambda: list(read_exact_bookings(page.rows)),
        lambda: read_exact_relations(page.rows),
        *(
            (
                lambda name=name: exact_chart.make_chart(
                    {"Code": 1} | dict.fromkeys(("Description", "Country", "Currency")),
                    LISTS | {name: page.rows},
                )
            )
            for name in LISTS
        ),
    ]
    return page.next_url, all_of(*parts, promised=exact.UNEXPECTED)


def _exact_answer(content: bytes) -> object:
    entry = EXACT_ENTRIES["S1"]
    return [
        (read_exact_response(each, entry, NOW), why_exact_closed(each, entry)) for each in answers(content)
    ]


def _afas_rows(content: bytes) -> object:
    page = afas.read_page(content)
    parts: list[Callable[[], object]] = [
        lambda: list(read_afas_bookings(page.rows, AFAS_CHART)),
        *(
            (
                lambda name=name: afas_chart.make_chart(
                    {"AdminId": 1, "AdminNm": "x"}, AFAS_LISTS | {name: page.rows}, None, today=TODAY
                )
            )
            for name in AFAS_LISTS
        ),
    ]
    return all_of(*parts, promised=afas.UNEXPECTED)


def _afas_answer(content: bytes) -> object:
    entry = AFAS_ENTRIES["S1"]
    return [
        (read_afas_response(each, entry, NOW), why_afas_closed(each, entry), must_look_up(each))
        for each in answers(content)
    ]


def _accountview_rows(content: bytes) -> object:
    tables = accountview.read_tables(content)
    parts: list[Callable[[], object]] = [
        lambda: list(read_accountview_bookings(YEAR, read_pages(tables), tables.get(TRANSACTION, ()))),
        *(
            (lambda name=name: sample_company(**{name: tables.get("ROWS", ())}))
            for name in ("journals", "ledger_accounts", "vat_codes", "cost_centres", "debtors")
        ),
    ]
    return all_of(*parts, promised=accountview.UNEXPECTED)


def _accountview_answer(content: bytes) -> object:
    entry = ACCOUNTVIEW_ENTRIES["S1"]
    return [
        (read_accountview_response(each, entry, DICTIONARY, NOW), why_accountview_closed(each, entry))
        for each in answers(content)
    ]


MADE = {
    "__metadata": {"uri": "https://x/api/v1/1234567/y"},
    "EntryID": "0f",
    "EntryNumber": 26700042,
    "AmountFC": 418.60000000000002,
    "AmountDC": 418.6,
    "VATAmountFC": 72.65,
}
PARSERS = (
    Parser(
        name="exactonline-rows",
        parse=_exact_rows,
        samples=(
            dumped(
                {"d": {"results": SALE, "__next": "https://start.exactonline.nl/api/v1/1/x?$skiptoken=1"}}
            ),
            *(dumped({"d": rows}) for rows in LISTS.values()),
        ),
        promised=(ValueError,),
    ),
    Parser(
        name="exactonline-answer",
        parse=_exact_answer,
        samples=(
            dumped({"d": MADE}),
            b'{"error":{"code":"","message":{"lang":"","value":"Ongeldige referentie: Dagboek"}}}',
        ),
    ),
    Parser(
        name="afas-rows",
        parse=_afas_rows,
        samples=(
            dumped({"skip": 0, "take": 100, "rows": rows_of(AFAS_ENTRIES["S1"], own=True)}),
            *(dumped({"rows": rows}) for rows in AFAS_LISTS.values()),
        ),
        promised=(ValueError,),
    ),
    Parser(
        name="afas-answer",
        parse=_afas_answer,
        samples=(
            b'{"results":{"FiEntryPar":{"UnId":"1","EnNo":"48301","InId":"F2026-0042"}}}',
            b'{"externalMessage":"Dagboek 20 bestaat niet","profitLogReference":"0A0A","retry_after":60}',
        ),
    ),
    Parser(
        name="accountview-rows",
        parse=_accountview_rows,
        samples=(
            dumped({"DJ_PAGE": [header()], "DJ_LINE": [line()], "TRANSACT": LEDGER}),
            dumped({"ROWS": [{"DJ_CODE": "VRK", "ACCT_NR": "8110", "VAT_CODE": "1", "COST_CODE": "I"}]}),
        ),
        promised=(ValueError,),
    ),
    Parser(
        name="accountview-answer",
        parse=_accountview_answer,
        samples=(
            b'{"DJ_PAGE":[{"PAGE_NR":"17","INV_NR":"F2026-0042"}],"DJ_LINE":[]}',
            dumped(FAULT),
        ),
    ),
)
