"""AccountView's refusals: its own error body, and those of the web server before it.

The error body was recorded by omniboost/go-accountview.net; of the texts only "<veldnaam> moet worden
ingevoerd" is public (nl.visma.com, FAQ), the others are inferred. The web server's texts are those of
ASP.NET Web API.
"""

from http import HTTPStatus

from emulators.accountview.dictionary import Field


class AccountViewError(Exception):
    """A refusal by the program: one or more Dutch sentences."""

    def __init__(self, *reasons: str) -> None:
        """Keep the reasons in the order found."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class NotFoundError(Exception):
    """Nothing fits; how that is answered is a switch."""


class GateError(Exception):
    """A refusal before the program is reached: status and the web server's message."""

    def __init__(self, status: int, message: str) -> None:
        """Keep what the answer needs."""
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message


def mandatory(field: Field) -> str:
    """Say that a field is empty (Visma FAQ)."""
    return f"{field.description} moet worden ingevoerd"


def unknown(field: Field, value: object) -> str:
    """Say that a code does not exist."""
    return f"{field.description} '{value}' bestaat niet"


def blocked(field: Field, value: object) -> str:
    """Say that a code may not be used."""
    return f"{field.description} '{value}' is geblokkeerd"


def unauthorised() -> GateError:
    """Refuse a token that is missing, unknown or expired."""
    return GateError(HTTPStatus.UNAUTHORIZED, "Authorization has been denied for this request.")


def bad_request(message: str) -> GateError:
    """Refuse a request that cannot be read."""
    return GateError(HTTPStatus.BAD_REQUEST, message)
