"""Error answers of a Mendix service, whose bodies are the microflow author's choice.

Source: docs.mendix.com/refguide/published-rest-operation/ and /refguide/published-rest-routing/.
"""

import json

from werkzeug.wrappers import Response

TEXTS = {
    400: "Bad request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Resource not found",
    405: "Method not allowed",
    422: "Unprocessable entity",
    429: "Too many requests",
    500: "Internal server error",
    503: "Service unavailable",
}


class ServiceError(Exception):
    """A request the service refuses, with the status it answers."""

    def __init__(self, status: int, message: str = "") -> None:
        """Keep status and text."""
        super().__init__(message)
        self.status = status
        self.message = message or TEXTS.get(status, "Error")


def error_answer(status: int, message: str, shape: str) -> Response:
    """Write an error in the shape the switch `error_body` stands on."""
    bodies = {
        "error_object": (
            json.dumps({"error": {"code": str(status), "message": message}}),
            "application/json",
        ),
        "message": (json.dumps({"message": message}), "application/json"),
        "text": (message, "text/plain; charset=utf-8"),
        "empty": ("", "text/plain; charset=utf-8"),
    }
    body, content_type = bodies[shape]
    response = Response(body, status=status, content_type=content_type)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="finance"'
    return response
