"""fields.csv and enums.csv are read strictly: every fault of both at once, with file and line."""

import shutil
from pathlib import Path

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.canonical import CANONICAL
from finance_hooks.sources.qubz.fields import FOLDER, read_field_tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("fields.csv", "enums.csv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> int:
    """Replace a text that stands there once; return its line number."""
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as raised:
        read_field_tables(folder)
    return str(raised.value).splitlines()


def test_shipped_tables_name_every_canonical_field() -> None:
    tables = read_field_tables()

    assert {resource: set(rules) for resource, rules in tables.fields.items()} == {
        resource: set(fields) for resource, fields in CANONICAL.items()
    }
    assert tables.members["DocumentType"]["Verkoopfactuur"] == "sales_invoice"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "salesinvoices,total_net,TotalNet,amount",
            "salesinvoices,total_net,TotalNet,text",
            "expected amount",
        ),
        ("salesinvoices,total_net,", "salesinvoices,total_nett,", "no canonical field total_nett"),
        ("relations,name,Name,text,yes,", "relations,name,Name,text,ja,", "expected yes or no"),
        ("paymentterms,days,Days", "terms,days,Days", "unknown resource terms"),
        (
            "memorials,status,Status,enum:Status,no,Final",
            "memorials,status,Status,enum:Status,no,Fnal",
            "Fnal",
        ),
        (
            "memorials,organisation,Organisation,text,yes,",
            "memorials,organisation,Organisation,text,yes",
            "6 cells",
        ),
        ("relations,vat_number,VatNumber", "relations,coc_number,VatNumber", "stands here twice"),
        ("memorials,lines,Lines,rows,yes,", "memorials,lines,Lines,rows,yes,[]", "rows have no default"),
        ("relations,vat_number,VatNumber", 'relations,vat_number,"VatNumber"s', "expected after"),
    ],
)
def test_fault_in_fields_is_named_with_its_line(folder: Path, old: str, new: str, expected: str) -> None:
    line = change(folder / "fields.csv", old, new)

    found = faults(folder)

    assert any(expected in fault for fault in found)
    assert any(f"fields.csv:{number}:" in fault for fault in found for number in (line, line + 1))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Status,Final,final", "Status,Final,finished", "Status has no member finished"),
        ("Status,Vervallen,cancelled", "State,Vervallen,cancelled", "unknown enum State"),
        ("Status,Definitief,final", "Status,Final,concept", "twice"),
    ],
)
def test_fault_in_enums_is_named_with_its_line(folder: Path, old: str, new: str, expected: str) -> None:
    line = change(folder / "enums.csv", old, new)

    assert any(f"enums.csv:{line}: " in fault and expected in fault for fault in faults(folder))


def test_all_faults_of_both_files_come_at_once(folder: Path) -> None:
    change(folder / "enums.csv", "Treatment,Margin,margin", "Treatment,Margin,marge")
    change(folder / "fields.csv", "vatcodes,rate,Rate,rate", "vatcodes,rate,Rate,date")
    change(folder / "fields.csv", "paymentterms,days,Days,integer,yes", "paymentterms,days,Days,integer,x")

    assert len(faults(folder)) == 3


def test_missing_row_is_named(folder: Path) -> None:
    change(folder / "fields.csv", "relations,vat_number,VatNumber,text,no,\n", "")

    assert faults(folder) == [
        "fields.csv: no row for relations vat_number; add one, source_path empty where the source has none"
    ]


@pytest.mark.parametrize("content", [b"", b"resource;canonical_field\n", b"\xff\xfe\n"])
def test_file_that_is_no_such_table_is_refused(folder: Path, content: bytes) -> None:
    (folder / "fields.csv").write_bytes(content)

    assert "fields.csv" in faults(folder)[0]


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    assert len(faults(tmp_path / "nowhere")) == 2
