"""VAT codes, dimensions and projects of ledger lines."""

import pytest

from tests.emulators.afas_client import AfasClient, Body, cost_centre, line, purchase, sale, text_of


def unassigned(axis: str, code: str) -> str:
    return f"Er is geen toewijzing voor {axis} '{code}' met rekening 8110 of de toewijzing is geblokkeerd"


def sold(**fields: object) -> list[Body]:
    lines = sale()
    lines[1]["Fields"] |= fields
    return lines


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"VaId": "99"},
            "(AntaObject) The foreignkey does not exist in the database. FieldId=VaId, ForeignkeyId=KnVat",
        ),
        ({"VaId": "19"}, "Btw-code 19 is geblokkeerd."),
        ({"VaId": "5"}, "Btw-code 5 is niet toegestaan in dagboek 20."),
        ({"VaId": None}, "Btw-code is verplicht voor rekening 8110"),
        ({"AcNr": "8290"}, "Btw is niet toegestaan voor rekening 8290"),
    ],
)
def test_a_vat_code_must_fit_account_and_journal(client: AfasClient, fields: Body, text: str) -> None:
    assert text_of(client.post(sold(**fields))) == text


def test_a_vat_code_may_be_left_out_by_switch_and_in_memorials(client: AfasClient) -> None:
    memorial = [
        line("1", "1340", "1.00"),
        line("1", "8110", credit="1.00", objects=cost_centre()),
    ]
    first = client.post(memorial, JoCo="80")
    client.switch(vat_code_required="never")

    assert first.status_code == 201
    assert client.post(sold(VaId=None)).status_code == 201


def test_a_vat_line_may_have_to_stand_on_its_codes_account(client: AfasClient) -> None:
    lines = sale()
    lines[2]["Fields"]["AcNr"] = "1511"
    unchecked = client.post(lines)
    client.switch(vat_line_account="checked")
    lines[0]["Fields"]["InId"] = "SI-2"

    assert unchecked.status_code == 201
    assert text_of(client.post(lines)) == "Rekening 1511 is niet de rekening van btw-code 1."
    assert client.post(sale("SI-3")).status_code == 201


def shifted(invoice: str, *, vat_lines: bool) -> list[Body]:
    lines = [
        line("3", "70007", credit="100.00", InId=invoice),
        line("1", "4710", "100.00", InId=invoice, VaId="7", objects=cost_centre("HANDEL")),
    ]
    if vat_lines:
        lines += [
            line("1", "1505", "21.00", InId=invoice, VaId="7"),
            line("1", "1520", credit="21.00", InId=invoice, VaId="7"),
        ]
    return lines


def test_how_shifted_vat_is_sent_is_a_switch(client: AfasClient) -> None:
    taken = {}
    for position in ("either", "vat_code_only", "two_lines"):
        client.switch(reverse_charge=position)
        taken[position] = [
            client.post(shifted(f"{position[:6]}{number}", vat_lines=bool(number)), JoCo="10").status_code
            for number in (0, 1)
        ]

    assert taken == {"either": [201, 201], "vat_code_only": [201, 500], "two_lines": [500, 201]}


def test_sums_of_vat_are_not_checked_as_the_vendors_samples_do_not_add_up(client: AfasClient) -> None:
    assert client.post(sale(net="115.00", vat="6.00")).status_code == 201


@pytest.mark.parametrize(
    ("objects", "text"),
    [
        ([], "Code verbijzondering voor as 'Kostenplaats' moet gevuld worden voor rekening 8110"),
        (
            cost_centre("NERGENS"),
            unassigned("kostenplaats", "NERGENS"),
        ),
        (
            cost_centre("OUD"),
            unassigned("kostenplaats", "OUD"),
        ),
        (
            cost_centre(DiC2="REST"),
            unassigned("kostendrager", "REST"),
        ),
        (cost_centre(AmDe=0, AmCr=0), "eErrFiEntryNoAmountOnEntryLine (AFASFiEntry)"),
        (
            cost_centre(AmDe=0, AmCr="99.99"),
            "Het verbijzonderde bedrag is niet gelijk aan het bedrag van de boekingsregel.",
        ),
        (
            cost_centre(AmDe="100.00"),
            "Het verbijzonderde bedrag is niet gelijk aan het bedrag van de boekingsregel.",
        ),
    ],
)
def test_a_cost_centre_must_be_there_and_fit(client: AfasClient, objects: list[Body], text: str) -> None:
    lines = sale()
    lines[1]["Objects"] = objects

    assert text_of(client.post(lines)) == text


def test_a_line_has_one_allocation_and_one_spread(client: AfasClient) -> None:
    lines = sale()
    lines[1]["Objects"] = cost_centre("INZ") + cost_centre("VERW")

    assert text_of(client.post(lines)) == "Per aanroep is precies een element 'FiDimEntries' toegestaan."


def test_a_spread_over_a_blocked_or_absent_period_is_refused(client: AfasClient) -> None:
    def posted(first: tuple[int, int], last: tuple[int, int]) -> str:
        fields = {"YeSt": first[0], "PeSt": first[1], "YeEn": last[0], "PeEn": last[1]}
        lines = sale()
        lines[1]["Objects"] = {"FiTransEntries": {"Element": {"Fields": fields}}, **cost_centre()[0]}
        answer = client.post(lines)
        return "" if answer.status_code == 201 else text_of(answer)

    assert posted((2026, 7), (2026, 9)).startswith(
        "Binnen de gekozen selectie is periode 8 van jaar 2026 geblokkeerd."
    )
    assert "bestaat periode 1 van jaar 2031 niet" in posted((2026, 9), (2031, 1))
    assert posted((2026, 9), (2027, 8)) == ""


def test_allocated_amounts_may_be_given_and_axes_not_in_use_are_ignored(client: AfasClient) -> None:
    lines = sale()
    lines[1]["Objects"] = cost_centre("inz", DiC3="LOG", AmDe=0, AmCr=100)

    assert client.post(lines).status_code == 201
    assert client.rows("Qubz_Transactions", orderbyfieldids="SeqNo")[1]["DimAx1"] == "INZ"
    assert client.rows("Profit_Balance_Allocated")[0]["Balance"] == -100.0


def test_a_code_on_an_account_without_the_axis_may_be_ignored(client: AfasClient) -> None:
    client.switch(dimension_without_axis="ignored")
    lines = sale()
    lines[1]["Objects"] = cost_centre(DiC2="REST")

    assert client.post(lines).status_code == 201
    assert client.rows("Qubz_Transactions", orderbyfieldids="SeqNo")[1]["DimAx2"] is None


def test_codes_and_assignments_can_be_made_on_the_way_but_not_by_a_refused_entry(client: AfasClient) -> None:
    lines = sale()
    lines[1]["Objects"] = cost_centre("NIEUW")

    without = client.post(lines, AdDc=True)
    refused = client.post([*lines, line("1", "1340", "1.00")], AdDc=True, AdDa="1")
    codes = [row["DimCode"] for row in client.rows("Qubz_DimensionCodes")]
    taken = client.post(lines, AdDc=True, AdDa=True)

    assert "geen toewijzing" in text_of(without)
    assert "niet in balans" in text_of(refused)
    assert "NIEUW" not in codes
    assert taken.status_code == 201
    assert client.post(sale("SI-2")).status_code == 201


def test_a_code_of_an_axis_can_be_added_and_changed(client: AfasClient) -> None:
    def body(**fields: object) -> Body:
        return {"KnDimCode": {"Element": {"@AxId": "1", "@VbCo": "NOORD", "Fields": fields}}}

    added = client.send(body(Ds="Noord"), "KnDimCode")
    changed = client.put("KnDimCode", body(Bl=True))
    row = client.rows(
        "Qubz_DimensionCodes", filterfieldids="DimCode", operatortypes="1", filtervalues="NOORD"
    )[0]

    assert (added.status_code, added.content, changed.status_code) == (201, b"", 201)
    assert (row["CodeDescription"], row["Blocked"]) == ("Noord", True)
    assert client.send(body(Ds="Noord"), "KnDimCode").status_code == 500
    assert (
        client.put("KnDimCode", {"KnDimCode": {"Element": {"@AxId": "1", "@VbCo": "X"}}}).status_code == 500
    )


def test_projects_are_asked_for_where_the_account_says(client: AfasClient) -> None:
    def posted(account: str, project: str | None, invoice: str = "SI-1") -> str:
        objects = [{"FiPrjEntries": {"Element": [{"Fields": {"PrId": project, "ItCd": "K01"}}]}}]
        lines = [
            line("2", "10045", "100.00", InId=invoice),
            line("1", account, credit="100.00", VaId="1", objects=objects if project else None),
        ]
        answer = client.post(lines)
        return "" if answer.status_code == 201 else text_of(answer)

    assert posted("8080", None) == "Projectboeking is verplicht voor grootboekrekening 8080."
    assert posted("8010", "300000") == "Projectboeking is niet toegestaan voor grootboekrekening 8010."
    assert posted("8080", "300009") == "De ingevulde waarde bij 'Project' bestaat niet"
    assert posted("8080", "300000") == ""


def test_where_vat_amounts_show_is_a_switch(client: AfasClient) -> None:
    client.post(purchase(), JoCo="10")
    shown = {}
    for position in ("vat_line", "net_line", "nowhere"):
        client.switch(vat_amount_on=position)
        rows = client.rows("Profit_Transactions", orderbyfieldids="SeqNo")
        shown[position] = [row["VatAmt"] for row in rows]

    assert shown == {
        "vat_line": [None, None, 21.0],
        "net_line": [None, 21.0, None],
        "nowhere": [None, None, None],
    }
