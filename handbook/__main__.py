"""Write the reference pages of docs/ from the code: `python -m handbook`."""

from handbook.pages import PAGES, write_page
from handbook.paths import REFERENCE


def main() -> None:
    """Write every page; what is the same already stays as it is."""
    REFERENCE.mkdir(exist_ok=True)
    for name in PAGES:
        path, text = REFERENCE / name, write_page(name)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
