import pytest
from lxml import etree

from finance_hooks.targets.xml_file import write_xml_file


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1252", "windows-1252"),
        ("latin-1", "iso-8859-1"),
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_document_bears_every_character_in_every_encoding(encoding: str, declared: str) -> None:
    root = etree.Element("page")
    root.text = "Café € 漢 😀 <&>"

    content = write_xml_file(root, encoding)

    assert content.decode(encoding).startswith(f'<?xml version="1.0" encoding="{declared}"?>\n')
    assert etree.fromstring(content).text == root.text


def test_document_is_spread_over_lines_when_asked() -> None:
    root = etree.Element("page")
    etree.SubElement(root, "line")

    assert write_xml_file(root, "ascii", is_spread=True).endswith(b"<page>\n  <line/>\n</page>\n")
