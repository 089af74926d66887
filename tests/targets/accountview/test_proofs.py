from dataclasses import replace
from decimal import Decimal
from typing import Any

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.proofs import Proofs
from finance_hooks.targets.accountview.wire import Tables
from tests.targets.accountview.page_rows import SALE, header, line
from tests.targets.accountview.samples import SAMPLES
from tests.targets.accountview.test_books import YEAR, Portal

S1 = SAMPLES["S1"]
SENT = replace(
    S1,
    gross=Decimal("121.00"),
    vat=Decimal("21.00"),
    gross_in_books=Decimal("121.00"),
    lines=(replace(S1.lines[0], amount=Decimal("100.00"), vat_amount=Decimal("21.00")),),
)
BOOKED = Booked(reference=S1.reference, id="2026/VRK/17", number="17", totals=Totals())
WHOLE = Totals(gross=Decimal("121.00"), vat=Decimal("21.00"), gross_in_books=Decimal("121.00"))


def page(**changes: Any) -> Tables:
    return {"DJ_PAGE": [header(HDR_DESC=f"Oktober [{S1.reference}]", **changes)], "DJ_LINE": [line()]}


def posted() -> Tables:
    return {"TRANSACT": SALE}


def prove(proofs: Proofs, portal: Portal, entry: Entry = SENT) -> Booked:
    return proofs.prove(portal, YEAR, entry, BOOKED)


def codes(portal: Portal) -> list[str]:
    return [question.listing.code for question in portal.asked]


def test_page_that_stands_as_sent_is_booked_with_its_totals() -> None:
    proofs, portal = Proofs(), Portal(DJ2=page(), GJ1=posted())

    assert prove(proofs, portal) == replace(BOOKED, totals=WHOLE)
    assert (proofs.closed, proofs.doubts, proofs.doubt(SENT)) == ({}, {}, ())


def test_ledger_is_asked_for_the_first_page_of_a_sort_only() -> None:
    proofs, portal = Proofs(), Portal(DJ2=page(), GJ1=posted())

    prove(proofs, portal)
    prove(proofs, portal)

    assert codes(portal) == ["DJ2", "GJ1", "DJ2"]


def test_ledger_that_does_not_hold_the_page_yet_is_asked_three_times() -> None:
    proofs, portal = Proofs(), Portal(DJ2=page())

    for _ in range(5):
        assert prove(proofs, portal).totals == WHOLE

    assert codes(portal).count("GJ1") == 3


def test_listing_that_shows_pages_is_asked_first_from_then_on() -> None:
    proofs, portal = Proofs(), Portal(DJ2P=page(), GJ1=posted())

    prove(proofs, portal)
    prove(proofs, portal)

    assert codes(portal) == ["DJ2", "DJ2P", "GJ1", "DJ2P"]


def test_page_that_only_the_ledger_shows_is_proved_there_each_time() -> None:
    proofs, portal = Proofs(), Portal(GJ1=posted())

    for _ in range(2):
        assert prove(proofs, portal).totals == Totals(gross=SENT.gross, gross_in_books=SENT.gross)

    assert codes(portal) == ["DJ2", "DJ2P", "GJ1"] * 2


def test_page_that_is_nowhere_stays_booked_by_the_answer() -> None:
    assert prove(Proofs(), Portal()) == BOOKED


def test_page_that_stands_on_another_day_closes_the_company() -> None:
    proofs = Proofs()

    outcome = prove(proofs, Portal(DJ2=page(TRN_DATE="2026-10-14T00:00:00")))

    assert outcome.totals == WHOLE
    assert "date 2026-10-14 instead of 2026-10-15" in proofs.closed["VB01"]


def test_page_that_was_misread_is_booked_with_what_the_ledger_says_and_stops_its_sort() -> None:
    proofs = Proofs()
    turned = [{**row, "AMOUNT": -row["AMOUNT"]} for row in SALE]

    outcome = prove(proofs, Portal(DJ2=page(), GJ1={"TRANSACT": turned}))

    assert outcome.totals.gross == Decimal("-121.00")
    (reason,) = proofs.doubt(S1)
    assert (reason.code, reason.document) == (ReasonCode.TARGET_CONFIGURATION, S1.number)
    assert "page VRK 17 of F2026-0042" in (reason.detail or "")
    assert proofs.doubt(SAMPLES["P3"]) == ()


def test_page_that_a_refusal_left_behind_is_told_with_what_stands() -> None:
    remains = Proofs().find_remains(Portal(DJ2=page(PAGE_AMT=Decimal("50.00"))), YEAR, SENT)

    assert remains is not None
    assert (remains.id, remains.number, remains.totals.gross) == ("2026/VRK/17", "17", Decimal("50.00"))


def test_refusal_that_left_nothing_behind_has_no_remains() -> None:
    assert Proofs().find_remains(Portal(), YEAR, SENT) is None
