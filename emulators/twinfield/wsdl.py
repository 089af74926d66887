"""Descriptions of the web services, each naming the address it was fetched from.

Source: the vendor's WSDLs.
"""

from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).with_name("wsdl_files")
PLACE = "{address}"


def describe(service: str, address: str) -> bytes:
    """Return the WSDL of a service at an address."""
    content = (FOLDER / f"{service}.xml").read_text(encoding="utf-8")
    return content.replace(PLACE, escape(address)).encode()
