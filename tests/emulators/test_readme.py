"""The README names what a user can set."""

from pathlib import Path

from emulators.faults import EFFECTS
from emulators.qubz.access import KEY, KEY_HEADER, PASSWORD, USER_NAME
from emulators.qubz.switches import SWITCHES
from emulators.registry import SYSTEMS

README = (Path(__file__).parents[2] / "emulators" / "README.md").read_text(encoding="utf-8")


def test_every_system_effect_and_credential_is_named() -> None:
    for word in (*SYSTEMS, *EFFECTS, KEY, KEY_HEADER, PASSWORD, USER_NAME):
        assert f"`{word}`" in README, word


def test_every_switch_stands_with_its_default() -> None:
    for switch in SWITCHES:
        default = str(switch.default).lower()
        assert f"| `{switch.name}` | `{default}` |" in README, switch.name
