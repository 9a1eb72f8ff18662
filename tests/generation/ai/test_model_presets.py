"""Shipped model presets are read, and a faulty one is refused with every problem at once."""

from pathlib import Path

import pytest

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shipped import shipped_path
from generation.ai.model_presets import find_preset, load_preset, preset_names


def test_every_shipped_preset_is_read() -> None:
    presets = [find_preset(name) for name in preset_names()]
    assert len(presets) >= 10
    assert "embedded" not in preset_names()
    assert all(preset.width % 8 == 0 and preset.frame_count >= 1 for preset in presets)
    assert {preset.name for preset in presets if "blocking video" in preset.takes} == {"wan2.1-vace-1.3b"}


def test_unknown_model_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(InputRefused, match=r"no model of that name.*ltx-video-2b"):
        find_preset("wan9")


def test_faulty_preset_is_refused_with_all_its_problems(tmp_path: Path) -> None:
    text = shipped_path("models", "sdxl.toml").read_text(encoding="utf-8")
    text = text.replace("steps = 50", 'steps = "many"').replace('commercial_use = "yes"', 'commercial_use = "maybe"')
    text = text.replace("[[1024, 1024]]", "[[1023, 1024]]").replace("guidance =", "guidanse =")
    faulty = tmp_path / "sdxl.toml"
    faulty.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_preset(faulty)
    places = {problem.place for problem in refused.value.problems}
    assert places == {f"sdxl.toml: {name}" for name in ("steps", "commercial_use", "sizes", "guidance", "guidanse")}
    faulty.write_text("name = ", encoding="utf-8")
    with pytest.raises(InputRefused, match="not readable TOML"):
        load_preset(faulty)
