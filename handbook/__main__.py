"""Write the reference pages of docs/ from the code: `python -m handbook`."""

from handbook.pages import write_page, written_pages
from handbook.paths import DOCS


def main() -> None:
    """Write every page; what is the same already stays as it is."""
    for page in written_pages():
        path, text = DOCS / page, write_page(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
