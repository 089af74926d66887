"""Sort everything that is raised by who must act.

What happened to one entry is no error but an outcome, see `finance_hooks.model.outcome`.
"""


class ConfigurationError(Exception):
    """A person must act before it can work; the task fails at once and is not retried."""


class TemporaryFailure(Exception):  # noqa: N818 - the agreed name says what it is to whoever retries
    """Time cures it; the task is tried again after `retry_after_s` seconds."""

    def __init__(self, message: str, *, retry_after_s: int = 60) -> None:
        """Say what failed and after how many seconds another try makes sense."""
        super().__init__(message)
        self.retry_after_s = retry_after_s


class AskedTooMuch(TemporaryFailure):
    """An answer outgrew what is kept of one; whoever asked may ask for less."""


class AnsweredTooLate(AskedTooMuch):
    """An answer was not there in time; one to less may be."""
