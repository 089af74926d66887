"""Every text of a page is there in both languages, and none is left over."""

import re
from string import Formatter

from finance_hooks.posting.doctor_words import Look
from finance_hooks.web.language import LANGUAGES
from finance_hooks.web.texts import rows, say, texts
from tests.house.tree import PROJECT

WEB = PROJECT / "plugins" / "finance_hooks" / "web"
KEY = re.compile(r"""["']([a-z]+\.[a-z_]+)["']""")


def used() -> set[str]:
    """Return all that looks like the key of a text in templates and code."""
    files = [*WEB.glob("templates/*.html"), *WEB.glob("*.py")]
    return {key for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))}


def values_of(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_key_has_a_text_in_every_language() -> None:
    for language in LANGUAGES:
        assert all(texts(language).values())
    keys = [row["key"] for row in rows()]
    assert len(keys) == len(texts("nl"))


def test_no_text_is_left_over() -> None:
    spoken = {key for key in texts("nl") if not key.startswith(("examined.", "health.", "state."))}

    assert spoken <= used()


def test_everything_that_is_looked_at_has_a_title() -> None:
    assert {f"examined.{look.name.lower()}" for look in Look} <= set(texts("nl"))


def test_both_languages_say_the_same_values() -> None:
    for key, text in texts("nl").items():
        assert values_of(text) == values_of(texts("en")[key]), key


def test_text_is_said_with_its_values() -> None:
    assert say("en", "links.parked", count=3) == "Parked documents: 3. See the reasons."
