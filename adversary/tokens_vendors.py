"""The vendors of a simulation: their emulators, what their own sheets say of tokens, and how consent ends."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from adversary.tokens_timeline import Timeline
from emulators.accountview import oauth as relay
from emulators.accountview.app import AccountViewEmulator
from emulators.emulator import Emulator
from emulators.exactonline import hosts
from emulators.exactonline.app import ExactOnlineEmulator
from finance_hooks.targets.accountview import consent as accountview
from finance_hooks.targets.exactonline import consent as exactonline
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import OAuthClient

USER = "koppeling"


@dataclass(slots=True, kw_only=True)
class Vendor:
    """One vendor and the consent our app has there.

    `accepts` says whether a refresh token would be taken now but for its age, by the emulator's own record;
    `withdraw` ends the consent behind our back; `ended` holds every access token that such an end has killed.
    `minimum_age_s` and `calls_per_day` are what the vendor's sheet allows; 0 is no limit.
    """

    name: str
    emulator: Emulator
    client: OAuthClient
    token_path: str
    read_url: str
    minimum_age_s: int
    life_s: int
    calls_per_day: int
    accepts: Callable[[str], bool]
    end_consent: Callable[[], None]
    live_tokens: Callable[[], set[str]]
    ended: set[str] = field(default_factory=set)

    def withdraw(self) -> None:
        """End our consent as somebody else would: nobody tells us."""
        self.consent_ends()
        self.end_consent()

    def consent_ends(self) -> None:
        """Note that what was given so far may be refused from now on, and that nobody is to blame."""
        self.ended |= self.live_tokens()


def exact(timeline: Timeline) -> Vendor:
    """Open Exact: tokens live 600 s, none is refreshed before 570 s, 200 token calls a day."""
    emulator = ExactOnlineEmulator(country="nl", clock=timeline.clock, sleep=timeline.sleep)
    emulator.switches.move({"old_refresh_token_dies": timeline.random.choice(("issued", "used"))})
    app = hosts.APPS["nl"]
    client = exactonline.oauth_client_of(
        ConnectionParts(
            conn_id="exactonline_nl",
            host="https://exact.test",
            port=None,
            login=app.client_id,
            password=app.client_secret,
            extra={"environment": "test", "redirect_uri": hosts.REDIRECT_URI, "user_name": USER},
        )
    )

    def accepts(token: str) -> bool:
        oauth = emulator.oauth
        late = emulator.switches.text("old_refresh_token_dies") == "used"
        alive = [each.refresh_token for each in oauth.grants.values()]
        alive += [each.earlier_token for each in oauth.grants.values() if late]
        return bool(token) and token in alive and token not in oauth.spent

    def consent_by_another_program() -> None:
        place = {"client": app.client_id, "redirect_uri": hosts.REDIRECT_URI, "now": timeline.now()}
        code = emulator.oauth.give_code(user=hosts.USER_ID, **place)  # type: ignore[arg-type]
        emulator.oauth.redeem(code, per_day=0, **place)  # type: ignore[arg-type]

    return Vendor(
        name="exactonline",
        emulator=emulator,
        client=client,
        token_path="/api/oauth2/token",  # noqa: S106 - a path
        read_url="https://exact.test/api/v1/current/Me",
        minimum_age_s=570,
        life_s=600,
        calls_per_day=200,
        accepts=accepts,
        end_consent=consent_by_another_program,
        live_tokens=lambda: set(emulator.oauth.access),
    )


def account_view(timeline: Timeline) -> Vendor:
    """Open AccountView: it publishes neither the life of a token nor when an old one dies: chance says."""
    emulator = AccountViewEmulator(clock=timeline.clock, sleep=timeline.sleep)
    life_s = timeline.random.choice((600, 3600))
    emulator.switches.move(
        {
            "old_refresh_token_dies": timeline.random.choice(("issued", "used", "never")),
            "access_token_s": life_s,
            "expires_in_shown": timeline.random.random() < 0.7,
        }
    )
    client = accountview.oauth_client_of(
        ConnectionParts(
            conn_id="accountview_nl",
            host="https://accountview.test",
            port=None,
            login=relay.CLIENT_ID,
            password=relay.CLIENT_SECRET,
            extra={"environment": "test", "redirect_uri": relay.REDIRECT_URI, "user_name": USER},
        )
    )

    def accepts(token: str) -> bool:
        dies = emulator.switches.text("old_refresh_token_dies")
        return any(
            token == grant.refresh_token
            or (dies == "never" and token in grant.earlier_tokens)
            or (dies == "used" and token in grant.earlier_tokens[-1:])
            for grant in emulator.oauth.grants
        )

    return Vendor(
        name="accountview",
        emulator=emulator,
        client=client,
        token_path="/api/v3/token",  # noqa: S106 - a path
        read_url="https://accountview.test/api/v3/companies",
        minimum_age_s=0,
        life_s=life_s if emulator.switches.on("expires_in_shown") else 600,
        calls_per_day=0,
        accepts=accepts,
        end_consent=emulator.oauth.withdraw,
        live_tokens=lambda: set(emulator.oauth.access),
    )


VENDORS = {"exactonline": exact, "accountview": account_view}


def switches_of(vendor: Vendor) -> str:
    """Say how the vendor's unpublished facts stand in this simulation."""
    return json.dumps(vendor.emulator.switches.moved())
