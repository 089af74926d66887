"""The sample documents in AccountView's terms: what a page becomes in the ledger, to the cent."""

from tests.emulators.accountview_client import AccountViewClient, Body, line


def _page(answer_body: Body) -> Body:
    page: Body = answer_body["DJ_PAGE"][0]
    return page


def _s1_lines(vat: tuple[float, ...]) -> list[Body]:
    nets = (150.00, 12.50, 176.70, 6.75)
    accounts = ("8110", "8120", "8130", "8140")
    return [
        line(account, net, VAT_CODE="1", VAT_AMT=amount, COST_CODE="INZ")
        for account, net, amount in zip(accounts, nets, vat, strict=True)
    ]


def test_a_sale_becomes_revenue_vat_and_a_debtor(client: AccountViewClient) -> None:
    answer = client.sale(_s1_lines((31.50, 2.63, 37.10, 1.42)))

    page = _page(answer.json())
    assert (page["NETT_AMT"], page["PAGE_VAT"], page["PAGE_AMT"]) == (345.95, 72.65, 418.60)
    assert client.ledger("1", "VRK") == {
        "1210": 418.60,
        "8110": -150.00,
        "8120": -12.50,
        "8130": -176.70,
        "8140": -6.75,
        "1610": -72.65,
    }


def test_vat_computed_per_line_is_a_cent_more(client: AccountViewClient) -> None:
    client.switch(vat_amount="recomputed")

    page = _page(client.sale(_s1_lines((31.50, 2.63, 37.10, 1.42))).json())

    assert (page["PAGE_VAT"], page["PAGE_AMT"]) == (72.66, 418.61)


def test_a_sale_may_mix_reverse_charge_and_vat(client: AccountViewClient) -> None:
    answer = client.sale(
        [
            line("8310", 3307.20, VAT_CODE="4", VAT_AMT=0),
            line("8120", 185.00, VAT_CODE="1", VAT_AMT=38.85),
        ],
        SUB_NR="20007",
    )

    assert _page(answer.json())["PAGE_AMT"] == 3531.05
    assert client.ledger("1", "VRK") == {"1210": 3531.05, "8310": -3307.20, "8120": -185.00, "1610": -38.85}


def test_a_credit_note_is_a_page_with_negative_amounts(client: AccountViewClient) -> None:
    answer = client.sale(
        [
            line("8110", -18.75, VAT_CODE="1", VAT_AMT=-3.94, COST_CODE="INZ"),
            line("8140", -0.84, VAT_CODE="1", VAT_AMT=-0.17),
        ]
    )

    assert _page(answer.json())["PAGE_AMT"] == -23.70
    assert client.ledger("1", "VRK") == {"1210": -23.70, "8110": 18.75, "8140": 0.84, "1610": 4.11}


def test_goods_to_the_eu_bear_no_vat(client: AccountViewClient) -> None:
    answer = client.sale([line("8320", 2638.48, VAT_CODE="5", VAT_AMT=0)], SUB_NR="30010")

    assert _page(answer.json())["PAGE_VAT"] == 0
    assert client.ledger("1", "VRK") == {"1210": 2638.48, "8320": -2638.48}


def test_a_g_account_part_stands_on_the_page(client: AccountViewClient) -> None:
    lines = [line("8150", 2000, VAT_CODE="1", VAT_AMT=420)]

    page = _page(client.sale(lines, BLK_AMT=968).json())

    assert (page["BLK_AMT"], page["PAGE_AMT"]) == (968.0, 2420.0)


def test_a_self_billed_purchase_shifts_the_vat_that_is_sent(client: AccountViewClient) -> None:
    answer = client.purchase(
        [
            line("7110", 810.60, VAT_CODE="14", VAT_AMT=170.23),
            line("7110", 1147.00, VAT_CODE="14", VAT_AMT=240.87),
        ],
        DJ_CODE="IZF",
        SUB_NR="70007",
    )

    page = _page(answer.json())
    assert (page["PAGE_AMT"], page["PAGE_VAT"]) == (1957.60, 0)
    assert client.ledger("1", "IZF") == {"7110": 1957.60, "1620": 411.10, "1510": -1957.60, "1612": -411.10}


def test_a_purchase_with_shifted_vat_of_zero_shifts_nothing_unless_it_is_computed(
    client: AccountViewClient,
) -> None:
    lines = [line("7110", 1957.60, VAT_CODE="14", VAT_AMT=0)]

    client.purchase(lines)
    assert client.ledger("1", "INK") == {"7110": 1957.60, "1510": -1957.60}

    client.switch(reverse_charge_vat="computed", page_vat_of_reverse="shifted")
    page = _page(client.purchase(lines).json())
    assert (page["PAGE_AMT"], page["PAGE_VAT"]) == (1957.60, 411.10)
    assert client.ledger("2", "INK")["1612"] == -411.10

    client.switch(reverse_charge_vat="must_be_zero")
    assert client.purchase(lines).status_code == 200
    assert client.purchase([line("7110", 100, VAT_CODE="14", VAT_AMT=21)]).status_code == 400


def test_a_purchase_from_a_private_person_bears_no_vat(client: AccountViewClient) -> None:
    client.purchase([line("7120", 14.45, VAT_CODE="19", VAT_AMT=0)], SUB_NR="70060")

    assert client.ledger("1", "INK") == {"7120": 14.45, "1510": -14.45}


def test_a_purchase_becomes_cost_vat_and_a_creditor(client: AccountViewClient) -> None:
    client.purchase(
        [
            line("7010", 2422.56, VAT_CODE="11", VAT_AMT=508.74),
            line("7020", 988.80, VAT_CODE="11", VAT_AMT=207.65),
        ]
    )

    assert client.ledger("1", "INK") == {"7010": 2422.56, "7020": 988.80, "1620": 716.39, "1510": -4127.75}


def test_a_memorial_books_its_lines_as_they_are_signed(client: AccountViewClient) -> None:
    client.memorial([line("1250", 1250.00), line("8900", -1250.00)])
    assert client.ledger("1", "MEM") == {"1250": 1250.00, "8900": -1250.00}

    client.switch(memorial_sign="credit_positive")
    client.memorial([line("1250", 1250.00), line("8900", -1250.00)])
    assert client.ledger("2", "MEM") == {"1250": -1250.00, "8900": 1250.00}


def test_a_memorial_on_a_collective_account_makes_an_open_item(client: AccountViewClient) -> None:
    client.memorial([line("1210", 50, SUB_NR="10045", INV_NR="M1"), line("9999", -50)])

    assert client.read("OI4")["OPENITEM"][0]["ITEM_REST"] == 50.0


def test_a_gross_page_takes_vat_out_of_its_amounts(client: AccountViewClient) -> None:
    answer = client.sale([line("8120", 121, VAT_CODE="1", VAT_AMT=21)], GROSS_FLG=True)

    assert _page(answer.json())["PAGE_AMT"] == 121.0
    assert answer.json()["DJ_LINE"][0]["AMOUNT"] == 121.0
    assert client.ledger("1", "VRK") == {"1210": 121.0, "8120": -100.0, "1610": -21.0}


def test_vat_that_is_not_sent_is_computed_from_net_or_gross(client: AccountViewClient) -> None:
    client.sale([line("8120", 100, VAT_CODE="1")])
    assert client.ledger("1", "VRK")["1610"] == -21.0

    client.sale([line("8120", 121, VAT_CODE="1")], GROSS_FLG=True)
    assert client.ledger("2", "VRK")["8120"] == -100.0


def test_a_page_in_foreign_currency_is_booked_in_home_currency_too(client: AccountViewClient) -> None:
    lines = [line("8330", 920, VAT_CODE="7", VAT_AMT=0, CUR_AMT=1000, CUR_VAT=0)]

    answer = client.sale(lines, DJ_CODE="VRV", SUB_NR="40010", CUR_CODE="USD", EXCH_RATE=0.92)

    page = _page(answer.json())
    assert (page["CUR_CODE"], page["CUR_AMT"], page["PAGE_AMT"]) == ("USD", 1000.0, 920.0)
    assert client.ledger("1", "VRV") == {"1210": 920.0, "8330": -920.0}
    (entry,) = client.control("books?administration=VB01")["entries"]
    assert (entry["currency"], entry["rate"]) == ("USD", "0.92")


def test_vat_legs_come_per_code_or_per_line(client: AccountViewClient) -> None:
    lines = [line("8120", 100, VAT_CODE="1", VAT_AMT=21), line("8130", 10, VAT_CODE="1", VAT_AMT=2.1)]
    client.sale(lines)
    client.switch(vat_legs="per_line")
    client.sale(lines)

    rows = client.read("GJ1")["TRANSACT"]

    assert [row["AMOUNT"] for row in rows if row["ACCT_NR"] == "1610"] == [-23.1, -21.0, -2.1]


def test_transactions_may_be_signed_the_other_way_and_name_the_relation_everywhere(
    client: AccountViewClient,
) -> None:
    client.sale([line("8120", 100, VAT_CODE="1", VAT_AMT=21)])
    usual = client.read("GJ1")["TRANSACT"]
    assert [row["SUB_NR"] for row in usual] == ["", "", "10045"]

    client.switch(transact_sign="credit_positive", relation_on_all_legs=True)
    turned = client.read("GJ1")["TRANSACT"]

    assert [row["AMOUNT"] for row in turned] == [-row["AMOUNT"] for row in usual]
    assert [row["INV_NR"] for row in turned] == ["F1", "F1", "F1"]
    assert client.control("books?administration=VB01")["entries"][0]["lines"][0]["debit"] == "121.00"
    client.switch(relation_on_all_legs=False)
    assert client.read("GJ1")["TRANSACT"][0]["SUB_NR"] == ""
    client.switch(relation_on_all_legs=True, transact_sign="debit_positive")
    assert client.read("GJ1")["TRANSACT"][0]["AMOUNT"] == usual[0]["AMOUNT"]


def test_the_relations_own_collective_account_counts_when_it_is_of_the_right_kind(
    client: AccountViewClient,
) -> None:
    client.sale([line("8120", 1, VAT_CODE="3")], SUB_NR="99002")
    client.purchase([line("4410", 1, VAT_CODE="19")], SUB_NR="99002")

    assert client.ledger("1", "VRK")["1210"] == 1.0
    assert client.ledger("1", "INK")["1510"] == -1.0
