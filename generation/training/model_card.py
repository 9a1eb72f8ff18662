"""The model card: what the embedded model is, what it was made from, how well it does and where it fails."""

import json
from pathlib import Path
from typing import Any

from generation.ai.finisher.channels import IMAGE_CHANNELS

CARD_FILE, TRAINING_FILE, SCORES_FILE = "README.md", "training.json", "scores.json"

_CARD = """---
license: apache-2.0
library_name: diffusers
---

# Shot finisher

Finishes a cheap blocking pass (flat colour, camera-space normals, depth, an effect guide) into the frame that the
traditional renderer would have made of it. It is the embedded model of Shotledger's AI workflow, and knows its scenes:
{scenes}.

- Network: norm-free UNet of {million_parameters:.2f} million parameters, levels {channels}, steered by the sun's
  direction, the sky's colour and the amount of effect. One step, no noise: the same blocking gives the same frames.
- Shown to it: {channels_in} channels (flat colour 3, normal 3, log depth, opacity and colour of the effect 4).
- Weights: float16 on disk, run in float32 or bfloat16.

## Data

{clip_count} clips ({frame_count} frames of {frame_size}) made by Shotledger's own traditional renderer from random
parameters; {held_out_clip_count} further clips were held out. No picture of anybody else's is in it.

## Recipe

{start}{steps} steps of {batch_size} crops of {crop_pixels} pixels in {training_seconds:.0f} seconds on {device}
({precision}){energy}. AdamW at {learning_rate} with cosine decay; L1, edges at three scales and SSIM; mirrored and
regraded crops; running average of the weights; seed {seed}.

## Scores on held-out clips

{scores}

## Known faults

- It knows the scenes it was trained on, and a scene with few clips poorly. Others come out with their palettes.
- Dust and flakes are as good as the guide: where it has none, none appear, and their fine structure is blurred.
- Debris smaller than the blocking's pieces is missing. Surface detail, which the blocking does not show, is blurred.
- Each frame is finished alone. It follows the blocking from frame to frame; motion blur is guessed from one frame.
"""

_PICTURES = {"blocking": "blocking", "guide": "blocking with effect guide", "output": "**output**"}


def write_card(folder: Path) -> None:
    """Write ``README.md`` of a model folder from its ``training.json`` and, if there is one, its ``scores.json``."""
    training = json.loads((folder / TRAINING_FILE).read_text(encoding="utf-8"))
    scores_file = folder / SCORES_FILE
    scored = json.loads(scores_file.read_text(encoding="utf-8")) if scores_file.is_file() else None
    scores = _score_table(scored) if scored else None
    if scored:
        training["held_out_clip_count"] = scored["clip_count"]
    words = {**training, **training["settings"], "million_parameters": training["parameter_count"] / 1e6}
    # `steps` of the settings is where the run should end, that of the training where it did.
    own_run = training.get("training_runs", [{}])[-1:] or [{}]
    joules = own_run[0].get("energy_joules")
    origin = own_run[0].get("energy_origin")
    start = training["settings"].get("start_revision")
    words |= {
        "channels_in": IMAGE_CHANNELS,
        "start": f"Begun with the weights {start[:12]} of an earlier model. " if start else "",
        "energy": f", {joules / 1000:,.0f} kJ ({origin})" if joules else "",
    }
    scenes = ", ".join(f"{name} ({count} clips)" for name, count in sorted(training["clips_of_scene"].items()))
    words |= {"scenes": scenes, "steps": training["steps"], "scores": scores or "Not measured yet."}
    (folder / CARD_FILE).write_text(_CARD.format(**words), encoding="utf-8")


def _score_table(scores: dict[str, Any]) -> str:
    columns = ["frames", "n", "picture", "PSNR dB", "PSNR without sky dB", "SSIM", "edge energy / truth's"]
    lines = [" | ".join(columns), "|".join("---" for _ in columns)]
    for group in scores["groups"]:
        for picture, title in _PICTURES.items():
            row = group[picture]
            measures = (
                f"{row['psnr']:.2f} | {row['psnr_without_sky']:.2f} | {row['ssim']:.3f} | {row['edge_ratio']:.2f}"
            )
            lines.append(f"{group['frames']} | {group['frame_count']} | {title} | {measures}")
    for known in scores.get("seen", []):
        row = known["output"]
        measures = f"{row['psnr']:.2f} | {row['psnr_without_sky']:.2f} | {row['ssim']:.3f} | {row['edge_ratio']:.2f}"
        lines.append(f"{known['frames']} | {known['frame_count']} | output on clips seen in training | {measures}")
    gain = scores["gain"]
    interval = f"{gain['low']:.2f} to {gain['high']:.2f}, 95 % bootstrap interval over {scores['clip_count']} clips"
    return "\n".join(
        [*(f"| {line} |" for line in lines), "", f"Gain over the blocking: {gain['mean']:.2f} dB ({interval})."]
    )
