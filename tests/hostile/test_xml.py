"""XML declares no type, brings nothing along from elsewhere, and does not grow while it is read."""

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.twinfield.wire import SOAP, read_body, read_document, read_fault
from tests.hostile.parsers import PARSERS

READERS = ("twinfield-document", "twinfield-body", "audit-file")
LAUGHS = "".join(
    f"<!ENTITY l{level} '{f'&l{level - 1};' * 10}'>" if level else "<!ENTITY l0 'lol'>" for level in range(12)
)
TYPES = {
    "an external entity": "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "an entity on the network": "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]>",
    "an external type": "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'>",
    "a parameter entity": "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/p'> %p;]>",
    "a bomb of entities": f"<!DOCTYPE a [{LAUGHS}<!ENTITY x '&l11;'>]>",
    "nothing but its name": "<!DOCTYPE a>",
}
USES = {name: "<desc>&x;</desc>" if "ENTITY x" in declared else "" for name, declared in TYPES.items()}
REFUSALS = (ValueError, ConfigurationError)


def whole(name: str, inner: str, declared: str = "") -> bytes:
    if name == "audit-file":
        return f"{declared}<auditfile><header>{inner}</header></auditfile>".encode()
    return f"{declared}<s:Envelope xmlns:s='{SOAP}'><s:Body><a>{inner}</a></s:Body></s:Envelope>".encode()


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("kind", TYPES)
def test_document_that_declares_a_type_is_refused(name: str, kind: str) -> None:
    outcome = PARSERS[name].try_out(whole(name, USES[kind], TYPES[kind]))

    assert isinstance(outcome, REFUSALS)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 100_000,
        "<a>" * 1_000 + "</a>" * 1_000,
        f"<a>{'x' * 11_000_000}</a>",
        "&nothing;",
        "<a",
        "\x00",
    ],
    ids=["endless", "deep", "long text", "unknown entity", "cut", "NUL"],
)
def test_document_that_is_too_deep_too_long_or_broken_is_refused(name: str, inner: str) -> None:
    outcome = PARSERS[name].try_out(whole(name, inner))

    assert isinstance(outcome, REFUSALS)


def test_code_of_a_fault_that_is_no_number_is_none() -> None:
    for code in ("9" * 5_000, "\u0662", "x"):
        said = f"<s:Fault><code>{code}</code></s:Fault>"
        body = f"<s:Envelope xmlns:s='{SOAP}'><s:Body>{said}</s:Body></s:Envelope>"
        fault = read_fault(body.encode())
        assert fault is not None
        assert fault.code is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1", "utf-7", "nothing-known", "UTF-8\x00"])
def test_document_in_another_encoding_is_read_or_refused(encoding: str) -> None:
    body = f"<?xml version='1.0' encoding='{encoding}'?><a>\u00e9</a>".encode("latin-1")

    for read in (read_body, read_document):
        with pytest.raises(ValueError, match="the answer"):
            read(body)
