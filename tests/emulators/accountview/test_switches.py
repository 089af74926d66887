"""What is inferred about booking stands the other way round when its switch is moved."""

from pathlib import Path

from emulators.accountview.inferred import SWITCHES
from tests.emulators.accountview_client import AccountViewClient, line, message, page_body

README = Path(__file__).parents[3] / "emulators" / "accountview" / "README.md"
LINES = [line("8120", 100, VAT_CODE="1", VAT_AMT=21)]
DOLLARS = {"DJ_CODE": "VRV", "SUB_NR": "40010", "CUR_CODE": "USD"}


def test_every_switch_stands_in_the_readme_with_its_default_and_has_a_source() -> None:
    text = README.read_text(encoding="utf-8")

    for switch in SWITCHES:
        assert f"| `{switch.name}` | `{str(switch.default).lower()}` |" in text, switch.name
        assert switch.source


def test_a_line_may_need_its_own_date(client: AccountViewClient) -> None:
    client.switch(line_date="required")

    assert message(client.sale(LINES)) == "Regel 1: Mutatiedatum moet worden ingevoerd"
    assert client.sale([LINES[0] | {"TRN_DATE": "2026-10-30"}]).status_code == 200


def test_a_line_without_vat_code_may_take_the_accounts(client: AccountViewClient) -> None:
    bare = [line("8120", 100)]
    assert client.sale(bare).json()["DJ_LINE"][0]["VAT_CODE"] == ""

    client.switch(ledger_vat_default="applied")
    answer = client.sale(bare).json()

    assert (answer["DJ_LINE"][0]["VAT_CODE"], answer["DJ_PAGE"][0]["PAGE_VAT"]) == ("1", 21.0)
    assert client.memorial([line("1250", 100), line("8900", -100)]).status_code == 400


def test_the_type_of_a_vat_code_may_be_left_unchecked(client: AccountViewClient) -> None:
    client.switch(vat_type_checked=False)

    assert client.sale([line("8120", 100, VAT_CODE="11", VAT_AMT=21)]).status_code == 200


def test_vat_may_be_checked_with_some_room(client: AccountViewClient) -> None:
    client.switch(vat_amount="checked")

    assert client.sale([line("8120", 100, VAT_CODE="1", VAT_AMT=21.05)]).status_code == 200
    refused = client.sale([line("8120", 100, VAT_CODE="1", VAT_AMT=21.06)])
    assert message(refused) == "Regel 1: BTW-bedrag moet 21.00 zijn"


def test_negative_pages_may_be_refused(client: AccountViewClient) -> None:
    client.switch(negative_pages="refused")

    assert "negatief" in message(client.sale([line("8120", -100, VAT_CODE="1", VAT_AMT=-21)]))


def test_purchases_may_be_signed_the_other_way(client: AccountViewClient) -> None:
    client.switch(purchase_sign="negative")

    client.purchase([line("7010", -100, VAT_CODE="11", VAT_AMT=-21)])

    assert client.ledger("1", "INK") == {"7010": 100.0, "1620": 21.0, "1510": -121.0}


def test_a_journal_may_take_any_currency(client: AccountViewClient) -> None:
    client.switch(journal_currency="free")
    lines = [line("8330", 92, CUR_AMT=100, VAT_CODE="7")]

    answer = client.sale(lines, SUB_NR="40010", CUR_CODE="USD", EXCH_RATE=0.92)

    assert answer.status_code == 200


def test_the_rate_may_be_foreign_units_per_home_unit(client: AccountViewClient) -> None:
    lines = [line("8330", 92, CUR_AMT=100, VAT_CODE="7")]
    assert client.sale(lines, EXCH_RATE=0.92, **DOLLARS).status_code == 200

    client.switch(rate_direction="foreign_per_home")
    assert "past niet bij de valutakoers" in message(client.sale(lines, EXCH_RATE=0.92, **DOLLARS))
    assert client.sale(lines, EXCH_RATE=1.08695652, **DOLLARS).status_code == 200


def test_home_amounts_may_be_kept_or_computed_again(client: AccountViewClient) -> None:
    lines = [line("8330", 93, CUR_AMT=100, VAT_CODE="7")]
    assert client.sale(lines, EXCH_RATE=0.92, **DOLLARS).status_code == 400

    client.switch(currency_amounts="kept")
    kept = client.sale(lines, EXCH_RATE=0.92, **DOLLARS).json()
    client.switch(currency_amounts="recomputed")
    computed = client.sale(lines, EXCH_RATE=0.92, **DOLLARS).json()

    assert (kept["DJ_PAGE"][0]["PAGE_AMT"], computed["DJ_PAGE"][0]["PAGE_AMT"]) == (93.0, 92.0)


def test_foreign_amounts_are_needed_and_home_amounts_follow(client: AccountViewClient) -> None:
    missing = client.sale([line("8330", 92, VAT_CODE="7")], EXCH_RATE=0.92, **DOLLARS)
    only_foreign = [{"ACCT_NR": "8340", "CUR_AMT": 100, "CUR_VAT": 21, "VAT_CODE": "1"}]

    followed = client.sale(only_foreign, EXCH_RATE=0.92, **DOLLARS).json()["DJ_PAGE"][0]

    assert "Valutabedrag moet worden ingevoerd" in message(missing)
    assert (followed["PAGE_AMT"], followed["PAGE_VAT"], followed["CUR_AMT"]) == (111.32, 19.32, 121.0)
    assert client.ledger("1", "VRV")["1210"] == 111.32


def test_a_date_outside_the_book_year_may_be_taken_into_it(client: AccountViewClient) -> None:
    client.switch(date_outside_year="taken")

    assert client.sale(LINES, TRN_DATE="2025-12-31").status_code == 200
    (entry,) = client.control("books?administration=VB01")["entries"]
    assert (entry["date"], entry["period"]) == ("2025-12-31", "2026/12")


def test_the_period_may_have_to_be_that_of_the_date(client: AccountViewClient) -> None:
    assert client.sale(LINES, PERIOD=11).json()["DJ_PAGE"][0]["PERIOD"] == 11
    client.switch(period_outside_date="refused")

    assert "valt niet in periode 11" in message(client.sale(LINES, PERIOD=11))


def test_closed_periods_can_be_chosen_and_hidden(client: AccountViewClient) -> None:
    assert [row["PERIOD"] for row in client.read("PER")["PERIODS"] if row["PER_BLK"]] == [8]

    client.switch(closed_periods="2026/10 2025/1", period_flag=False)
    assert "Periode 10" in message(client.sale(LINES))
    assert client.sale(LINES, TRN_DATE="2026-08-31").status_code == 200
    assert not any(row["PER_BLK"] for row in client.read("PER")["PERIODS"])
    header = {"DJ_CODE": "VRK", "SUB_NR": "10045", "INV_NR": "F1", "HDR_DESC": "x"}
    january = page_body(header, LINES) | {"BookDate": "2025-01-15"}
    assert "boekjaar 2025 is geblokkeerd" in message(client.send("POST", january))
