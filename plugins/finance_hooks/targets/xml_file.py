"""Write XML as a file in an encoding of choice."""

import codecs
from collections.abc import Mapping

from lxml import etree

NAMES: Mapping[str, str] = {"cp1252": "windows-1252", "iso8859-1": "iso-8859-1", "utf-8-sig": "utf-8"}
"""What XML calls codecs that Python calls otherwise."""


def write_xml_file(root: etree._Element, encoding: str, *, is_spread: bool = False) -> bytes:
    """Write a document; a character that the encoding lacks is written by its number.

    `is_spread` puts each element on a line of its own.
    """
    codec = codecs.lookup(encoding).name
    declaration = f'<?xml version="1.0" encoding="{NAMES.get(codec, codec)}"?>\n'
    text = etree.tostring(root, encoding="unicode", pretty_print=is_spread)
    return (declaration + text).encode(codec, errors="xmlcharrefreplace")
