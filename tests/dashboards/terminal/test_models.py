"""The models' screens hold in 100 columns, cut nothing off, and say where every figure is from."""

from io import StringIO
from typing import Any

import pytest
from rich.console import Console, RenderableType

from dashboards.terminal.models import model_screen, models_table
from generation.ai.estimates.listing import model_in_full, model_rows
from generation.ai.estimates.machines import card_named
from generation.ai.model_presets import find_preset, preset_names


@pytest.fixture(scope="module", autouse=True)
def no_weights(tmp_path_factory: pytest.TempPathFactory) -> Any:
    import huggingface_hub.constants

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SHOTLEDGER_MODELS", raising=False)
        patch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path_factory.mktemp("hub")))
        yield


def drawn(screen: RenderableType) -> str:
    console = Console(width=100, file=StringIO(), color_system=None)
    console.print(screen)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= 100
    return text


@pytest.mark.parametrize("card", ["h100", "rtx-4090", "l4", "b200"])
def test_list_names_every_model_whole_with_what_a_clip_takes(card: str) -> None:
    text = drawn(models_table(model_rows(card_named(card))))
    for name in ("embedded", *preset_names()):
        assert any(line.startswith(f"{name} ") for line in text.splitlines())
    assert text.startswith(f"For {card_named(card).title}, ")
    for words in ("measured: a recording", "assumed: from operations", "shotledger models --card h100"):
        assert words in text


def test_measured_and_assumed_stand_beside_each_figure() -> None:
    rows = {row["name"]: row for row in model_rows(card_named("h100"))}
    # Every model was recorded on that card; on another one, what it takes is assumed.
    rows |= {row["name"]: row for row in model_rows(card_named("b200")) if row["name"] == "flux2-klein-4b"}
    assert rows["wan2.1-t2v-14b"]["clip_origin"] == "measured"
    assert rows["flux2-klein-4b"]["clip_origin"] == "assumed"
    assert rows["embedded"]["held"] == "yes"
    lines = drawn(models_table(list(rows.values()))).splitlines()
    wan, klein = (
        next(index for index, line in enumerate(lines) if line.startswith(name))
        for name in ("wan2.1-t2v-14b", "flux2-klein-4b")
    )
    assert "5.8 min" in lines[wan]
    assert "measured, 67 Wh" in lines[wan + 1]
    assert " to " in lines[klein]
    assert "assumed, " in lines[klein + 1]


@pytest.mark.parametrize("name", preset_names())
def test_one_model_in_full_says_all_of_its_preset(name: str) -> None:
    preset = find_preset(name)
    text = " ".join(drawn(model_screen(model_in_full(preset, card_named("rtx-4090")))).split())
    for words in (preset.hub_id, preset.licence, preset.pipeline_class, preset.scheduler_class, *preset.takes):
        assert words in text
    for part in preset.parts_from.values():
        assert part["hub_id"] in text
    assert preset.suits in text
    assert "assumed" in text
    for lever in preset.memory_levers:
        assert lever in text


def test_model_that_does_not_fit_has_no_seconds() -> None:
    row = model_in_full(find_preset("wan2.1-t2v-14b"), card_named("rtx-4090")) | {
        "held": "no",
        "clip_seconds": None,
        "clip_seconds_low": None,
    }
    assert "It does not fit, so there are no seconds." in drawn(model_screen(row))
