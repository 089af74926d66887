"""What the environment starts with: tokens, OAuth clients, user, app connector.

Source: docs.afas.help/profit/nl/authentication and /metainfo in docs.afas.help/apidoc/nl/Mutaties.
"""

from types import MappingProxyType

ENVIRONMENT = "T12345AA"
APP_NAME = "Koppeling 21QUBZ"
GROUP = "Koppelingen (12345.KOPPELING)"
VERSION = "26.2.8"
UNITS = frozenset({1, 2, 4})
# AFAS: a call without UnId goes to the administration the user last logged in to.
LAST_USED_UNIT = 2

TOKENS = MappingProxyType(
    {
        "token": "1F" * 32,
        "token_next": "2E" * 32,
    }
)
CLIENT_ID = "4B7F0C52A3E14F0F9E2D6C1A8B5D3E70"
SECRETS = MappingProxyType(
    {
        "secret": "afas-test-secret",
        "secret_next": "afas-test-secret-next",
    }
)


BY_NAME = MappingProxyType({**TOKENS, **SECRETS})


def token_xml(name: str) -> str:
    """Return a token as AFAS shows it once."""
    return f"<token><version>1</version><data>{TOKENS[name]}</data></token>"
