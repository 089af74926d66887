"""Every secret of an installation by name, each made so that it is found again however it is written."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

SPICE = "\"+/&=<'%"
"""What addresses, JSON, XML and shells each write in a way of their own; it parts two plain halves."""


@dataclass(slots=True)
class Safe:
    """Secrets by name; `tokens` that vendors gave out are named by number."""

    by_name: dict[str, str] = field(default_factory=dict)

    def make(self, name: str) -> str:
        """Make a secret that stands nowhere else, and keep it."""
        return self.keep(name, f"{secrets.token_hex(14)}{SPICE}{secrets.token_hex(14)}")

    def keep(self, name: str, secret: str) -> str:
        """Keep a secret that must have a form of its own."""
        assert self.by_name.setdefault(name, secret) == secret, f"two secrets are named {name}"
        return secret

    def keep_tokens(self, system: str, tokens: Iterable[str]) -> None:
        """Keep what a system has given out so far; what is kept already keeps its name."""
        known = set(self.by_name.values())
        for token in tokens:
            if token and token not in known:
                count = sum(1 for name in self.by_name if name.startswith(f"{system} token"))
                self.by_name[f"{system} token {count + 1}"] = token

    def without(self, *names: str) -> "Safe":
        """Return the same without some of them."""
        return Safe({name: secret for name, secret in self.by_name.items() if name not in names})

    def __str__(self) -> str:
        """Name what is kept, as JSON, without the secrets."""
        return json.dumps(sorted(self.by_name))
