"""The secrets by which a system knows its callers: those of its seed, until others are taught."""

from collections.abc import Mapping


class UnknownSecretError(ValueError):
    """The system has no secret of that name."""


class KnownSecrets:
    """Secrets by name, as one system asks for them."""

    def __init__(self, seeded: Mapping[str, str]) -> None:
        """Start with those of the seed."""
        self._seeded = dict(seeded)
        self._taught: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """Return the secret that counts now."""
        return self.by_name()[name]

    def by_name(self) -> dict[str, str]:
        """Return every secret that counts now."""
        return self._seeded | self._taught

    def taught(self) -> dict[str, str]:
        """Return those that took the place of the seed's."""
        return dict(self._taught)

    def teach(self, secrets: Mapping[str, str]) -> None:
        """Put others in their places; the ones before no longer count."""
        unknown = sorted(set(secrets) - set(self._seeded))
        if unknown:
            raise UnknownSecretError(f"no secret {', '.join(unknown)}; there are {sorted(self._seeded)}")
        self._taught |= secrets

    def back_to_seed(self) -> None:
        """Forget what was taught."""
        self._taught.clear()
