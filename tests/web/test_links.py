"""What a link's line says: the facts, how bad it is, and what somebody has to do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from finance_hooks.mapping.administrations import AdministrationRow, read_administrations
from finance_hooks.mapping.problems import Problem, said
from finance_hooks.store.overview import Consent, LastRun, Unbooked
from finance_hooks.store.sending_stops import EVERY
from finance_hooks.web.links import EXPLAINED, Health, Standing, make_link
from finance_hooks.web.texts import texts

PARKED = Unbooked(by_state={"parked": 1}, parked_since=None)
NOW = datetime(2026, 11, 29, 6, 0, tzinfo=UTC)
ROW = next(row for row in read_administrations() if row.sync_id == "exact_nl")
RUN = LastRun(
    run_id="night",
    started_at=NOW - timedelta(hours=3),
    concluded_at=NOW - timedelta(hours=2),
    report={"booked": 35, "difference": "0.00"},
)
CONSENT = Consent(obtained_at=NOW - timedelta(minutes=5), needs_consent_since=None, needs_consent_why=None)
FINE = Standing(
    runs={"exact_nl": RUN},
    unbooked={},
    consents={"exact_nl": CONSENT},
    stops={},
    next_runs={"exact_nl": NOW + timedelta(hours=21)},
    unusable={},
    now=NOW,
)


def advised(standing: Standing) -> list[tuple[str, Health]]:
    return [(one.key, one.health) for one in make_link(ROW, standing).advice]


def test_link_in_order_says_what_its_last_night_did_and_asks_for_nothing() -> None:
    link = make_link(ROW, FINE)

    assert (link.organisation, link.target, link.country) == ("100", "Exact Online", "NL")
    assert (link.booked, link.parked, link.difference) == (35, 0, Decimal("0.00"))
    assert (link.needs_consent, link.consent, link.next_run) == (True, CONSENT, NOW + timedelta(hours=21))
    assert (link.health, link.advice) == (Health.OK, ())


def test_row_that_is_wrong_says_what_is_wrong_with_it_and_nothing_else() -> None:
    what = said("cell_wrong", column="country", text="XX", wrong=said("no_country"))
    problem = Problem(file="administrations.csv", line=3, what=what, remedy=said("correct_row"))
    row = AdministrationRow(sync_id="exact_nl", administration=None, problems=(problem,))

    link = make_link(row, FINE)

    assert [one.key for one in link.advice] == ["links.row_wrong"]
    assert link.advice[0].values["problems"] == (problem,)
    assert (link.health, link.organisation, link.target) == (Health.WRONG, "", "")


@pytest.mark.parametrize("whose", ["exact_nl", EVERY])
def test_stop_is_named_with_its_reason(whose: str) -> None:
    link = make_link(ROW, replace(FINE, stops={whose: "year end"}))

    assert [(one.key, one.values) for one in link.advice] == [("links.stopped", {"why": "year end"})]


def test_stop_of_another_administration_does_not_matter() -> None:
    assert advised(replace(FINE, stops={"afas_nl": "year end"})) == []


def test_connection_that_cannot_be_used_is_named_with_its_reason() -> None:
    why = "Airflow has no connection exactonline_nl."

    (advice,) = make_link(ROW, replace(FINE, unusable={"exact_nl": why})).advice

    assert (advice.key, advice.health, advice.values) == ("links.unusable", Health.WRONG, {"why": why})


def test_consent_that_was_never_given_or_is_gone_has_to_be_given() -> None:
    gone = replace(CONSENT, needs_consent_since=NOW, needs_consent_why="invalid_grant")

    assert advised(replace(FINE, consents={"exact_nl": None})) == [("links.never_authorised", Health.WRONG)]
    assert advised(replace(FINE, consents={"exact_nl": gone})) == [("links.consent_gone", Health.WRONG)]


def test_package_that_needs_no_consent_asks_for_none() -> None:
    link = make_link(ROW, replace(FINE, consents={}))

    assert (link.needs_consent, link.advice) == (False, ())


def test_night_that_was_missed_or_never_was_is_named() -> None:
    late = replace(RUN, started_at=NOW - timedelta(hours=27))

    assert advised(replace(FINE, runs={"exact_nl": late})) == [("links.night_missed", Health.WRONG)]
    assert advised(replace(FINE, runs={})) == [("links.never_ran", Health.WARNING)]


def test_run_that_goes_on_has_no_figures_yet() -> None:
    link = make_link(ROW, replace(FINE, runs={"exact_nl": replace(RUN, concluded_at=None, report={})}))

    assert (link.booked, link.difference, link.advice) == (None, None, ())


def test_difference_between_source_and_books_is_named_with_its_amount() -> None:
    run = replace(RUN, report={"booked": 35, "difference": "-0.01"})

    link = make_link(ROW, replace(FINE, runs={"exact_nl": run}))

    assert [(one.key, one.values, one.path) for one in link.advice] == [
        ("links.difference", {"amount": Decimal("-0.01")}, "/reconciliation/exact_nl")
    ]


def test_unclear_and_parked_documents_are_counted() -> None:
    unbooked = Unbooked(by_state={"unknown": 2, "sending": 1, "parked": 4, "pending": 9}, parked_since=NOW)

    link = make_link(ROW, replace(FINE, unbooked={"exact_nl": unbooked}))

    assert [(one.key, one.values, one.path) for one in link.advice] == [
        ("links.unclear", {"count": 3}, "/documents?sync_id=exact_nl&state=unclear"),
        ("links.parked", {"count": 4}, "/documents?sync_id=exact_nl&state=parked"),
    ]
    assert (link.parked, link.health) == (4, Health.WARNING)


def test_documents_in_files_are_counted_and_lead_to_the_files() -> None:
    standing = replace(FINE, unbooked={"exact_nl": Unbooked(by_state={"delivered": 4}, parked_since=None)})

    (one,) = make_link(ROW, standing).advice

    assert (one.key, one.health, one.values) == ("links.delivered", Health.OK, {"count": 4})
    assert one.path == "/links/exact_nl/files"


def test_what_the_runbook_explains_has_its_anchor() -> None:
    (parked,) = make_link(ROW, replace(FINE, unbooked={"exact_nl": PARKED})).advice
    (stopped,) = make_link(ROW, replace(FINE, stops={"exact_nl": "year end"})).advice

    assert (parked.explained_as, stopped.explained_as) == ("parked", None)


def test_every_text_that_the_runbook_explains_is_there() -> None:
    assert set(EXPLAINED) <= set(texts("nl"))
