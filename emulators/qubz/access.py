"""Who may call: a key in a header, then name and password, as Mendix tries them.

Source: docs.mendix.com/refguide/published-rest-service/: a custom method that finds no user, with no
further method left, answers 404 and not 401.
"""

from collections.abc import Mapping
from hmac import compare_digest
from types import MappingProxyType

from werkzeug.wrappers import Request

from emulators.qubz.errors import ServiceError

USER_NAME = "finance"
PASSWORD = "finance-secret"  # noqa: S105 - a fixed test credential
KEY_HEADER = "X-Api-Key"
KEY = "qubz-key-1"
SECRETS = MappingProxyType({"password": PASSWORD, "key": KEY})


def check_access(request: Request, methods: str, secrets: Mapping[str, str] = SECRETS) -> None:
    """Raise 404 or 401 unless a method of the service knows the caller."""
    given_key = request.headers.get(KEY_HEADER, "").encode()
    if "key" in methods and compare_digest(given_key, secrets["key"].encode()):
        return
    if methods == "key":
        raise ServiceError(404)
    given = request.authorization
    expected = (USER_NAME, secrets["password"])
    if given is None or given.type != "basic" or (given.username, given.password) != expected:
        raise ServiceError(401)
