"""Where the pages may listen: on this machine by default, elsewhere only with sign-in, never on a taken port."""

import socket

import pytest
from typer.testing import CliRunner

import shotledger
from analytics.vocabulary.errors import InputRefused
from dashboards.serving.server import is_loopback


def asked(*options: str):
    return CliRunner().invoke(shotledger.app, ["dashboard", "--no-browser", *options])


@pytest.mark.parametrize(
    "address", ["0.0.0.0", "::", "192.168.1.4", "shots.studio.example", "", "127.0.0.1.evil.example"]
)
def test_off_this_machine_it_refuses_to_start_without_sign_in(tmp_path, address):
    result = asked("--ledger", str(tmp_path / "x.duckdb"), "--address", address)
    assert isinstance(result.exception, InputRefused)
    assert "--access FILE" in str(result.exception)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost"])
def test_what_only_this_machine_reaches_is_open(address):
    assert is_loopback(address)


def test_a_faulty_access_file_starts_nothing(tmp_path):
    (tmp_path / "access.toml").write_text("[roles]\nviewer = []\n")
    result = asked(
        "--ledger", str(tmp_path / "x.duckdb"), "--address", "0.0.0.0", "--access", str(tmp_path / "access.toml")
    )
    assert isinstance(result.exception, InputRefused)
    assert "sign_in" in str(result.exception)


def test_a_taken_port_is_told_and_not_silently_another(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = asked("--ledger", str(tmp_path / "x.duckdb"), "--port", str(port))
    assert isinstance(result.exception, InputRefused)
    assert str(port) in str(result.exception)
