import re
from pathlib import Path

from tests.house.tree import PROJECT, own_files, place

ARCHITECTURE = PROJECT / "docs" / "architecture.md"
CODE_FOLDERS = ("plugins", "dags", "emulators", "local")
TREE_LINE = re.compile(r"^(?P<path>[\w./-]+)\s+— (?P<sentence>\S.*)$")
TEXT = {".py", ".md", ".toml", ".txt", ".csv", ".yaml", ".yml", ".ini", ".mako", ".lock", ""}
# What ties the project to the machine of one person or to one package index.
TIED = re.compile(
    r"(?<![\w.])/(?:home|root|Users|work)/\w|\.\./shared|pypi[.]org|pythonhosted[.]org|registry[.]npm"
)
MENTIONED_PAGE = re.compile(r"(?<![\w/:.*-])[\w./-]*\w\.md\b")


def test_architecture_lists_paths_that_exist() -> None:
    assert [path for path in listed_paths() if not (PROJECT / path).exists()] == []


def test_architecture_leaves_no_code_out() -> None:
    listed = {PROJECT / path for path in listed_paths()}
    code = [path for path in own_files() if path.suffix == ".py" and in_code_folders(path)]

    left_out = [
        place(path) for path in code if path.name != "__init__.py" and not listed & {path, path.parent}
    ]

    assert left_out == []


def test_architecture_lists_a_folder_file_by_file_or_as_a_whole() -> None:
    listed = {PROJECT / path for path in listed_paths()}
    folders = {path.parent for path in listed if path.suffix == ".py"}

    left_out = [
        place(path)
        for path in own_files()
        if path.suffix == ".py"
        and path.parent in folders
        and path.name != "__init__.py"
        and path not in listed
    ]

    assert left_out == []


def test_nothing_is_tied_to_one_machine() -> None:
    found = [
        f"{place(path)}:{number}"
        for path in own_files()
        if path.suffix in TEXT
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if TIED.search(line)
    ]

    assert found == []


def test_every_page_that_is_mentioned_exists() -> None:
    pages = {path.name for path in own_files() if path.suffix == ".md"}

    found = [
        f"{place(path)} {page}"
        for path in own_files()
        if path.suffix in {".py", ".md", ".toml"} and path != Path(__file__)
        for page in MENTIONED_PAGE.findall(path.read_text(encoding="utf-8"))
        if Path(page).name not in pages
    ]

    assert found == []


def listed_paths() -> list[str]:
    """Return the paths in the code blocks of the architecture page, one a line with its sentence."""
    blocks = re.findall(r"```[a-z]*\n(.*?)```", ARCHITECTURE.read_text(encoding="utf-8"), re.DOTALL)
    matches = [TREE_LINE.match(line) for block in blocks for line in block.splitlines()]
    return [match["path"].rstrip("/") for match in matches if match]


def in_code_folders(path: Path) -> bool:
    """Say whether a file belongs to the code that the architecture page explains."""
    return path.relative_to(PROJECT).parts[0] in CODE_FOLDERS
