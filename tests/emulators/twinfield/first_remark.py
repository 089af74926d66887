"""The first thing that is wrong with a transaction."""

from tests.emulators.twinfield_client import TwinfieldClient, remarks


def first_remark(client: TwinfieldClient, sent: str) -> tuple[str, str, str]:
    """Book what is refused; return its first remark, a missing balance that comes along left aside."""
    reply = client.book(sent)
    assert reply.get("result") == "0"
    assert client.books() == []
    found = [(node, kind, part) for node, kind, text in remarks(reply) for part in text.split("//")]
    return next(each for each in found if "balan" not in each[2])
