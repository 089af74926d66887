"""Read an Airflow connection of type finance_twinfield: all faults at once, no secret in a message."""

from dataclasses import dataclass, field

from finance_hooks.targets.twinfield.settings import FREE_TEXT_LENGTH, LINK_NUMBER, LOGIN_HOST
from finance_hooks.transport.connection_parts import (
    ConnectionParts,
    raise_faults,
    read_base_url,
    read_choice,
    read_needed,
)

CONNECT_PATH = "/auth/authentication/connect"
EVERY = "*"
NO_FIELD = "none"
FIELDS = (NO_FIELD, "1", "2", "3")
TRUE = frozenset({"true", "1", "yes", "on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinfieldConnection:
    """Which client of ours, whose consent, in which organisation, and how entries are made there.

    `free_text_field` is the number of the field that also takes our reference, `link_field` of the one that
    takes a link to the document, written by `link_template`.
    """

    conn_id: str
    login_url: str
    environment: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    user_name: str
    organisation: str
    is_certified: bool
    final_administrations: frozenset[str]
    free_text_field: int | None
    link_field: int | None
    link_template: str

    def books_finally(self, administration: str) -> bool:
        """Say whether entries are final at once there, and not provisional."""
        return bool(self.final_administrations & {administration, EVERY})


def read_connection(parts: ConnectionParts) -> TwinfieldConnection:
    """Check and complete a connection; ConfigurationError names every fault."""
    faults: list[str] = []
    chosen = read_choice(parts, "free_text_field", FIELDS, faults, default=NO_FIELD)
    link_field, link_template = _link(parts, chosen, faults)
    final = str(parts.extra.get("final_administrations") or "").split(",")
    connection = TwinfieldConnection(
        conn_id=parts.conn_id,
        login_url=read_base_url(parts, f"enter {LOGIN_HOST}", faults),
        environment=read_choice(parts, "environment", ("test", "production"), faults),
        client_id=read_needed(parts.login, "login (client id)", faults),
        client_secret=read_needed(parts.password, "password (client secret)", faults),
        redirect_uri=read_needed(parts.extra.get("redirect_uri"), "extra field redirect_uri", faults),
        user_name=read_needed(parts.extra.get("user_name"), "extra field user_name", faults),
        organisation=read_needed(parts.extra.get("organisation"), "extra field organisation", faults),
        is_certified=str(parts.extra.get("certified") or "").strip().lower() in TRUE,
        final_administrations=frozenset(code.strip() for code in final if code.strip()),
        free_text_field=None if chosen == NO_FIELD else int(chosen),
        link_field=link_field,
        link_template=link_template,
    )
    raise_faults(parts, faults)
    return connection


def _link(parts: ConnectionParts, taken: str, faults: list[str]) -> tuple[int | None, str]:
    chosen = read_choice(parts, "link_field", FIELDS, faults, default=NO_FIELD)
    if chosen == NO_FIELD:
        return None, ""
    template = str(parts.extra.get("link_template") or "").strip()
    if LINK_NUMBER not in template or len(template) - len(LINK_NUMBER) >= FREE_TEXT_LENGTH:
        faults.append(
            f"extra field link_template is {template!r}; write a link with {LINK_NUMBER} in it that leaves "
            f"the number room in {FREE_TEXT_LENGTH} characters"
        )
    if chosen == taken:
        faults.append(f"link_field and free_text_field are both {chosen}; choose two fields")
    return int(chosen), template
