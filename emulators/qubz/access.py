"""Who may call: a key in a header, then name and password, as Mendix tries them.

Source: docs.mendix.com/refguide/published-rest-service/: a custom method that finds no user, with no
further method left, answers 404 and not 401.
"""

from hmac import compare_digest

from werkzeug.wrappers import Request

from emulators.qubz.errors import ServiceError

USER_NAME = "finance"
PASSWORD = "finance-secret"  # noqa: S105 - a fixed test credential
KEY_HEADER = "X-Api-Key"
KEY = "qubz-key-1"


def check_access(request: Request, methods: str) -> None:
    """Raise 404 or 401 unless a method of the service knows the caller."""
    if "key" in methods and compare_digest(request.headers.get(KEY_HEADER, "").encode(), KEY.encode()):
        return
    if methods == "key":
        raise ServiceError(404)
    given = request.authorization
    if given is None or given.type != "basic" or (given.username, given.password) != (USER_NAME, PASSWORD):
        raise ServiceError(401)
