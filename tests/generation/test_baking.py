"""Simulations run once, and every render is charged for them."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from analytics.vocabulary.errors import RenderFailed
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow
from generation.metering.stopwatch import Stopwatch
from generation.order import place_order
from generation.progress import Silent
from generation.shots import find_shot
from generation.traditional.collapse.parameters import CollapseParameters
from generation.traditional.shot_scene import Prepared
from generation.workflows.baking import FOLDER_NAME, prepare_scene
from generation.workflows.session import Session


@dataclass
class CountedScene:
    """A scene whose simulation is a file, and that counts how often it was simulated."""

    name: str = "counted"
    has_plate: bool = False
    simulated: bool = True
    ran: list[str] = field(default_factory=list)

    def prepare(self, parameters: Any, folder: Path, on_event: Any) -> Prepared:
        self.ran.append("simulation")
        (folder / "motion").write_text(str(parameters.seed))
        sum(range(3_000_000))
        return self.load(parameters, folder)

    def load(self, parameters: Any, folder: Path) -> Prepared:
        return Prepared(self.name, parameters, folder, {"motion": folder / "motion"})

    def simulate_effects(self, prepared: Prepared) -> None:
        assert prepared.files["motion"].is_file(), "effects follow the simulation"
        self.ran.append("effects")


def session(folder: Path) -> Session:
    order = place_order(find_shot("building_collapse"), Workflow.TRADITIONAL, out=folder)
    render = folder / "render"
    render.mkdir(exist_ok=True)
    return Session(order, render, Stopwatch(), Silent())


def test_a_second_render_uses_the_bake_and_carries_what_it_took(tmp_path: Path) -> None:
    scene, parameters = CountedScene(), CollapseParameters(5)
    first, second, third = session(tmp_path), session(tmp_path), session(tmp_path)
    made = prepare_scene(first, scene, parameters, with_effects=False)
    baked = {stage.name: stage for stage in first.stopwatch.stop()}
    reused = prepare_scene(second, scene, parameters, with_effects=True)
    carried = {stage.name: stage for stage in second.stopwatch.stop()}
    prepare_scene(third, scene, parameters, with_effects=True)
    everything = {stage.name: stage for stage in third.stopwatch.stop()}

    assert scene.ran == ["simulation", "effects"]
    assert made.prepared.files == reused.prepared.files
    assert not made.settings["simulation"]["baked_by_an_earlier_render"]
    assert reused.settings["simulation"]["baked_by_an_earlier_render"]
    assert not reused.settings["effects"]["baked_by_an_earlier_render"]
    simulated = baked[StageName.SIMULATE].cpu_seconds
    assert simulated > 0
    assert carried[StageName.SIMULATE].cpu_seconds >= simulated
    assert everything[StageName.SIMULATE].wall_seconds == pytest.approx(carried[StageName.SIMULATE].wall_seconds)


def test_other_parameters_are_another_bake(tmp_path: Path) -> None:
    scene, parameters = CountedScene(), CollapseParameters(5)
    for each in (parameters, replace(parameters, floors=6), parameters):
        prepare_scene(session(tmp_path), scene, each, with_effects=False)
    assert scene.ran == ["simulation"] * 2
    assert len([path for path in (tmp_path / FOLDER_NAME).iterdir() if path.is_dir()]) == 2


def test_what_a_stopped_simulation_left_is_never_used(tmp_path: Path) -> None:
    class Stopped(CountedScene):
        def prepare(self, parameters: Any, folder: Path, on_event: Any) -> Prepared:
            (folder / "motion").write_text("half")
            raise RenderFailed("simulation", None, "it was stopped", "run it again")

    with pytest.raises(RenderFailed):
        prepare_scene(session(tmp_path), Stopped(), CollapseParameters(5), with_effects=False)
    scene = CountedScene()
    prepared = prepare_scene(session(tmp_path), scene, CollapseParameters(5), with_effects=False).prepared
    assert scene.ran == ["simulation"]
    assert prepared.files["motion"].read_text() == "5"


def test_a_torn_note_means_that_the_bake_is_made_again(tmp_path: Path) -> None:
    scene = CountedScene()
    folder = prepare_scene(session(tmp_path), scene, CollapseParameters(5), with_effects=False).prepared.folder
    note = folder / "simulation.baked.json"
    assert json.loads(note.read_text())["name"] == "simulate"
    note.write_text(note.read_text()[:20])
    prepare_scene(session(tmp_path), scene, CollapseParameters(5), with_effects=False)
    assert scene.ran == ["simulation"] * 2
