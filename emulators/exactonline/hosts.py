"""What each country host starts with: app, user, divisions.

Source: an NL pair of client id and secret does not work on the Belgian host (docs of Codat and Apideck).
"""

from dataclasses import dataclass, field

from emulators.exactonline.books import Division

REDIRECT_URI = "https://qubz.example.org/rest/exactonline/callback"
USER_ID = "a1b2c3d4-0033-4000-8000-000000000033"
USER_NAME = "koppeling@example.org"
USER_FULL_NAME = "Koppeling 21QUBZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A registered app."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_uris: tuple[str, ...]


APPS = {
    "nl": App(
        client_id="a1b2c3d4-0031-4000-8000-000000000031",
        client_secret="nl-test-secret",  # noqa: S106 - a test credential, listed in the README
        redirect_uris=(REDIRECT_URI,),
    ),
    "be": App(
        client_id="a1b2c3d4-0032-4000-8000-000000000032",
        client_secret="be-test-secret",  # noqa: S106 - a test credential, listed in the README
        redirect_uris=(REDIRECT_URI,),
    ),
}
NAMES = {
    "nl": (
        (1234567, "Voorbeeld Recycling B.V.", "NL000099998B57"),
        (1234568, "Voorbeeld Containerverhuur B.V.", "NL111222333B01"),
        (1234569, "Voorbeeld Holding B.V.", "NL123456782B12"),
        (1234560, "Voorbeeld Oud B.V.", ""),
    ),
    "be": (
        (7654321, "Exemple Milieu BV", "BE0123456749"),
        (7654322, "Exemple Containers BV", "BE0999999922"),
        (7654323, "Exemple Holding NV", ""),
        (7654320, "Exemple Oud BV", ""),
    ),
}


def divisions(country: str) -> dict[int, Division]:
    """Make the divisions of a host: main, second, one outside the consent, one archived."""
    made = {}
    for place, (code, name, vat_number) in enumerate(NAMES[country]):
        made[code] = Division(
            code=code,
            name=name,
            country=country,
            vat_number=vat_number,
            chamber_of_commerce="12345678" if place == 0 else "",
            main=place == 0,
            archived=place == 3,
            consented=place != 2,
        )
    return made
