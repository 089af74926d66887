"""Show how one version of a document differs from another, field by field, money to the cent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum

from finance_hooks.model.digest import NOT_IN_THE_BOOKS
from finance_hooks.model.document import Document, DocumentLine, VatAmount

LINES, VAT_AMOUNTS = "lines", "vat_amounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of the canonical form with what it was and what it is; `None` where there was nothing."""

    field: str
    before: str | None
    after: str | None


def compare_documents(before: Document, after: Document) -> tuple[FieldChange, ...]:
    """Name every field that reaches the books and differs.

    Lines are told apart by their number, the VAT by its code; where those repeat, by their order as well.
    """
    old, new = _flat(before), _flat(after)
    return tuple(
        FieldChange(field=name, before=old.get(name), after=new.get(name))
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    )


def _flat(document: Document) -> Mapping[str, str]:
    flat: dict[str, str] = {}
    for field in fields(document):
        if field.name in {LINES, VAT_AMOUNTS} | NOT_IN_THE_BOOKS:
            continue
        _put(flat, field.name, getattr(document, field.name))
    for name, part in _parts(document):
        for field in fields(part):
            _put(flat, f"{name}.{field.name}", getattr(part, field.name))
    return flat


def _parts(document: Document) -> Iterator[tuple[str, DocumentLine | VatAmount]]:
    seen: dict[str, int] = {}
    named: list[tuple[str, DocumentLine | VatAmount]] = []
    named += [(f"line {line.number}", line) for line in document.lines]
    named += [(f"VAT {vat.vat_code}", vat) for vat in document.vat_amounts]
    for name, part in named:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})", part


def _put(flat: dict[str, str], name: str, value: object) -> None:
    if value is not None:
        flat[name] = _write(value)


def _write(value: object) -> str:
    if isinstance(value, Decimal):
        return _write_number(value)
    return str(value.value if isinstance(value, Enum) else value)


def _write_number(number: Decimal) -> str:
    # The source may write 100 or 100.00: only another amount is a change.
    plain = format(number.normalize(), "f")
    whole, _, cents = plain.partition(".")
    return f"{whole}.{cents.ljust(2, '0')}"
