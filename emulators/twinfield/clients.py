"""Who may log in: registered clients, the organisation and its user."""

from dataclasses import dataclass, field

ORGANISATION = "MUNI01"
ORGANISATION_ID = "a1b2c3d4-0041-4000-8000-000000000041"
USER_CODE = "API01"
USER_NAME = "API Koppeling"
USER_ID = "a1b2c3d4-0042-4000-8000-000000000042"
REDIRECT_URI = "https://qubz.example.org/rest/twinfield/callback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A registered client; a certified one has ten to twenty times the credits."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...] = (REDIRECT_URI,)
    certified: bool


CLIENTS = {
    client.client_id: client
    for client in (
        Client(
            client_id="qubz-twinfield",
            client_secret="twinfield-test-secret",  # noqa: S106 - a test credential, listed in the README
            certified=True,
        ),
        Client(
            client_id="qubz-twinfield-new",
            client_secret="twinfield-new-secret",  # noqa: S106 - a test credential, listed in the README
            certified=False,
        ),
    )
}
