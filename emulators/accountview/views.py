"""The rows that each business object shows, computed ones included."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from emulators.accountview import legs, periods
from emulators.accountview.books import AMSTERDAM, Books, Page, Row, page_key
from emulators.accountview.charts import KINDS
from emulators.accountview.dictionary import Shape, objects, tables
from emulators.accountview.lines import ZERO

OpenKey = tuple[str, str]
SALES_FIRST = ("sales", "purchase", "cash", "bank", "memorial")
ROLES = {"AR1": "D", "AP1": "C", "CON": ""}
ROOT_TABLE_TYPE = 2


@dataclass(slots=True, kw_only=True)
class Found:
    """Main rows, and the pages behind them where there are detail rows."""

    rows: list[Row]
    pages: Mapping[int, Page] = field(default_factory=dict)

    def details(self, shape: Shape, page: Iterable[Row]) -> dict[str, list[list[Row]]]:
        """Return the detail rows of each main row, by table."""
        behind = [self.pages.get(id(row)) for row in page]
        return {table: [_lines(table, each) for each in behind] for table in shape.details}


def rows(books: Books, shape: Shape) -> Found:
    """Return what a business object of the company shows in this book year."""
    if shape.table == "DJ_PAGE":
        pages = [page for page in books.pages() if _shows(books, shape.code, page)]
        return Found(rows=[page.header for page in pages], pages={id(page.header): page for page in pages})
    if shape.table == "TRANSACT":
        return Found(rows=_transact(books))
    if shape.table == "PERIODS":
        return Found(rows=periods.rows(books))
    if shape.table == "OPENITEM":
        return Found(rows=_open_items(books))
    listed = list(books.table(shape.table).values())
    if shape.table == "CONTACT":
        listed = [row for row in listed if ROLES[shape.code] in row["_roles"]]
    if shape.table == "DAILY":
        listed = [_journal(books, row) for row in listed]
    if shape.table == "LEDGER":
        listed = _balances(books, listed)
    return Found(rows=listed)


def system_rows(shape: Shape, administrations: list[Row]) -> Found:
    """Return what a system object shows."""
    if shape.table == "ADM_LIST":
        return Found(rows=administrations)
    return Found(rows=_fields() if shape.table == "DCT_FLD" else _files())


def administration_rows(books: Books) -> list[Row]:
    """Return the administrations of a company, one per book year."""
    company, switches = books.company, books.switches
    blocked = switches.text("administration_state") != "free"
    made = []
    for year in periods.book_years(company, books.clock, switches):
        entries = company.years[year].pages.values() if year in company.years else ()
        last = max((page.booked_at for page in entries), default=None)
        made.append(
            books.stamps("ADM_LIST")
            | {
                "ADM_CODE": periods.administration(company, year),
                "ADM_DESC": f"{company.description} {year}",
                "ADM_PREV": periods.administration(company, year - 1),
                "ATS_YEAR": str(year),
                "BOOK_DATE": last.astimezone(AMSTERDAM).replace(tzinfo=None) if last else None,
                "BLCK_USER": "BEHEER" if blocked else "",
                "ORG_ADM": switches.text("administration_state") == "reorganising",
            }
        )
    return made


def _lines(table: str, page: Page | None) -> list[Row]:
    return page.lines if page is not None and table == "DJ_LINE" else []


def _shows(books: Books, code: str, page: Page) -> bool:
    where = books.switches.text("posted_pages")
    if where == "both":
        return True
    posted = books.is_posted(page)
    return posted == (code == "DJ2P") if where == "dj2p" else not posted


def _transact(books: Books) -> list[Row]:
    usual = books.switches.text("transact_sign") == "debit_positive"
    everywhere = books.switches.on("relation_on_all_legs")
    found = [(page, leg) for page in books.pages() if books.is_posted(page) for leg in page.legs]
    if usual and not everywhere:
        return [leg for _, leg in found]
    return [_other_way(page, leg, usual=usual, everywhere=everywhere) for page, leg in found]


def _other_way(page: Page, leg: Row, *, usual: bool, everywhere: bool) -> Row:
    row = dict(leg)
    if not usual:
        row |= {name: -leg[name] for name in ("AMOUNT", "REV_AMT", "VAT_AMT", "BASE_AMT", "CUR_AMT")}
    if everywhere:
        row |= {name: leg[name] or page.header[name] for name in ("SUB_NR", "INV_NR")}
    return row


def _journal(books: Books, row: Row) -> Row:
    order = KINDS if books.switches.text("journal_types") == "cash_first" else SALES_FIRST
    following = str(books.year.last_numbers.get(row["DJ_CODE"], 0) + 1)
    return row | {
        "DJ_TYPE": Decimal(order.index(row["_kind"]) + 1),
        "PAGE_NR": following,
        "PAGE_NRV": Decimal(following),
        "PAGE_NRD": page_key(row["DJ_CODE"], following),
    }


def _balances(books: Books, listed: list[Row]) -> list[Row]:
    debit: dict[str, Decimal] = {}
    credit: dict[str, Decimal] = {}
    for page in books.pages():
        if books.is_posted(page):
            for leg in page.legs:
                side = debit if leg["AMOUNT"] > 0 else credit
                side[leg["ACCT_NR"]] = side.get(leg["ACCT_NR"], ZERO) + abs(leg["AMOUNT"])
    shown = []
    for row in listed:
        number = row["ACCT_NR"]
        amounts = debit.get(number, ZERO), credit.get(number, ZERO)
        shown.append(row | {"DR_AMT": amounts[0], "CR_AMT": amounts[1], "ACCT_BAL": amounts[0] - amounts[1]})
    return shown


def _open_items(books: Books) -> list[Row]:
    found: dict[OpenKey, Row] = {}
    today = books.now().date()
    for page in books.pages():
        if not books.is_posted(page):
            continue
        for leg in page.legs:
            if leg["SUB_NR"] and leg["INV_NR"] and legs.is_collective(books, leg):
                _add_open(found, leg, today)
    return list(found.values())


def _add_open(found: dict[OpenKey, Row], leg: Row, today: date) -> None:
    key = (leg["SUB_NR"], leg["INV_NR"])
    entry = found.setdefault(
        key,
        {
            "SUB_INV": f"{key[0]:<10}{key[1]}",
            "SUB_NR": key[0],
            "INV_NR": key[1],
            "DR_AMT": ZERO,
            "CR_AMT": ZERO,
            "CRED_DAYS": leg["CRED_DAYS"],
            "ITEM_AGE": (today - leg["TRN_DATE"]).days,
        },
    )
    entry["DR_AMT" if leg["AMOUNT"] > 0 else "CR_AMT"] += abs(leg["AMOUNT"])
    entry["ITEM_REST"] = entry["DR_AMT"] - entry["CR_AMT"]
    entry["ITEM_EXPDS"] = entry["ITEM_AGE"] - int(entry["CRED_DAYS"] or 0)


def _fields() -> list[Row]:
    listed = [field for table in tables().values() for field in table.values()]
    return [
        {
            "DCT_FLD_Id": place,
            "FLD_DESC": each.description,
            "FIELD_NAME": each.name,
            "DBF_NAME": each.table,
            "FIELD_LEN": Decimal(each.length),
            "FIELD_TYPE": each.kind,
            "INP_MAND": each.mandatory,
            "FLD_FMT": each.format,
            "FLD_MASK": each.mask,
            "COM_BLK": each.blocked,
        }
        for place, each in enumerate(sorted(listed, key=lambda field: (field.table, field.name)))
    ]


def _files() -> list[Row]:
    made: dict[str, Row] = {}
    for shape in objects().values():
        for table in (shape.table, *shape.details):
            own = table == shape.table
            row = made.setdefault(
                table,
                {
                    "DBF_NAME": table,
                    "DBF_DESC": shape.description if own else "",
                    "DBF_TYPE": ROOT_TABLE_TYPE,
                    "TBL_HDR": "" if own else shape.table,
                    "OBJ_CODE": "",
                    "TBL_CHILD": shape.details[0] if own and shape.details else "",
                    "NO_INSERT": not shape.may_insert,
                    "NO_UPDATE": not shape.may_update,
                    "NO_DELETE": not shape.may_delete,
                    "NO_XML_UPD": not shape.may_insert,
                },
            )
            if own and not row["OBJ_CODE"]:
                row["OBJ_CODE"] = shape.code
    return list(made.values())
