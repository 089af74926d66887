"""The secrets of this machine's installation, generated once and kept in the state folder."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Every secret that all components of one installation share."""

    database_password: str
    fernet_key: str
    jwt_secret: str
    api_secret_key: str
    admin_password: str
    token_key: str


def kept_credentials(state: Path) -> Credentials:
    """Read the credentials of this state folder, or generate and keep them readable by this user only."""
    path = state / "credentials.json"
    if path.exists():
        return Credentials(**json.loads(path.read_text(encoding="utf-8")))
    credentials = Credentials(
        database_password=secrets.token_urlsafe(24),
        fernet_key=Fernet.generate_key().decode(),
        jwt_secret=secrets.token_urlsafe(64),
        api_secret_key=secrets.token_urlsafe(32),
        admin_password=secrets.token_urlsafe(9),
        token_key=Fernet.generate_key().decode(),
    )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(credentials), file, indent=2)
    return credentials
