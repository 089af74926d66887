"""The project's own files, as the house rules look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PACKAGE = PROJECT / "plugins" / "finance_hooks"
MAPPINGS = PROJECT / "include" / "mappings"
EDGES = ("operators", "web", "cli")


@cache
def own_files() -> tuple[Path, ...]:
    """Return every file that belongs to the project: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for line in listed.stdout.splitlines() if (path := PROJECT / line).is_file())


def modules(*folders: Path) -> list[Path]:
    """Return the Python files below these folders, or all of them."""
    wanted = folders or (PROJECT,)
    return [path for path in own_files() if path.suffix == ".py" and any(map(path.is_relative_to, wanted))]


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Return where something stands, as a file and line that a terminal can open."""
    line = getattr(node, "lineno", None)
    return f"{path.relative_to(PROJECT)}{f':{line}' if line else ''}"


def dotted(node: ast.expr) -> str:
    """Return the dotted name an expression spells, or nothing when it is no name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def below_edges() -> list[Path]:
    """Return the product's modules that know no Airflow run: everything below operators, web and cli."""
    return [path for path in modules(PACKAGE) if path.relative_to(PACKAGE).parts[0] not in EDGES]


def defined_names(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """Yield every name a module gives: classes, functions, arguments, fields, variables, aliases."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.name
        elif isinstance(node, ast.arg):
            yield node, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node, node.id
        elif isinstance(node, ast.alias) and node.asname:
            yield node, node.asname
