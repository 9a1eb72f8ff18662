"""Starts the pages: who may reach them, where they listen, and what they hand out beside Streamlit's own."""

import ipaddress
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.ledger.ledger import LEDGER_VARIABLE
from analytics.vocabulary.errors import InputRefused, MissingPart
from dashboards.access.access_file import AccessFile, read_access_file
from dashboards.serving.settings import ACCESS_VARIABLE

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ENTRY = Path(__file__).resolve().parents[1] / "streamlit_app.py"
GUARDED = ("/media/", "/_stcore/upload_file/")


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach it. A name that is not ``localhost`` counts as reachable."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def serve(ledger: Path, *, address: str, port: int, access_path: Path | None, open_browser: bool) -> None:
    """Run the pages until they are stopped.

    Raises
    ------
    InputRefused
        If others could reach them without sign-in, the access file is wrong, or the port is taken.
    MissingPart
        If what sign-in needs is not installed.
    """
    access = None if access_path is None else read_access_file(access_path)
    if access is None and not is_loopback(address):
        raise InputRefused(
            "--address", address, "can be reached from other machines, and the pages have no sign-in",
            "add --access FILE (see docs/dashboards.md), or leave --address out to stay on this machine",
        )  # fmt: skip
    os.environ[LEDGER_VARIABLE] = str(ledger.absolute())
    os.environ.pop(ACCESS_VARIABLE, None)
    if access_path is not None:
        os.environ[ACCESS_VARIABLE] = str(access_path.absolute())
    # Streamlit looks for .streamlit/config.toml, where the theme is, in the working folder.
    os.chdir(ENTRY.parent)
    _refuse_taken(address, port)
    application(access).run(
        config={"server.address": address, "server.port": port, "server.headless": not open_browser}
    )


def application(access: AccessFile | None) -> Any:
    """The pages as an ASGI application."""
    import streamlit as st
    from starlette.middleware import Middleware

    from dashboards.serving.files import routes

    secrets: dict[str, Any] | None = None
    middleware = []
    if access is not None:
        from importlib.util import find_spec

        if find_spec("authlib") is None:
            raise MissingPart("sign-in", "Authlib", "is not installed", 'run: pip install "shotledger[dashboard]"')
        secrets = {"auth": dict(access.sign_in)}
        middleware = [Middleware(SignedInOnly)]
    return st.App(str(ENTRY), secrets=secrets, routes=routes(), middleware=middleware)


class SignedInOnly:
    """Keeps what Streamlit serves by bare address from whoever has no role."""

    def __init__(self, app: "ASGIApp") -> None:
        self.app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass on, or answer 404."""
        from starlette.requests import HTTPConnection
        from starlette.responses import PlainTextResponse

        from dashboards.access.persons import person_of

        is_guarded = scope["type"] == "http" and scope["path"].startswith(GUARDED)
        if is_guarded and person_of(HTTPConnection(scope)).role is None:
            await PlainTextResponse("Sign in first.", 404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _refuse_taken(address: str, port: int) -> None:
    """Streamlit would go to the next port; a link that was sent would lead nowhere, or to another ledger's pages."""
    import socket

    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((address.strip("[]"), port))
        except OSError as error:
            raise InputRefused(
                "--port", port, f"cannot be listened on at {address}: {error.strerror}",
                "name another with --port, or stop what listens there",
            ) from error  # fmt: skip
