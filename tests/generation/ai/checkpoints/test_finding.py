"""Weights are found in the studio's folder, in the hub's cache or on a hub; without any of them one sentence helps."""

import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import huggingface_hub.constants as hub_constants
import pytest

from analytics.vocabulary.errors import InputRefused, MissingPart
from generation.ai.checkpoints.finding import fetch_weights, find_weights
from generation.ai.checkpoints.loading import check_weights, load_model
from generation.ai.model_presets import find_preset

WAN = "wan2.1-t2v-1.3b"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def point_at(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(hub_constants, "ENDPOINT", address)
    monkeypatch.setattr(
        hub_constants, "HUGGINGFACE_CO_URL_TEMPLATE", address + "/{repo_id}/resolve/{revision}/{filename}"
    )


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The hub's cache in a folder of its own, and a hub that nobody answers for."""
    cache = tmp_path / "hub"
    monkeypatch.setattr(hub_constants, "HF_HUB_CACHE", str(cache))
    point_at(monkeypatch, "http://127.0.0.1:9")
    monkeypatch.setattr(hub_constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setattr(hub_constants, "HF_HUB_OFFLINE", False)
    return cache


@dataclass(frozen=True)
class LocalHub:
    """A hub on this machine: folders that it serves as repositories, and the files that were fetched."""

    repositories: dict[str, Path]
    fetched: list[str]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalHub]:
    repositories: dict[str, Path] = {}
    fetched: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def answer(self, with_body: bool) -> None:
            path = unquote(self.path.split("?")[0]).strip("/")
            for hub_id, folder in repositories.items():
                files = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
                if path.startswith(f"api/models/{hub_id}/tree/"):
                    listed = [{"type": "file", "path": name, "size": 1, "oid": COMMIT} for name in files]
                    return self.reply(json.dumps(listed).encode(), with_body)
                if path.startswith(f"api/models/{hub_id}/revision/"):
                    about = {"id": hub_id, "sha": COMMIT, "siblings": [{"rfilename": name} for name in files]}
                    return self.reply(json.dumps(about).encode(), with_body)
                for name in files:
                    if path == f"{hub_id}/resolve/{COMMIT}/{name}":
                        if with_body:
                            fetched.append(f"{hub_id}/{name}")
                        return self.reply((folder / name).read_bytes(), with_body)
            self.reply(b'{"error": "not found"}', with_body, 404)

        def reply(self, body: bytes, with_body: bool, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{hashlib.sha256(body).hexdigest()}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    point_at(monkeypatch, f"http://127.0.0.1:{server.server_port}")

    yield LocalHub(repositories, fetched)
    server.shutdown()
    server.server_close()


def test_studio_folder_comes_first(
    checkpoints: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(checkpoints(WAN), tmp_path / "models" / WAN)
    monkeypatch.setenv("SHOTLEDGER_MODELS", str(tmp_path / "models"))
    assert load_model(find_preset(WAN), None).source == f"folder:{WAN}"
    (tmp_path / "models" / WAN / "model_index.json").unlink()
    with pytest.raises(InputRefused, match="holds no model"):
        check_weights(find_preset(WAN), None)


def test_unreachable_hub_is_answered_with_where_weights_were_looked_for_and_how_to_bring_them() -> None:
    preset = find_preset("sdxl-depth")
    assert find_weights(preset, None) is None
    with pytest.raises(MissingPart) as missing:
        check_weights(preset, None)
    words = str(missing.value)
    for part in (
        "$SHOTLEDGER_MODELS/sdxl-depth",
        "stabilityai/stable-diffusion-xl-base-1.0 at revision main",
        "hf download stabilityai/stable-diffusion-xl-base-1.0 --revision main --local-dir sdxl-depth",
        "hf download diffusers/controlnet-depth-sdxl-1.0 --revision main --local-dir sdxl-depth/controlnet",
        "--weights sdxl-depth",
    ):
        assert part in words
    with pytest.raises(MissingPart):
        load_model(preset, None)


def test_weights_are_fetched_by_revision_and_found_in_the_cache_afterwards(
    hub: LocalHub, copy_of: Callable[[str], Path]
) -> None:
    preset, folder = find_preset(WAN), copy_of(WAN)
    (folder / "README.md").write_text("pictures and words")
    (folder / "original").mkdir()
    (folder / "original" / "model.pth").write_bytes(b"\x80\x04.")
    (folder / "vae" / "diffusion_pytorch_model.bin").write_bytes(b"\x80\x04.")
    (folder / "vae" / "diffusion_pytorch_model.fp16.safetensors").write_bytes(b"halved")
    hub.repositories[preset.hub_id] = folder
    check_weights(preset, None)
    assert hub.fetched == [], "checking must not fetch"
    loaded = load_model(preset, None)
    assert loaded.source == f"hub:{preset.hub_id}@main"
    assert loaded.revision == COMMIT
    assert not [name for name in hub.fetched if name.endswith((".bin", ".pth", ".md")) or "fp16" in name]
    count = len(hub.fetched)
    found = find_weights(preset, None)
    assert found is not None
    assert found.commit == COMMIT
    assert load_model(preset, None).revision == COMMIT
    assert len(hub.fetched) == count


def test_parts_that_are_published_apart_are_fetched_too(
    hub: LocalHub, copy_of: Callable[[str], Path], tmp_path: Path
) -> None:
    preset, folder = find_preset("sdxl-depth"), copy_of("sdxl-depth")
    controlnet = Path(shutil.move(folder / "controlnet", tmp_path / "controlnet"))
    index = json.loads((folder / "model_index.json").read_text())
    del index["controlnet"]
    (folder / "model_index.json").write_text(json.dumps(index | {"_class_name": "StableDiffusionXLPipeline"}))
    hub.repositories[preset.hub_id] = folder
    hub.repositories[preset.parts_from["controlnet"]["hub_id"]] = controlnet
    found = fetch_weights(preset)
    assert found.commit == f"{COMMIT} + {COMMIT}"
    assert type(load_model(preset, None).pipeline.controlnet).__name__ == "ControlNetModel"


def test_download_that_broke_off_goes_on(hub: LocalHub, copy_of: Callable[[str], Path]) -> None:
    preset, folder = find_preset(WAN), copy_of(WAN)
    hub.repositories[preset.hub_id] = folder
    found = fetch_weights(preset)
    (found.checked.path / "vae" / "diffusion_pytorch_model.safetensors").unlink()
    assert find_weights(preset, None) is None
    assert fetch_weights(preset).checked.parameters == found.checked.parameters


def test_fetched_folder_that_is_another_model_is_refused(hub: LocalHub, copy_of: Callable[[str], Path]) -> None:
    preset = find_preset(WAN)
    hub.repositories[preset.hub_id] = copy_of("svd-xt")
    with pytest.raises(InputRefused, match=r"is not what wan2.1-t2v-1.3b runs, WanPipeline"):
        fetch_weights(preset)
