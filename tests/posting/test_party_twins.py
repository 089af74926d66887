"""Two parties may become one relation when a number says so, on the sides that the package keeps together."""

from dataclasses import replace

import pytest

from finance_hooks.model.masters import Party
from finance_hooks.model.party import PartySides, Role
from finance_hooks.posting.party_twins import may_be_one
from tests.posting.test_party_values import PARTY

D, C = Role.DEBTOR, Role.CREDITOR
TOGETHER = [PartySides.ONE_RELATION, PartySides.ONE_ORGANISATION]
STRANGER = replace(PARTY, number="88002", vat_number="NL112233016B01", coc_number="45678923")
SAME_VAT = replace(STRANGER, vat_number="NL112233004B01")
SAME_KVK = replace(STRANGER, coc_number="34567812")
NO_VALID_NUMBER = replace(STRANGER, vat_number="NL112233005B01", coc_number="1")


@pytest.mark.parametrize("sides", TOGETHER)
@pytest.mark.parametrize("other", [PARTY, SAME_VAT, SAME_KVK])
def test_both_sides_of_one_party_or_number_may_be_one_relation(sides: PartySides, other: Party) -> None:
    assert may_be_one(("88001", D), PARTY, (other.number, C), other, sides)


@pytest.mark.parametrize("other", [PARTY, SAME_VAT, SAME_KVK])
def test_a_package_that_keeps_sides_apart_makes_two_of_a_debtor_and_a_creditor(other: Party) -> None:
    assert not may_be_one(("88001", D), PARTY, (other.number, C), other, PartySides.SEPARATE)
    assert may_be_one(("88001", C), PARTY, (other.number, C), other, PartySides.SEPARATE)


@pytest.mark.parametrize("sides", PartySides)
@pytest.mark.parametrize("other", [STRANGER, NO_VALID_NUMBER])
def test_parties_without_a_valid_number_in_common_are_two(sides: PartySides, other: Party) -> None:
    assert not may_be_one(("88001", D), PARTY, (other.number, D), other, sides)
