import pytest

from finance_hooks.transport.address import base_address


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("site.example", None, "https://site.example"),
        (" https://site.example/ ", 0, "https://site.example"),
        ("https://site.example", 443, "https://site.example"),
        ("http://127.0.0.1", 80, "http://127.0.0.1"),
        ("http://127.0.0.1", 443, "http://127.0.0.1:443"),
        ("http://127.0.0.1:8080", 443, "http://127.0.0.1:8080"),
        ("https://site.example/ProfitRestServices", 8443, "https://site.example:8443/ProfitRestServices"),
        ("http://[::1]", 8080, "http://[::1]:8080"),
    ],
)
def test_address_is_written_from_host_and_port(host: str, port: int | None, address: str) -> None:
    assert base_address(host, port) == address


@pytest.mark.parametrize("host", [None, "", "  ", "https://", "https://site.example:port", "https://["])
def test_what_holds_no_host_is_no_address(host: str | None) -> None:
    assert base_address(host, 443) is None
