"""The access file: who has which role, and every fault of it told at once without its secrets."""

from pathlib import Path

import pytest

from analytics.vocabulary.errors import InputRefused
from dashboards.access.access_file import read_access_file
from dashboards.access.roles import Role

WHOLE = """
[sign_in]
client_id = "shotledger"
client_secret = "swordfish"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
redirect_uri = "https://shots.example/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"

[roles]
admin = ["ada@studio.example"]
producer = ["Lin@studio.example"]
viewer = ["*@studio.example"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "access.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("ada@studio.example", Role.ADMIN),
        ("LIN@Studio.Example", Role.PRODUCER),
        ("intern@studio.example", Role.VIEWER),
        ("ada@studio.example.evil.example", None),
        ("ada@evil.example", None),
        ("studio.example", None),
        ("", None),
    ],
)
def test_the_highest_role_of_an_address_or_of_its_domain(tmp_path, address, role):
    assert read_access_file(written(tmp_path, WHOLE)).role_of(address) is role


def test_every_fault_is_told_at_once_and_no_secret_with_it(tmp_path):
    text = WHOLE.replace('"0123456789abcdef0123456789abcdef"', '"short-hush"').replace('client_id = "shotledger"\n', "")
    text = text.replace("/oauth2callback", "/elsewhere").replace('"Lin@studio.example"', '"lin", 7, "l*n@x.example"')
    with pytest.raises(InputRefused) as refused:
        read_access_file(written(tmp_path, text + 'owner = ["me@studio.example"]\n'))
    said = str(refused.value)
    for word in ("client_id", "too short", "/oauth2callback", "'lin'", "= 7", "l*n@x.example", "'owner': is no role"):
        assert word in said
    assert "short-hush" not in said
    assert "swordfish" not in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[sign_in", "is not TOML"),
        ("", "is a section that is missing"),
        (WHOLE.split("[roles]")[0] + "[roles]\n", "lets nobody in"),
        (WHOLE.replace('admin = ["ada@studio.example"]', 'admin = "ada@studio.example"'), "is not a list"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_mend(tmp_path, text, word):
    with pytest.raises(InputRefused, match=word):
        read_access_file(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="cannot be read"):
        read_access_file(tmp_path / "nowhere.toml")
