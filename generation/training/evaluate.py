"""Score a model on held-out clips: ``python -m generation.training.evaluate CLIPS --model RUN/model --out SCORES``."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import numpy.typing as npt
import typer

from analytics.vocabulary.errors import InputRefused, ShotledgerError

if TYPE_CHECKING:
    from generation.ai.embedded import EmbeddedFinisher
    from generation.training.pairs import Clip

DUSTY_SCENE = "collapse"
DUSTY_OPACITY = 0.02
"""Mean opacity of the dust guide from which a frame counts as dusty."""
_RESAMPLES = 2000


def main(
    clips: Annotated[Path, typer.Argument(help="Folder of clips; those with seeds from 900000 on are scored.")],
    out: Annotated[Path, typer.Option(help="Folder for scores.json and sheet.png.")],
    model: Annotated[Path | None, typer.Option(help="Model folder; the shipped one by default.")] = None,
    seen: Annotated[
        int, typer.Option(help="Also score so many clips of each scene that the model was trained on.")
    ] = 10,
    card: Annotated[bool, typer.Option("--card", help="Also put the scores into the model's folder and card.")] = False,
) -> None:
    """Score a model against the truth, beside the blocking it started from."""
    try:
        from analytics.vocabulary.shipped import shipped_path
        from generation.ai.embedded import EmbeddedFinisher
        from generation.training.pairs import find_clips, load_clips

        folder = model or shipped_path("models", "embedded")
        finisher = EmbeddedFinisher.load(folder)
        held_out = load_clips(find_clips(clips)[1])
        if not held_out:
            raise InputRefused(
                str(clips),
                None,
                "holds no held-out clip (seeds from 900000 on)",
                "render some with make_pairs --held-out",
            )
        outputs = [finished(finisher, clip) for clip in held_out]
        scores = {"model": finisher.settings, **score(held_out, outputs)}
        if seen:
            known = load_clips(_some_of_each(find_clips(clips)[0], seen))
            scores["seen"] = score(known, [finished(finisher, clip) for clip in known])["groups"]
        out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(scores, indent=1) + "\n"
        (out / "scores.json").write_text(text, encoding="utf-8")
        _write_sheet(held_out, outputs, out / "sheet.png")
        if card:
            from generation.training.model_card import SCORES_FILE, write_card

            (folder / SCORES_FILE).write_text(text, encoding="utf-8")
            write_card(folder)
        print(table(scores))
    except ShotledgerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None


def finished(finisher: "EmbeddedFinisher", clip: "Clip") -> npt.NDArray[np.uint8]:
    """A clip's frames as a render would have them: finished, with the shot's grain put back; uint8 [F,H,W,3]."""
    from generation.traditional.scenes import find_scene

    scene = find_scene(clip.scene)
    grain = scene.grain(scene.draw_parameters(clip.seed, {}))
    frames = finisher.finish(clip.blocking)
    return np.stack(
        [grain.on_display(frame, int(number)) for frame, number in zip(frames, clip.frame_numbers, strict=True)]
    )


def score(clips: Sequence["Clip"], outputs: Sequence[npt.NDArray[np.uint8]]) -> dict[str, Any]:
    """Compare outputs, and the blockings they began as, with the truth.

    Parameters
    ----------
    clips
        With their truth.
    outputs
        uint8 [F,H,W,3] for each clip.

    Returns
    -------
    dict
        ``groups``: means over all, clear and dusty frames, or of several scenes over all and each, for ``blocking``,
        ``guide`` (blocking with the guide of its effect laid over) and ``output``; ``gain``: PSNR of the output above
        its blocking's, mean over clips with a 95 % bootstrap interval over clips (frames of one clip are too alike to
        count singly); ``clips``: the gain of each.
    """
    from generation.training.sheets import with_guide

    pictures: dict[str, list[dict[str, npt.NDArray[np.float64]]]] = {"blocking": [], "guide": [], "output": []}
    for clip, output in zip(clips, outputs, strict=True):
        for name, frames in (
            ("blocking", clip.blocking.flat),
            ("guide", with_guide(clip.blocking)),
            ("output", output),
        ):
            pictures[name].append(_measures(frames, clip))
    is_dusty = np.concatenate([clip.blocking.effect_opacity.mean(axis=(1, 2)) / 255 >= DUSTY_OPACITY for clip in clips])
    scenes = np.concatenate([np.full(len(clip.target), clip.scene) for clip in clips])
    choices = [("all", np.ones_like(is_dusty)), ("clear", ~is_dusty), ("dusty", is_dusty)]
    if len(set(scenes)) > 1:
        # With several scenes, dust speaks of none of them together: each is told by itself.
        choices = choices[:1]
        for name in sorted(set(scenes)):
            choices.append((name, scenes == name))
            if name == DUSTY_SCENE:
                choices += [
                    (f"{name}, clear", (scenes == name) & ~is_dusty),
                    (f"{name}, dusty", (scenes == name) & is_dusty),
                ]
    groups = [
        {
            "frames": name,
            "frame_count": int(chosen.sum()),
            **{
                picture: {
                    measure: float(np.concatenate([row[measure] for row in rows])[chosen].mean()) for measure in rows[0]
                }
                for picture, rows in pictures.items()
            },
        }
        for name, chosen in choices
        if chosen.any()
    ]
    gains = np.array(
        [
            output["psnr"].mean() - blocking["psnr"].mean()
            for output, blocking in zip(pictures["output"], pictures["blocking"], strict=True)
        ]
    )
    drawn = np.random.default_rng(0).choice(gains, (_RESAMPLES, len(gains))).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return {
        "clip_count": len(clips),
        "groups": groups,
        "gain": {"mean": float(gains.mean()), "low": float(low), "high": float(high)},
        "clips": {f"{clip.scene} {clip.seed}": round(float(gain), 3) for clip, gain in zip(clips, gains, strict=True)},
    }


def _some_of_each(files: Sequence[Path], count: int) -> list[Path]:
    """Evenly spaced clips of each scene."""
    chosen: list[Path] = []
    for scene in sorted({file.stem.rpartition("_")[0] for file in files}):
        own = [file for file in files if file.stem.rpartition("_")[0] == scene]
        chosen += own[:: max(1, len(own) // count)][:count]
    return chosen


def _measures(frames: npt.NDArray[np.uint8], clip: "Clip") -> dict[str, npt.NDArray[np.float64]]:
    import torch

    from generation.quality.picture_measures import edge_energy, peak_signal_to_noise, structural_similarity

    picture, truth = (torch.from_numpy(array).movedim(-1, 1).float() / 255 for array in (frames, clip.target))
    solid = torch.from_numpy(~clip.blocking.is_sky)[:, None]
    return {
        "psnr": peak_signal_to_noise(picture, truth).double().numpy(),
        "psnr_without_sky": peak_signal_to_noise(picture, truth, solid).double().numpy(),
        "ssim": structural_similarity(picture, truth).double().numpy(),
        "edge_ratio": (edge_energy(picture) / edge_energy(truth)).double().numpy(),
    }


def table(scores: dict[str, Any]) -> str:
    """The scores as lines for a terminal."""
    lines = [f"{'frames':16s}{'n':>5s}  {'picture':10s}{'PSNR dB':>9s}{'no sky':>9s}{'SSIM':>8s}{'edges':>8s}"]
    for group in scores["groups"]:
        for picture in ("blocking", "guide", "output"):
            row = group[picture]
            lines.append(
                f"{group['frames']:16s}{group['frame_count']:5d}  {picture:10s}{row['psnr']:9.2f}"
                f"{row['psnr_without_sky']:9.2f}{row['ssim']:8.3f}{row['edge_ratio']:8.2f}"
            )
    for known in scores.get("seen", []):
        lines.append(
            f"{known['frames']:16s}{known['frame_count']:5d}  seen in training: {known['output']['psnr']:.2f} dB, "
            f"SSIM {known['output']['ssim']:.3f}"
        )
    gain = scores["gain"]
    interval = f"{gain['low']:.2f} to {gain['high']:.2f}, 95 % over {scores['clip_count']} clips"
    lines.append(f"gain over the blocking {gain['mean']:.2f} dB ({interval})")
    return "\n".join(lines)


def _write_sheet(clips: Sequence["Clip"], outputs: Sequence[npt.NDArray[np.uint8]], file: Path) -> None:
    from generation.training.sheets import save_sheet

    rows = []
    for clip, output in list(zip(clips, outputs, strict=True))[:6]:
        for number in (0, len(output) // 2, len(output) - 1):
            rows.append((clip.blocking[number : number + 1], output[number], clip.target[number]))
    save_sheet(file, rows)


if __name__ == "__main__":
    typer.run(main)
