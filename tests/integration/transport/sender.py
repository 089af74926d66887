"""Send one entry with a secret, as a target would."""

import requests

from finance_hooks.transport.answer import Sending
from finance_hooks.transport.send import Transport

SECRET = "s3cr3t-bearer"


def post(transport: Transport, url: str, *, timeout_s: float = 0.4, body_limit_bytes: int = 1000) -> Sending:
    request = requests.Request(
        "POST", url, data=b'{"Journal":"70"}', headers={"Authorization": f"Bearer {SECRET}"}
    )
    return transport.send(request, changes_books=True, timeout_s=timeout_s, body_limit_bytes=body_limit_bytes)
