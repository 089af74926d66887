import ast
import builtins
from pathlib import Path

from finance_hooks.model import errors
from tests.house.tree import EDGES, PACKAGE, below_edges, dotted, modules, parsed, place

LONGEST_MODULE = 250
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.perf_counter",
    "time.sleep",
}
# The one place where the real clock is read; everybody else is handed a Clock.
THE_CLOCK = PACKAGE / "transport" / "clock.py"
# How long a connection was idle is its own affair, and what it raises is caught by the pool.
THE_POOL = PACKAGE / "store" / "pool.py"
THE_SENDER = PACKAGE / "transport" / "send.py"
THE_TABLES = PACKAGE / "mapping" / "tables.py"
SENDS = {"get", "post", "put", "patch", "delete", "head", "options", "request", "send"}


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_money_is_never_a_float() -> None:
    exact = modules(*(PACKAGE / layer for layer in ("model", "mapping", "targets")))

    found = [place(path, node) for path in exact for node in ast.walk(parsed(path)) if is_float(node)]

    assert found == []


def test_tables_are_read_in_one_place() -> None:
    found = [
        place(path, node)
        for path in modules(PACKAGE)
        for node in ast.walk(parsed(path))
        if path != THE_TABLES and isinstance(node, ast.Attribute | ast.Name) and last_name(node) == "read_csv"
    ]

    assert found == []


def test_no_clock_is_read_below_operators() -> None:
    found = [
        place(path, node)
        for path in below_edges()
        for node in ast.walk(parsed(path))
        if path not in {THE_CLOCK, THE_POOL} and isinstance(node, ast.Attribute) and dotted(node) in CLOCKS
    ]

    assert found == []


def test_requests_leave_through_one_sender() -> None:
    found = [
        place(path, node)
        for path in modules(PACKAGE)
        for node in ast.walk(parsed(path))
        if path != THE_SENDER and isinstance(node, ast.Call) and sends_on_a_session(node.func)
    ]

    assert found == []


def test_what_is_raised_says_who_must_act() -> None:
    found = [
        place(path, node)
        for path in below_edges()
        for node in ast.walk(parsed(path))
        if path != THE_POOL and isinstance(node, ast.Raise) and not is_agreed(node, path)
    ]

    assert found == []


def test_broad_except_stands_at_the_edges_only() -> None:
    found = [
        place(path, node)
        for path in below_edges()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    ]

    assert EDGES
    assert found == []


def is_float(node: ast.AST) -> bool:
    """Say whether a node names the type float or spells one."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return isinstance(node, ast.Name) and node.id == "float"


def last_name(node: ast.Attribute | ast.Name) -> str:
    """Return the last part of a name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id


def sends_on_a_session(called: ast.expr) -> bool:
    """Say whether a call sends with an HTTP session, or with requests itself."""
    if not isinstance(called, ast.Attribute) or called.attr not in SENDS:
        return False
    owner = dotted(called.value).rpartition(".")[2]
    return owner == "requests" or owner.endswith("session")


def is_agreed(node: ast.Raise, path: Path) -> bool:
    """Say whether a raise is one of the agreed errors, a builtin, the module's own, or raises again.

    Builtins tell a programmer of a broken promise. A module's own never leave the package: their names are
    private, or they pass as urllib3's HTTPError through the library that called us.
    """
    if node.exc is None or isinstance(node.exc, ast.Name):
        return True
    name = dotted(node.exc.func if isinstance(node.exc, ast.Call) else node.exc).rpartition(".")[2]
    return hasattr(errors, name) or hasattr(builtins, name) or name.startswith("_") or name in carried(path)


def carried(path: Path) -> set[str]:
    """Return the names of a module's classes that pass as urllib3's HTTPError."""
    classes = [each for each in parsed(path).body if isinstance(each, ast.ClassDef)]
    return {each.name for each in classes if any(dotted(base) == "HTTPError" for base in each.bases)}


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler catches everything and does not raise again."""
    caught = "" if handler.type is None else dotted(handler.type)
    raises = any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    return (
        caught in {"", "Exception", "BaseException"}
        and not isinstance(handler.type, ast.Tuple)
        and not raises
    )
