"""Choose the language of a page: what the user chose, else the browser's first that we speak."""

from typing import get_args

from babel import negotiate_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from finance_hooks.model.park_reason_text import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "finance_language"
OTHERWISE: Language = "nl"


def choose_language(chosen: str | None, accepted: str | None) -> Language:
    """Choose by the user's cookie and the browser's Accept-Language header, in that order."""
    preferred = [name for name, _ in parse_accept_header(accepted, LanguageAccept)]
    # Unlike werkzeug's own choice, a Flemish browser's nl-BE counts as Dutch before any other language.
    found = negotiate_locale([chosen or "", *preferred], LANGUAGES, sep="-")
    return next((language for language in LANGUAGES if language == found), OTHERWISE)
