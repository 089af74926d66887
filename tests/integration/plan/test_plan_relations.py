"""A plan knows which debtors and creditors the run makes first, which it changes, and which ones park."""

from collections.abc import Iterator

import pytest

from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.model.party import MatchedBy, PartyState, Role
from finance_hooks.posting.foresee import Besides, foresee
from finance_hooks.posting.held import look_ahead
from finance_hooks.posting.party_decision import what_happens
from finance_hooks.posting.plan import Plan
from finance_hooks.posting.plan_books import not_asked
from finance_hooks.posting.plan_relations import AskingParties
from finance_hooks.posting.planned import Place
from finance_hooks.posting.relating_parts import relations_of
from finance_hooks.store.decisions import Decision
from finance_hooks.store.party_links import StoredLink, put_link
from finance_hooks.store.sending_stops import stop
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import NUMBER, OTHER_VAT_NUMBER
from tests.integration.plan.comparing import Comparison, differences

BLOCKED, UNFIT, TWICE = "88014", "88015", "88011"
UNFIT_IN_TWINFIELD = "12345678901234567890"


@pytest.fixture(params=["exact_nl", "twinfield_nl", "afas_nl", "accountview_nl"])
def package(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Comparison]:
    chain = Chain(store_url, request.param, monkeypatch)
    yield Comparison(chain)
    chain.close()


def places(plan: Plan) -> dict[str, tuple[Place, list[str]]]:
    return {one.number: (one.place, [reason.code.value for reason in one.reasons]) for one in plan.planned}


def writes(plan: Plan) -> list[tuple[str, str, str]]:
    return [(what_happens(write), write.party, write.code) for write in plan.relations]


def test_new_debtor_is_planned_to_be_made_and_those_in_doubt_park(package: Comparison) -> None:
    relatives = package.relatives
    relatives.put_party()
    # Twinfield alone says that a code is not by its mask when it is written, which no plan does.
    code = UNFIT_IN_TWINFIELD if "twinfield" in package.chain.sync_id else relatives.kit.unfit_code
    relatives.put_party(UNFIT, Name="Lang B.V.", VatNumber=None, CocNumber=None, DebtorNumber=code)
    relatives.put_party(TWICE, Name="Dubbel B.V.", VatNumber=OTHER_VAT_NUMBER, CocNumber=None)
    relatives.put("55511", vat_number=OTHER_VAT_NUMBER)
    relatives.put("55512", vat_number=OTHER_VAT_NUMBER)
    new, unfit, twice = map(relatives.invoice, (NUMBER, UNFIT, TWICE))

    plan = package.plan()
    night = package.night()

    assert places(plan) == {
        new: (Place.BOOK, []),
        unfit: (Place.PARKED, ["party_code_unfit"]),
        twice: (Place.PARKED, ["party_ambiguous"]),
    }
    assert writes(plan) == [("creates", NUMBER, relatives.own_code())]
    assert relatives.writing_calls() == 1
    assert differences(plan, night) == []
    assert plan.uncounted == ()


def test_blocked_relation_parks(exact: Comparison) -> None:
    exact.relatives.put_party(BLOCKED, Name="Dicht B.V.", VatNumber=None, CocNumber=None)
    exact.relatives.put(BLOCKED, "Dicht B.V.", blocked=True)
    number = exact.relatives.invoice(BLOCKED)

    plan = exact.plan()
    night = exact.night()

    assert places(plan) == {number: (Place.PARKED, ["party_blocked"])}
    assert differences(plan, night) == []


@pytest.mark.parametrize(
    ("policy", "reasons"),
    [(RelationsPolicy.PROPOSE, ["party_not_written"]), (RelationsPolicy.OFF, ["code_refused"])],
)
def test_new_debtor_that_nobody_may_make_parks(
    exact: Comparison, policy: RelationsPolicy, reasons: list[str]
) -> None:
    exact.relatives.put_party()
    exact.relatives.policy(policy)
    number = exact.relatives.invoice()

    plan = exact.plan()
    if policy is RelationsPolicy.OFF:
        exact.chain.prepare()
        exact.chain.load_until_done()
        exact.chain.compare()
        night = exact.read()
    else:
        night = exact.night()

    assert places(plan) == {number: (Place.PARKED, reasons)}
    assert writes(plan) == []
    assert differences(plan, night) == []


def test_relation_that_changed_is_planned_to_be_updated_and_one_that_did_not_costs_no_call(
    exact: Comparison,
) -> None:
    exact.relatives.put_party()
    exact.relatives.invoice()
    exact.plan()
    exact.night("first")
    exact.relatives.invoice()
    quiet = exact.plan()
    exact.relatives.put_party(Name="Nieuwe Naam B.V.")

    changed = exact.plan()
    night = exact.night("second")

    assert quiet.counted is not None
    assert {calls.step for calls in quiet.counted.calls} == {"preflight", "load", "reconcile"}
    assert writes(changed) == [("updates", NUMBER, exact.relatives.own_code())]
    assert differences(changed, night) == []


def test_write_without_an_answer_lets_its_documents_wait_until_it_is_settled(exact: Comparison) -> None:
    chain = exact.chain
    exact.relatives.put_party()
    number = exact.relatives.invoice()
    unknown = StoredLink(
        state=PartyState.UNKNOWN,
        target_party=exact.relatives.own_code(),
        matched_by=MatchedBy.CREATED,
        sent_until=chain.now(),
    )
    with chain.engine.begin() as connection:
        stamp = chain.work("old").stamp(connection)
        put_link(connection, chain.administration, (NUMBER, Role.DEBTOR), unknown, stamp)

    young = exact.plan()
    chain.clock.sleep(chain.settings.settle_s + 1)
    settled = exact.plan()
    night = exact.night()

    assert places(young) == {number: (Place.WAITING, [])}
    assert writes(young) == []
    assert places(settled) == {number: (Place.BOOK, [])}
    assert differences(settled, night) == []


def test_no_relation_is_planned_to_be_made_while_sending_is_stopped(exact: Comparison) -> None:
    chain = exact.chain
    exact.relatives.put_party()
    number = exact.relatives.invoice()
    with chain.engine.begin() as connection:
        stop(connection, "exact_nl", Decision(who="a controller", why="to look first", at=chain.now()))

    plan = exact.plan()
    night = exact.night()

    assert (writes(plan), exact.relatives.writing_calls()) == ([], 0)
    assert places(plan) == {number: (Place.WAITING, [])}
    assert plan.counted is not None
    assert (plan.counted.count, night.changing_calls) == (night.calls, 0)


def test_plan_that_asks_nobody_says_that_relations_are_not_counted(exact: Comparison) -> None:
    exact.relatives.put_party()
    exact.relatives.invoice()
    planner = exact.planner
    work, mapping = planner.work(), planner.mapping()
    looked = look_ahead(work, exact.chain.source, mapping.masters, exact.chain.nightly())
    relations = relations_of(mapping, planner.target, work.business_date())
    foreseen = foresee(
        work,
        exact.chain.source,
        mapping,
        looked,
        Besides(parties=AskingParties(relations=relations)),
    )
    foresight = planner.target.foresee(
        exact.chain.bench.hook(), exact.chain.administration.target_administration
    )

    plan = planner.put_together(foreseen, not_asked(foreseen, "told so"), foresight)

    assert plan.uncounted == ("relations",)
    assert plan.places == {Place.BOOK: 1}
