"""Look at a row just enough to know which one it is and whether it was asked for."""

from datetime import date, datetime

from finance_hooks.sources.qubz.canonical import KEY_FIELDS
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.sources.qubz.paging import Row
from finance_hooks.sources.qubz.queries import Question
from finance_hooks.sources.qubz.received import digest_id
from finance_hooks.sources.qubz.rows import find
from finance_hooks.sources.qubz.values import read_value


def as_row(content: object, resource: str, contract: SourceContract) -> Row:
    """Give a row its key and age; one without a key of its own is known by its content."""
    key = text_of(content, resource, KEY_FIELDS[resource], contract)
    changed_at = _value(content, resource, "changed_at", contract)
    return Row(
        key=key or digest_id(write_json(content)),
        changed_at=changed_at if isinstance(changed_at, datetime) else None,
        content=content,
    )


def answers(content: object, question: Question, contract: SourceContract) -> bool:
    """Say whether a row was asked for, or sent along by a source that does not know the parameter.

    What cannot be read counts as asked for, so that people hear of it.
    """
    organisation = text_of(content, question.resource, "organisation", contract)
    if organisation is not None and organisation != question.organisation:
        return False
    if not question.is_dated:
        return True
    day = _value(content, question.resource, "document_date", contract)
    return question.holds(day if isinstance(day, date) else None)


def text_of(content: object, resource: str, canonical_field: str, contract: SourceContract) -> str | None:
    """Read one code of a row; `None` when it is missing or no text."""
    value = _value(content, resource, canonical_field, contract)
    return value if isinstance(value, str) else None


def _value(content: object, resource: str, canonical_field: str, contract: SourceContract) -> object:
    if not isinstance(content, dict):
        return None
    rule = contract.tables.fields[resource][canonical_field]
    raw = find(content, rule.source_path)
    # Dutch and Belgian days are the same days, so that the country does not matter here.
    return None if raw is None else read_value(rule.type, raw, contract.reading("NL"))
