"""Who is asking: in a page from Streamlit's sign-in, in a request for a file from the same signed cookie."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.errors import InputRefused
from dashboards.access.access_file import AccessFile, read_access_file
from dashboards.access.roles import NotAllowed, Person, Role
from dashboards.serving.settings import settings

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

ALONE = Person("you", Role.ADMIN)
"""Without sign-in the pages answer on this machine only, to whoever sits at it."""

_acting: "ContextVar[Person | None]" = ContextVar("acting", default=None)

STRANGER = Person("somebody who has not signed in", None)


def person() -> Person:
    """Who looks at this page. Asked anew at every run: a role that is taken away is gone at the next click."""
    acting = _acting.get()
    if acting is not None:
        return acting
    access = _access()
    if access is None:
        return ALONE
    import streamlit as st

    return _known(access, st.user.to_dict() if is_signed_in() else {})


@contextmanager
def acting_as(known: Person) -> Iterator[None]:
    """Let a file be made for somebody whose request has told who they are: there is no page to ask then."""
    before = _acting.set(known)
    try:
        yield
    finally:
        _acting.reset(before)


def is_signed_in() -> bool:
    """Whether the reader of this page has signed in, with a role or without."""
    import streamlit as st

    return bool(st.user.get("is_logged_in"))


def require(role: Role) -> Person:
    """Who looks at this page, if they have at least this role.

    Raises
    ------
    NotAllowed
        Otherwise.
    """
    looking = person()
    if not looking.may(role):
        raise NotAllowed(looking, role)
    return looking


def person_of(request: "HTTPConnection") -> Person:
    """Who asks for a file, by the cookie that Streamlit signed when they signed in."""
    access = _access()
    if access is None:
        return ALONE
    return _known(access, _signed_claims(request, str(access.sign_in["cookie_secret"])))


_read: tuple[int, AccessFile] | None = None


def _access() -> AccessFile | None:
    """The access file, read again when it has changed; while it is broken, as it was before."""
    global _read
    path = settings().access_path
    if path is None:
        return None
    try:
        changed = path.stat().st_mtime_ns
        if _read is None or _read[0] != changed or _read[1].path != path:
            _read = (changed, read_access_file(path))
    except (OSError, InputRefused) as error:
        if _read is None:
            raise
        logging.getLogger("shotledger.pages").error("the access file is as it was before: %s", error)
    assert _read is not None
    return _read[1]


def _known(access: AccessFile, claims: Mapping[str, Any]) -> Person:
    address = claims.get("email")
    if not isinstance(address, str):
        return STRANGER
    if claims.get("email_verified") is False:
        return Person(f"{address}, an address that the provider has not verified,", None)
    return Person(address, access.role_of(address))


def _signed_claims(request: "HTTPConnection", secret: str) -> Mapping[str, Any]:
    """What the provider said of them at sign-in; nothing where the cookie is missing, old or not signed by us."""
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    def decoded(name: str) -> bytes | None:
        value = request.cookies.get(name)
        return None if value is None else decode_signed_value(secret, name, value.encode("latin-1"))

    try:
        claims = json.loads(get_cookie_with_chunks(decoded, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") else {}
