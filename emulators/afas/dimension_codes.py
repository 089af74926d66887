"""KnDimCode: codes of the dimension axes.

Source: docs.afas.help/apidoc/nl, Financiële Inrichting, KnDimCode.
"""

from emulators.afas.books import Books
from emulators.afas.errors import Refused
from emulators.afas.shapes import Element, require


def put_code(books: Books, element: Element, method: str) -> list[dict[str, object]]:
    """Add or change a code of an axis that is in use; the answer has no body."""
    sent = element.fields
    known = books.find("Qubz_DimensionCodes", sent.get("AxId"), sent.get("VbCo"))
    if method == "POST":
        require(element)
    if (known is None) == (method == "PUT"):
        raise Refused("value_unknown" if known is None else "unexpected", field="Code verbijzondering")
    axis = next((row for row in books.rows("Qubz_DimensionCodes") if row["AxId"] == sent.get("AxId")), None)
    if axis is None:
        raise Refused("value_unknown", field="As")
    row = {"AxId": sent["AxId"], "AxDescription": axis["AxDescription"], "DimCode": sent["VbCo"]}
    if "Ds" in sent:
        row["CodeDescription"] = sent["Ds"]
    books.put("Qubz_DimensionCodes", row | {"Blocked": sent.get("Bl", bool(known and known["Blocked"]))})
    return []
