"""One night with every doubt about a relation there is: each parks its own documents, the others go on."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from finance_hooks.model.party import MatchedBy, Role
from finance_hooks.posting.report import Report
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import Relatives

TWICE, BY_VAT, BY_KVK, BLOCKED, UNFIT = "88011", "88012", "88013", "88014", "88015"
CREDITOR, NAMESAKE, OWN_ROW, COLLIDING, INVALID = "88016", "88017", "88018", "88019", "88020"
FIRST, SECOND = "88021", "88022"
NEW, NEW_TOO = "88023", "88024"
NAMES = {
    TWICE: "Dubbel B.V.",
    BY_VAT: "Elders B.V.",
    BY_KVK: "Kamer B.V.",
    BLOCKED: "Dicht B.V.",
    UNFIT: "Lang B.V.",
    CREDITOR: "Leverancier B.V.",
    NAMESAKE: "Naamgenoot B.V.",
    OWN_ROW: "Eigen Regel B.V.",
    COLLIDING: "Botsing B.V.",
    INVALID: "Ongeldig B.V.",
    FIRST: "Eerste Vestiging",
    SECOND: "Tweede Vestiging",
    NEW: "Nieuwe Vestiging",
    NEW_TOO: "Nieuw Filiaal",
}
VAT_NUMBERS = {
    TWICE: "NL112233004B01",
    BY_VAT: "NL112233016B01",
    CREDITOR: "NL112233028B01",
    OWN_ROW: "NL112233041B01",
    COLLIDING: "NL112233053B01",
    INVALID: "NL112233005B01",
    FIRST: "NL112233077B01",
    SECOND: "NL112233077B01",
    NEW: "NL112233089B01",
    NEW_TOO: "NL112233089B01",
}
SOMEBODY_ELSES = "NL112233065B01"
KVK = "23456781"


class Night:
    """What one administration's night made of it."""

    def __init__(self, relatives: Relatives, folder: Path) -> None:
        self.relatives = relatives
        put, own_code = relatives.put, relatives.own_code
        put("55511", vat_number=VAT_NUMBERS[TWICE])
        put("55512", vat_number=VAT_NUMBERS[TWICE])
        put("55521", vat_number=VAT_NUMBERS[BY_VAT])
        put("55531", registration_number=KVK)
        put(BLOCKED, NAMES[BLOCKED], blocked=True)
        put("55561", vat_number=VAT_NUMBERS[CREDITOR], roles=(Role.CREDITOR,))
        put("55571", NAMES[NAMESAKE])
        put("55581", "Gekozen door de boekhouder")
        put("55582", vat_number=VAT_NUMBERS[OWN_ROW])
        put(COLLIDING, vat_number=SOMEBODY_ELSES)
        put("55601", vat_number=VAT_NUMBERS[INVALID])
        put("55611", vat_number=VAT_NUMBERS[FIRST])
        relatives.mapping_row(folder, f"*,{OWN_ROW},debtor,{own_code('55581')},")
        self.invoices = {}
        for number, name in NAMES.items():
            kvk = KVK if number == BY_KVK else None
            debtor = relatives.kit.unfit_code if number == UNFIT else number
            vat = VAT_NUMBERS.get(number)
            relatives.put_party(number, Name=name, VatNumber=vat, CocNumber=kvk, DebtorNumber=debtor)
            self.invoices[number] = relatives.invoice(number)
        self.counts: Counter[str]
        self.report: Report
        self.counts, self.report = relatives.night()
        self.reasons = relatives.reasons()
        self.booked_on = relatives.booked_on()
        self.details = relatives.details()

    def reasons_of(self, party: str) -> list[str] | None:
        return self.reasons.get(self.invoices[party])

    def code_of(self, party: str) -> str | None:
        """Return the code that a party's invoice is booked on."""
        return self.booked_on.get(self.invoices[party])

    def matched_by(self, party: str) -> MatchedBy | None:
        link = self.relatives.link(party)
        return None if link is None else link.matched_by


@pytest.fixture(scope="module", params=["exact_nl", "twinfield_nl", "afas_nl", "accountview_nl"])
def night(
    request: pytest.FixtureRequest, module_store_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Night]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(module_store_url, request.param, monkeypatch)
        yield Night(Relatives(chain), tmp_path_factory.mktemp(request.param))
        chain.close()


def test_two_relations_with_one_vat_number_are_not_taken_and_both_are_told(night: Night) -> None:
    assert night.reasons_of(TWICE) == ["party_ambiguous"]
    assert "55511" in night.details
    assert "55512" in night.details


def test_relation_with_the_vat_number_is_found_and_booked_on_under_its_own_code(night: Night) -> None:
    assert night.matched_by(BY_VAT) is MatchedBy.VAT_NUMBER
    assert night.code_of(BY_VAT) == night.relatives.own_code("55521")


def test_relation_with_the_registration_number_is_found(night: Night) -> None:
    assert night.matched_by(BY_KVK) is MatchedBy.REGISTRATION_NUMBER
    assert night.code_of(BY_KVK) == night.relatives.own_code("55531")


def test_blocked_relation_parks_and_is_not_unblocked(night: Night) -> None:
    assert night.reasons_of(BLOCKED) == [night.relatives.kit.blocked_reason]


def test_code_that_the_package_does_not_number_by_parks_with_its_remedy(night: Night) -> None:
    assert night.reasons_of(UNFIT) == ["party_code_unfit"]


def test_creditor_who_is_needed_as_debtor_becomes_one_as_the_package_has_it(night: Night) -> None:
    target = night.relatives.chain.administration.target
    (was,) = [each for each in night.relatives.relations() if each.code == _creditor_code(night)]
    code = night.code_of(CREDITOR)
    (debtor,) = [
        each for each in night.relatives.relations() if each.code == code and Role.DEBTOR in each.roles
    ]

    assert Role.CREDITOR in was.roles
    if target == "exactonline":
        assert debtor.id == was.id
        assert debtor.roles == {Role.DEBTOR, Role.CREDITOR}
    else:
        assert debtor.code == night.relatives.own_code(CREDITOR)
        assert (debtor.id == was.id) is (target == "afas")


def _creditor_code(night: Night) -> str:
    return night.relatives.own_code("55561", Role.CREDITOR)


def test_name_that_agrees_is_proposed_and_never_taken(night: Night) -> None:
    assert night.reasons_of(NAMESAKE) == ["party_proposed"]
    assert "55571" in night.details


def test_row_of_its_own_wins_over_the_vat_number(night: Night) -> None:
    assert night.matched_by(OWN_ROW) is MatchedBy.ROW
    assert night.code_of(OWN_ROW) == night.relatives.own_code("55581")


def test_somebody_else_under_the_own_code_parks(night: Night) -> None:
    assert night.reasons_of(COLLIDING) == ["party_collides"]
    assert SOMEBODY_ELSES in night.details


def test_vat_number_that_is_not_valid_is_not_trusted_on_either_side(night: Night) -> None:
    assert night.matched_by(INVALID) is MatchedBy.CREATED
    assert night.code_of(INVALID) == night.relatives.own_code(INVALID)


def test_one_relation_is_never_linked_to_two_parties_by_a_number(night: Night) -> None:
    assert night.matched_by(FIRST) is MatchedBy.VAT_NUMBER
    assert night.reasons_of(SECOND) == ["party_ambiguous"]


def test_two_new_parties_with_one_number_do_not_both_get_a_relation_in_one_night(night: Night) -> None:
    assert night.matched_by(NEW) is MatchedBy.CREATED
    assert night.reasons_of(NEW_TOO) == ["party_ambiguous"]
    assert night.relatives.named(NAMES[NEW_TOO]) == []


def test_everything_else_is_booked_and_the_books_equal_the_source(night: Night) -> None:
    parked = {TWICE, BLOCKED, UNFIT, NAMESAKE, COLLIDING, SECOND, NEW_TOO}

    assert set(night.reasons) == {night.invoices[party] for party in parked}
    assert night.report.booked == len(NAMES) - len(parked)
    assert (night.report.unknown, night.report.waiting) == (0, 0)
    assert night.report.difference == 0


def test_no_event_names_anybody(night: Night) -> None:
    events = night.relatives.events()

    assert "party_linked" in events
    assert [name for name in [*NAMES.values(), "Iemand Anders"] if name in events] == []


def test_next_night_changes_nothing(night: Night) -> None:
    written = night.relatives.writing_calls()

    _, report = night.relatives.night("next")

    assert (report.booked, report.already_booked) == (0, night.report.booked)
    # What only the package could refuse is offered to it once more on another day at most.
    assert night.relatives.writing_calls() == written
