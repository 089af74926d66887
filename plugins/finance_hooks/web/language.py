"""Choose the language of a page: what the user chose, else the browser's first that we speak."""

from typing import get_args

from babel import negotiate_locale

from finance_hooks.model.park_reason_text import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "finance_language"
OTHERWISE: Language = "nl"


def choose_language(chosen: str | None, accepted: str | None) -> Language:
    """Choose by the user's cookie and the browser's Accept-Language header, in that order."""
    wanted = [chosen or "", *_by_preference(accepted or "")]
    found = negotiate_locale([name.replace("-", "_") for name in wanted if name], LANGUAGES)
    return next((language for language in LANGUAGES if language == found), OTHERWISE)


def _by_preference(accepted: str) -> list[str]:
    weighed = [part.strip().partition(";q=") for part in accepted.split(",")]
    return [name for name, _, weight in sorted(weighed, key=lambda one: -_weight(one[2]))]


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
