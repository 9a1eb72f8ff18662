"""Simulations are run once and used again by every render of the same scene, and every render is charged for them.

A bake is a folder beside the renders, named by what it depends on: the scene, its parameters, our code and Blender.
Beside its files lies what it took on every meter. A render that uses it carries those figures in its stage
``simulate``, so that the order in which renders were made never shows in what a shot costs.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import generation.traditional
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.stage import Stage, StageName
from generation.metering.stopwatch import lap_since
from generation.workflows.session import Session

if TYPE_CHECKING:
    from generation.traditional.parameters import SceneParameters
    from generation.traditional.shot_scene import Prepared, ShotScene

FOLDER_NAME = "bakes"


@dataclass(frozen=True)
class Simulated:
    """A prepared scene; ``settings`` says, for the manifest, what was simulated, how long it took and whether now."""

    prepared: "Prepared"
    settings: dict[str, Any]


def prepare_scene(
    session: Session, scene: "ShotScene", parameters: "SceneParameters", *, with_effects: bool
) -> Simulated:
    """Prepare a scene for a render, from a bake if there is one.

    Parameters
    ----------
    with_effects
        Also simulate what only finished frames need.

    Raises
    ------
    RenderFailed, MissingPart
        From the Blender child.
    """
    if not scene.simulated:
        session.enter(StageName.SIMULATE)
        prepared = scene.prepare(parameters, session.work / "prepared", session.listener(0))
        if with_effects:
            scene.simulate_effects(prepared)
        return Simulated(prepared, {})
    folder = session.order.out / FOLDER_NAME / f"{scene.name}_{_key(scene.name, parameters)}"
    with _locked(folder):
        bake = _Bake(session, folder)
        bake.part("simulation", lambda: scene.prepare(parameters, folder, session.listener(0)))
        prepared = scene.load(parameters, folder)
        if with_effects:
            bake.part("effects", lambda: scene.simulate_effects(prepared))
    return Simulated(prepared, bake.settings)


class _Bake:
    """One folder of simulations, with a note beside each that is whole."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder
        self.settings: dict[str, Any] = {}
        if not any(folder.glob("*.baked.json")):
            # What an interrupted render left: without its note nobody knows whether it is whole.
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)

    def part(self, name: str, simulate: Callable[[], object]) -> None:
        """Simulate one part, or carry what it took."""
        note = self.folder / f"{name}.baked.json"
        taken, reused = _read_note(note), True
        if taken is None:
            taken, reused = self._measured(simulate), False
            _write_note(note, taken)
        else:
            self.session.stopwatch.carry(taken)
        self.settings[name] = {
            "wall_seconds": round(taken.wall_seconds, 3),
            "baked_by_an_earlier_render": reused,
        }

    def _measured(self, simulate: Callable[[], object]) -> Stage:
        stopwatch = self.session.stopwatch
        before = stopwatch.measured(StageName.SIMULATE)
        self.session.enter(StageName.SIMULATE)
        simulate()
        self.session.enter(StageName.LOAD)
        after = stopwatch.measured(StageName.SIMULATE)
        assert after is not None, "the stage was entered above"
        return lap_since(before, after)


def _key(scene: str, parameters: "SceneParameters") -> str:
    """Sixteen hexadecimal digits of everything that a simulation depends on."""
    digest = hashlib.sha256(json.dumps([scene, asdict(parameters)], sort_keys=True).encode())
    root = Path(generation.traditional.__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    try:
        blender = os.environ.get("SHOTLEDGER_BLENDER") or version("bpy")
    except PackageNotFoundError:
        blender = ""
    digest.update(blender.encode())
    return digest.hexdigest()[:16]


def _read_note(note: Path) -> Stage | None:
    try:
        fields = json.loads(note.read_text(encoding="utf-8"))
        origin = fields["energy_origin"]
        return Stage(**{**fields, "name": StageName(fields["name"]), "energy_origin": origin and Origin(origin)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_note(note: Path, taken: Stage) -> None:
    """Under a temporary name first: a note that is there is whole, and so is what it speaks of."""
    temporary = note.with_suffix(".part")
    temporary.write_text(json.dumps(asdict(taken)), encoding="utf-8")
    temporary.replace(note)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process bakes at a time; the next finds the bake. The lock goes with the process, however that ends."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
