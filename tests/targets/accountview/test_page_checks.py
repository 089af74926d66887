from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.dictionary import make_dictionary
from finance_hooks.targets.accountview.page_checks import LARGEST_AMOUNT, check_page
from finance_hooks.targets.accountview.payload import make_page
from tests.targets.accountview.sample_company import ALL, dictionary_rows, sample_company
from tests.targets.accountview.samples import SAMPLES

S1 = SAMPLES["S1"]
COMPANY = sample_company()


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.number)
def test_page_of_a_sample_fits_the_dictionary(entry: Entry) -> None:
    assert check_page(entry, make_page(entry, Conventions()), COMPANY) == ()


def test_field_of_the_installation_that_is_shorter_is_named_in_our_words() -> None:
    rows = dictionary_rows(COST_CODE={"FIELD_LEN": 3})
    company = replace(COMPANY, dictionary=make_dictionary(rows, ("DJ_PAGE", "DJ_LINE")))

    reasons = check_page(S1, make_page(S1, Conventions()), company)

    assert [(reason.code, reason.field, reason.value, reason.line) for reason in reasons] == [
        (ReasonCode.FIELD_REFUSED, "cost_centre", "VERH", 2),
        (ReasonCode.FIELD_REFUSED, "cost_centre", "VERW", 3),
    ]


def test_mandatory_field_that_is_not_sent_keeps_its_own_name() -> None:
    own = dictionary_rows()[0] | {"FIELD_NAME": "U_EXTRA", "FLD_DESC": "Eigen veld", "INP_MAND": True}
    company = replace(COMPANY, dictionary=make_dictionary([*dictionary_rows(), own], ("DJ_PAGE", "DJ_LINE")))

    (reason,) = check_page(S1, make_page(S1, Conventions()), company)

    assert (reason.field, reason.line) == ("U_EXTRA", None)


def test_largest_amount_is_taken_and_a_cent_more_is_refused() -> None:
    def at(amount: Decimal) -> Entry:
        line = replace(S1.lines[0], amount=amount, source_lines=())
        return replace(S1, lines=(line,))

    assert check_page(at(LARGEST_AMOUNT), make_page(at(LARGEST_AMOUNT), Conventions()), COMPANY) == ()
    beyond = at(-LARGEST_AMOUNT - Decimal("0.01"))
    (reason,) = check_page(beyond, make_page(beyond, Conventions()), COMPANY)
    assert (reason.field, reason.line) == ("amount", 1)
