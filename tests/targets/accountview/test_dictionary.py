from decimal import Decimal

from finance_hooks.targets.accountview.dictionary import find_faults, make_dictionary
from tests.targets.accountview.sample_company import LABELS, dictionary_rows, sample_dictionary

PAGE = sample_dictionary()["DJ_PAGE"]
FILLED = {"DJ_CODE": "VRK"}


def test_fields_are_kept_by_table_and_other_tables_are_left() -> None:
    rows = [*dictionary_rows(), {**dictionary_rows()[0], "DBF_NAME": "DJ_PAGEX"}]

    dictionary = make_dictionary(rows, ("DJ_PAGE", "DJ_LINE"))

    assert set(dictionary) == {"DJ_PAGE", "DJ_LINE"}
    assert dictionary["DJ_PAGE"]["INV_NR"].length == 12
    assert dictionary["DJ_PAGE"]["DJ_CODE"].label == LABELS["DJ_CODE"]
    assert dictionary["DJ_PAGE"]["HDR_DESC"].label == "HDR_DESC"


def test_text_may_be_as_long_as_its_field_and_no_longer() -> None:
    assert list(find_faults(FILLED | {"INV_NR": "1" * 12, "HDR_DESC": "d" * 40}, PAGE)) == []

    faults = list(find_faults(FILLED | {"INV_NR": "1" * 13, "HDR_DESC": "d" * 41}, PAGE))

    assert [(name, len(value or "")) for name, value, _ in faults] == [("INV_NR", 13), ("HDR_DESC", 41)]
    assert "12 characters" in faults[0][2]


def test_length_of_a_number_counts_no_characters() -> None:
    assert list(find_faults(FILLED | {"EXCH_RATE": Decimal("0.9185123456")}, PAGE)) == []


def test_field_that_this_version_lacks_is_named_where_it_is_needed() -> None:
    without = {name: field for name, field in PAGE.items() if name != "BLK_AMT"}

    assert list(find_faults(FILLED | {"BLK_AMT": None}, without)) == []
    ((name, value, sentence),) = find_faults(FILLED | {"BLK_AMT": Decimal("968.00")}, without)
    assert (name, value) == ("BLK_AMT", "968.00")
    assert "no field BLK_AMT" in sentence


def test_mandatory_field_of_the_customer_is_named_and_what_accountview_fills_is_not() -> None:
    own = dictionary_rows()[0] | {"FIELD_NAME": "U_EXTRA", "FLD_DESC": "Eigen veld", "INP_MAND": True}
    fields = make_dictionary([*dictionary_rows(), own], ("DJ_PAGE",))["DJ_PAGE"]

    ((name, value, sentence),) = find_faults(FILLED, fields)

    assert (name, value) == ("U_EXTRA", None)
    assert sentence == "Eigen veld (U_EXTRA) must be filled in"


def test_what_joins_header_and_lines_is_no_field() -> None:
    assert list(find_faults(FILLED | {"RowId": "1", "HeaderId": "1"}, PAGE)) == []
