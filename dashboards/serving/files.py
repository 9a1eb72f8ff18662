"""Files that pages hand out: made when somebody fetches them, and only for who may have them.

Streamlit's own media server gives a file to whoever knows its address. Here each file has a role, and the request is
answered by who makes it.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboards.access.persons import acting_as, person_of, require
from dashboards.access.roles import Role

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

PREFIX = "/files"
OFFERS_KEPT = 2048


@dataclass(frozen=True)
class _Offer:
    name: str
    media_type: str
    role: Role
    make: Callable[[], bytes] | Path
    is_shown: bool


_offers: OrderedDict[str, _Offer] = OrderedDict()
_tokens: OrderedDict[tuple[str, str], str] = OrderedDict()
_lock = threading.Lock()


def offer(
    name: str,
    media_type: str,
    make: Callable[[], bytes] | Path,
    *,
    slot: str,
    role: Role = Role.VIEWER,
    shown: bool = False,
) -> str:
    """Offer a file and give its address.

    Parameters
    ----------
    name
        What it is called where it lands.
    make
        Called when it is fetched; or a file, which is then sent in ranges where the browser asks for them.
    slot
        What it is for on the page: the same slot of the same reader keeps its address and gets the newer file.
    role
        The least role that may fetch it.
    shown
        Whether the browser shows it in the page rather than saving it.

    Raises
    ------
    NotAllowed
        If the reader of this page may not have it.
    """
    require(role)
    with _lock:
        token = _tokens.setdefault((_session(), slot), secrets.token_urlsafe(18))
        _tokens.move_to_end((_session(), slot))
        _offers[token] = _Offer(name, media_type, role, make, shown)
        _offers.move_to_end(token)
        while len(_offers) > OFFERS_KEPT:
            _offers.popitem(last=False)
        while len(_tokens) > OFFERS_KEPT:
            _tokens.popitem(last=False)
    return f"{PREFIX}/{token}/{quote(name)}"


def routes() -> "list[BaseRoute]":
    """The one route by which they are fetched."""
    from starlette.routing import Route

    return [Route(f"{PREFIX}/{{token}}/{{name}}", _fetch, methods=["GET", "HEAD"])]


def _fetch(request: "Request") -> "Response":
    from starlette.responses import FileResponse, PlainTextResponse, Response

    from analytics.vocabulary.errors import ShotledgerError

    with _lock:
        offered = _offers.get(request.path_params["token"])
    # Somebody who may not have it is told the same as where there is none: its address says nothing.
    asking = person_of(request)
    if offered is None or not asking.may(offered.role):
        return PlainTextResponse("There is no such file for you. Open its page again and fetch it there.", 404)
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    if not offered.is_shown:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(offered.name)}"
    if isinstance(offered.make, Path):
        if not offered.make.is_file():
            return PlainTextResponse("The file was moved or deleted since the page was drawn.", 404)
        return FileResponse(offered.make, media_type=offered.media_type, headers=headers)
    try:
        with acting_as(asking):
            return Response(offered.make(), media_type=offered.media_type, headers=headers)
    except ShotledgerError as error:
        return PlainTextResponse("\n".join(map(str, error.problems)), 409)


def _session() -> str:
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    return "" if context is None else context.session_id
