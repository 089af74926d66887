import ast
import dataclasses
import importlib
import re
from collections.abc import Iterator

from tests.house.tree import PACKAGE, PROJECT, defined_names, modules, parsed, place

FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "handler",
    "processor",
    "data",
    "info",
    "record",
    "item",
    "object",
    "do",
    "process",
}
# Names that Airflow, a library or the operating system gave.
GIVEN = {
    "in_process",
    "InProcessAdapter",
    "_process_id",
    "proxy_manager_for",
    "provider_info",
    "get_provider_info",
    "data_interval_start",
    "data_interval_end",
    "process_result_value",
    "process_bind_param",
    "DAG_PROCESSOR",
}
# Names given in one module only: the argument of an inherited method, which may be passed by name.
GIVEN_IN = {
    ("deadline", "reference_data"),  # Airflow: BaseDeadlineReference.deserialize_reference(reference_data)
    ("retry_policy", "data"),  # Airflow: RetryPolicy.deserialize(data)
    ("tokens_judge", "record"),  # logging: Handler.emit(record)
}
GLOSSARY = PROJECT / "docs" / "glossary.md"
Documented = ast.Module | ast.ClassDef | ast.FunctionDef
CODE = (
    PACKAGE,
    PROJECT / "emulators",
    PROJECT / "local",
    PROJECT / "dags",
    PROJECT / "adversary",
    PROJECT / "chaos",
)


def test_no_name_is_an_empty_word() -> None:
    found = [
        f"{place(path, node)} {name}"
        for path in modules(*CODE)
        for node, name in [*defined_names(path), (ast.Module([], []), path.stem)]
        if FORBIDDEN & set(words(name)) and name not in GIVEN and (path.stem, name) not in GIVEN_IN
    ]

    assert found == []


def test_ledger_stands_only_in_ledger_account() -> None:
    found = [
        f"{place(path, node)} {name}"
        for path in modules(PACKAGE)
        for node, name in defined_names(path)
        if "ledger" in words(name) and not re.search("ledger_?accounts?", name, re.IGNORECASE)
    ]

    assert found == []


def test_every_public_name_has_one_sentence() -> None:
    found = [
        place(path, node)
        for path in modules(*CODE)
        if "migrations" not in path.parts
        for node in public_nodes(parsed(path))
        if not has_sentence(node)
    ]

    assert found == []


def test_glossary_lists_every_field_of_the_model() -> None:
    listed = set(re.findall(r"`([a-z0-9_]+)`", GLOSSARY.read_text(encoding="utf-8")))

    assert model_fields() - listed == set()


def words(name: str) -> list[str]:
    """Return the words a name is made of, in lower case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")


def model_fields() -> set[str]:
    """Return the names of all fields of all dataclasses of the model."""
    fields: set[str] = set()
    for path in modules(PACKAGE / "model"):
        module = importlib.import_module(f"finance_hooks.model.{path.stem}")
        for member in vars(module).values():
            if dataclasses.is_dataclass(member):
                fields |= {field.name for field in dataclasses.fields(member)}
    return {field for field in fields if not field.startswith("_")}


def public_nodes(node: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    """Yield a module or class and the public classes, functions and methods in it."""
    yield node
    for child in node.body:
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
            yield from public_nodes(child) if isinstance(child, ast.ClassDef) else (child,)


def has_sentence(node: Documented) -> bool:
    """Say whether a docstring begins with a line that is a sentence."""
    first = (ast.get_docstring(node) or "").partition("\n")[0].rstrip()
    return first.endswith((".", ":"))
