"""An installation whose every secret is known: databases, vendors, connections, consent."""

import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from cryptography.fernet import Fernet

from emulators.emulator import Emulator
from emulators.registry import SYSTEMS, build
from emulators.server import EmulatorServer
from finance_hooks.cli.authorise import authorise
from local.authorisation import ADDRESS, _consent
from local.connections import EMULATED, variable
from local.databases import AIRFLOW_URL
from local.postgres import create_database, drop_database
from tests.scheduler.scene import only
from tests.security.places import command_lines
from tests.security.safe import Safe
from tests.security.searching import Place

CONSENTED = ("exactonline_nl", "exactonline_be", "twinfield_nl", "accountview_nl")
KEPT_FOR_THE_OWNER = ("credentials.json", "airflow/passwords.json")
"""Where the installation itself keeps its secrets, readable by its user only."""
OURS_AT_DEBUG = {"AIRFLOW__LOGGING__NAMESPACE_LEVELS": "finance_hooks=DEBUG urllib3=DEBUG requests=DEBUG"}
LOOKS_EVERY_S = 1.0
BEFORE_S = 1500
"""How late the vendors' clocks are when consent is given, so that the first run has to refresh."""
CLIENT_SECRETS = {"twinfield": "qubz-twinfield", "afas": "secret", "qubz": "password"}


@dataclass(slots=True)
class Estate:
    """Addresses, connections and vendors of an installation, and the safe with its secrets."""

    safe: Safe
    emulators: Mapping[str, Emulator]
    servers: Mapping[str, EmulatorServer]
    environment: dict[str, str]
    store_url: str
    metadata_url: str
    folder: Path
    said: list[Place] = field(default_factory=list)
    commands_seen: set[str] = field(default_factory=set)

    def note_tokens(self) -> None:
        """Put the tokens that vendors gave out since the last time into the safe."""
        for system, emulator in self.emulators.items():
            with emulator.lock:
                self.safe.keep_tokens(system, list(_tokens_of(emulator)))

    def age_tokens(self) -> None:
        """Let every access token end now, so that the next task refreshes it."""
        engine = sa.create_engine(self.store_url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            aged = "UPDATE token SET access_expires_at = now(), obtained_at = obtained_at - interval '1 hour'"
            connection.execute(sa.text(aged))


@contextmanager
def opened_estate(
    postgres_url: str, folder: Path, logging: Mapping[str, str] = OURS_AT_DEBUG
) -> Iterator[Estate]:
    """Make all of it, with consent given by the command that people use; leave nothing behind.

    `logging` are Airflow's settings of what is logged.
    """
    safe = Safe()
    with ExitStack() as made:
        store_url, metadata_url = made.enter_context(_databases(postgres_url, safe))
        emulators = {system: build(system, seed=secrets.randbits(32)) for system in SYSTEMS}
        servers = {name: made.enter_context(EmulatorServer(each)) for name, each in emulators.items()}
        estate = Estate(
            safe=safe,
            emulators=emulators,
            servers=servers,
            environment={},
            store_url=store_url,
            metadata_url=metadata_url,
            folder=folder,
        )
        estate.environment |= {
            AIRFLOW_URL: metadata_url,
            "AIRFLOW_HOME": str(folder / "airflow"),
            **logging,
            "FINANCE_PLANS": str(folder / "plans"),
            **_connections(estate),
        }
        made.enter_context(only(estate.environment))
        made.enter_context(_watched_processes(estate.commands_seen))
        for emulator in emulators.values():
            emulator.clock.advance(-BEFORE_S)
        estate.said += [_authorise(conn_id) for conn_id in CONSENTED]
        estate.note_tokens()
        for emulator in emulators.values():
            emulator.clock.advance(BEFORE_S)
        yield estate


@contextmanager
def _databases(postgres_url: str, safe: Safe) -> Iterator[tuple[str, str]]:
    """Make a role with a password of its own, and two databases for it."""
    role = f"finance_test_{secrets.token_hex(6)}"
    names = f"{role}_store", f"{role}_airflow"
    passwords = safe.make("store password")
    server = sa.create_engine(postgres_url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        quoted = passwords.replace("'", "''").replace("%", "%%")
        connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN SUPERUSER PASSWORD '{quoted}'")
    try:
        for name in names:
            create_database(postgres_url, name)
        as_role = sa.make_url(postgres_url).set(username=role, password=passwords)
        store, metadata = (as_role.set(database=name).render_as_string(hide_password=False) for name in names)
        yield store, metadata
    finally:
        for name in names:
            drop_database(postgres_url, name)
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP ROLE {role}")


def _connections(estate: Estate) -> dict[str, str]:
    """Lay every connection with a secret of its own in every field for one, and teach them to the vendors."""
    safe, store = estate.safe, sa.make_url(estate.store_url)
    laid: dict[str, object] = {
        "finance_store": {
            "conn_type": "postgres",
            "host": store.host,
            "port": store.port,
            "login": store.username,
            "password": store.password,
            "schema": store.database,
            "extra": {"token_key": safe.keep("token_key", Fernet.generate_key().decode())},
        }
    }
    for path in sorted(EMULATED.glob("*.json")):
        fields, conn_id = json.loads(path.read_text(encoding="utf-8")), path.stem
        system = fields.pop("system")
        fields["host"], fields["password"] = estate.servers[system].url, safe.make(f"{conn_id} password")
        taught = {CLIENT_SECRETS.get(system, "client_secret"): fields["password"]}
        if system == "afas":
            fields["extra"] |= _of_afas(safe)
            taught["secret_next"] = fields["extra"]["client_secret_next"]
        if system == "qubz":
            fields["extra"] |= {
                "api_key": safe.make("qubz api_key"),
                "headers": {"X-Gateway": safe.make("qubz header")},
            }
            taught["key"] = fields["extra"]["api_key"]
        estate.emulators[system].secrets.teach(taught)
        laid[conn_id] = fields
    return {variable(conn_id): json.dumps(fields) for conn_id, fields in laid.items()}


def _of_afas(safe: Safe) -> dict[str, str]:
    digits = {
        name: safe.keep(f"afas {name}", secrets.token_hex(32)) for name in ("app_token", "app_token_next")
    }
    tokens = {
        name: f"<token><version>1</version><data>{text}</data></token>" for name, text in digits.items()
    }
    return tokens | {"client_secret_next": safe.make("afas client_secret_next")}


def _authorise(conn_id: str) -> Place:
    """Consent by the command as a person does, and return all it said."""
    shown: list[str] = []

    def paste(prompt: str) -> str:
        shown.append(prompt)
        (address,) = [text for text in shown if ADDRESS.fullmatch(text)]
        return _consent(address)

    works = authorise(conn_id, paste, shown.append)
    assert works, shown
    return Place.of(f"authorise {conn_id}", "\n".join(shown))


def _tokens_of(emulator: Emulator) -> Iterator[str]:
    """List the tokens that a system would take now, and those it has just replaced."""
    oauth = getattr(emulator, "oauth", None) or getattr(emulator, "grants", None)
    if oauth is None:
        return
    yield from list(oauth.access)
    if isinstance(refreshing := getattr(oauth, "refresh", None), dict):
        yield from list(refreshing)
    grants = getattr(oauth, "grants", ())
    for grant in list(grants.values() if isinstance(grants, dict) else grants):
        yield grant.refresh_token
        yield from getattr(grant, "earlier_tokens", ())


@contextmanager
def _watched_processes(seen: set[str]) -> Iterator[None]:
    """Look at the command lines of all processes again and again."""
    stopped = threading.Event()
    look: Callable[[], None] = lambda: seen.update(command_lines())  # noqa: E731

    def watch() -> None:
        while not stopped.wait(LOOKS_EVERY_S):
            look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        look()
        stopped.set()
        watcher.join()
