"""Write the address of a system from the host and port of its connection."""

from urllib.parse import urlsplit

USUAL_PORTS = {"https": 443, "http": 80}


def base_address(host: str | None, port: int | None) -> str | None:
    """Return the address, with https where no scheme is given; `None` when there is no host in it.

    The usual port is left out, so that the address is the same whether or not somebody filled it in.
    """
    written = (host or "").strip()
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        named_port = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    if port and named_port is None and port != USUAL_PORTS.get(parts.scheme):
        parts = parts._replace(netloc=f"{parts.netloc}:{port}")
    return parts.geturl().rstrip("/")
