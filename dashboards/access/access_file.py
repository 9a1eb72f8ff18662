"""The access file: whom the identity provider is asked about, and who has which role.

::

    [sign_in]                                   # what st.login needs: an OpenID Connect client
    client_id = "shotledger"
    client_secret = "..."
    server_metadata_url = "https://id.studio.example/.well-known/openid-configuration"
    redirect_uri = "https://shots.studio.example/oauth2callback"
    cookie_secret = "at least 32 random characters"

    [roles]                                     # e-mail addresses; *@domain is everybody there; the highest one counts
    admin = ["ada@studio.example"]
    producer = ["lin@studio.example"]
    viewer = ["*@studio.example"]
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from dashboards.access.roles import Role

SIGN_IN_FIELDS = ("client_id", "client_secret", "server_metadata_url", "redirect_uri", "cookie_secret")
SECRET_CHARACTERS = 32


@dataclass(frozen=True)
class AccessFile:
    """What the file says.

    Attributes
    ----------
    sign_in
        The section as Streamlit wants it under ``[auth]``.
    addresses_by_role
        E-mail addresses and ``*@domain``, in lower case.
    """

    path: Path
    sign_in: Mapping[str, Any]
    addresses_by_role: Mapping[Role, Sequence[str]]

    def role_of(self, address: str) -> Role | None:
        """The highest role that an e-mail address has, by itself or by its domain."""
        name, _, domain = address.strip().lower().rpartition("@")
        if not name:
            return None
        meant = {f"{name}@{domain}", f"*@{domain}"}
        roles = [role for role, known in self.addresses_by_role.items() if meant & set(known)]
        return max(roles, default=None)


def read_access_file(path: Path) -> AccessFile:
    """Read an access file.

    Raises
    ------
    InputRefused
        With everything that is wrong with it. Secrets are never repeated in what it says.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(str(path), None, "cannot be read", "name an access file: see docs/dashboards.md") from error
    except tomllib.TOMLDecodeError as error:
        raise InputRefused(str(path), None, f"is not TOML: {error}", "mend that place") from error
    problems: list[Problem] = []
    sign_in = _section(path, said, "sign_in", problems)
    roles = _section(path, said, "roles", problems)
    for name in SIGN_IN_FIELDS:
        value = sign_in.get(name)
        if not isinstance(value, str) or not value.strip():
            problems.append(Problem(f"{path}, [sign_in] {name}", None, "is missing", "write it as a text"))
        elif name == "cookie_secret" and len(value) < SECRET_CHARACTERS:
            why, mend = "is too short to keep anybody out", f"use at least {SECRET_CHARACTERS} random characters"
            problems.append(Problem(f"{path}, [sign_in] {name}", None, why, mend))
    redirect = sign_in.get("redirect_uri")
    if isinstance(redirect, str) and redirect and not redirect.endswith("/oauth2callback"):
        why, mend = "is not where the pages listen", "let it end in /oauth2callback"
        problems.append(Problem(f"{path}, [sign_in] redirect_uri", redirect, why, mend))
    addresses = {role: _addresses(path, roles, role, problems) for role in Role}
    for name in sorted(set(roles) - {role.label for role in Role}):
        known = ", ".join(role.label for role in Role)
        problems.append(Problem(f"{path}, [roles]", name, "is no role", f"use {known}"))
    if not problems and not any(addresses.values()):
        problems.append(Problem(f"{path}, [roles]", None, "lets nobody in", 'write viewer = ["you@studio.example"]'))
    if problems:
        raise InputRefused.all_of(problems)
    return AccessFile(path, sign_in, addresses)


def _section(path: Path, said: Mapping[str, Any], name: str, problems: list[Problem]) -> Mapping[str, Any]:
    section = said.get(name)
    if isinstance(section, dict):
        return section
    problems.append(Problem(str(path), name, "is a section that is missing", f"add [{name}]: see docs/dashboards.md"))
    return {}


def _addresses(path: Path, roles: Mapping[str, Any], role: Role, problems: list[Problem]) -> tuple[str, ...]:
    listed = roles.get(role.label, [])
    place = f"{path}, [roles] {role.label}"
    if not isinstance(listed, list):
        problems.append(Problem(place, listed, "is not a list", 'write it as ["you@studio.example"]'))
        return ()
    for value in listed:
        name, at, domain = value.strip().rpartition("@") if isinstance(value, str) else ("", "", "")
        if not (name and at and domain) or ("*" in value and name != "*"):
            mend = "write an address, or *@domain for everybody of a domain"
            problems.append(Problem(place, value, "is no e-mail address", mend))
    return tuple(value.strip().lower() for value in listed if isinstance(value, str))
