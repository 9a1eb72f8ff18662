"""What full-size models cost: built with random weights, run at their native size on this machine's GPU, and recorded.

Text encoding, every denoising step and decoding are timed apart; energy is the card's own counter. A long model is
measured for a few steps and extrapolated to its native number, and its record says so. Pictures are never kept: the
weights are random. A line of JSON is printed after every model's denoising and again when it is complete, and each
record is a file in the named folder, so that a run can be cut at any moment.

    python benchmarks/full_size_models.py --budget-seconds 500 --into data/recordings
    python benchmarks/full_size_models.py --tiny --device cpu       # the same path in miniature, in seconds
"""

import argparse
import gc
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics.vocabulary.errors import InputRefused, ShotledgerError
from generation.ai.full_size.assemblies import full_size
from generation.ai.full_size.card import Card, card_of, matmul_flops_per_second
from generation.ai.full_size.measure import measure
from generation.ai.full_size.miniatures import tiny
from generation.ai.model_presets import find_preset

H100_SECONDS = {
    "ltx-video-2b": 30,
    "wan2.1-t2v-1.3b": 45,
    "cogvideox-2b": 45,
    "sdxl": 12,
    "svd-xt": 35,
    "wan2.2-ti2v-5b": 75,
    "wan2.1-t2v-14b": 75,
    "wan2.1-vace-1.3b": 60,
    "cogvideox-5b": 50,
    "hunyuanvideo": 200,
    "ltx-video-2b+compiled": 60,
    "flux2-klein-4b": 20,
    "sdxl-depth": 15,
    "wan2.1-t2v-1.3b+cudnn": 25,
    "wan2.1-t2v-1.3b+compiled": 75,
}
"""About what each takes on an H100, building included, the most valuable first: what doesn't fit is skipped."""
FEWER_WARM_UPS = {"hunyuanvideo": 1}  # a step of it takes half a minute


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", nargs="+", default=list(H100_SECONDS), help="what to run, in this order")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cuda")
    parser.add_argument("--tiny", action="store_true", help="the same classes in miniature, to try the path")
    parser.add_argument("--budget-seconds", type=float, default=float("inf"), help="skip what will not fit")
    parser.add_argument("--into", type=Path, help="folder for one JSON file a model")
    arguments = parser.parse_args()

    started = time.perf_counter()
    quieten_libraries()
    card = card_of(arguments.device)
    ceiling = matmul_flops_per_second(card, arguments.device, 256 if arguments.device == "cpu" else 8192)
    say(f"{card.hardware['device']}: {ceiling / 1e12:.1f} TFLOP/s in a bfloat16 product")
    failed = 0
    flops_per_call: dict[str, int] = {}
    for job in arguments.models:
        left = arguments.budget_seconds - (time.perf_counter() - started)
        if not arguments.tiny and H100_SECONDS.get(job, 0) > left:
            say(f"{job}: skipped, {left:.0f} s are left of the budget and about {H100_SECONDS[job]} are needed")
            continue
        failed += not run(job, arguments, card, ceiling, flops_per_call)
        gc.collect()
        card.release()
    if failed:
        sys.exit(1)


def run(job: str, arguments: argparse.Namespace, card: Card, ceiling: float, flops_per_call: dict[str, int]) -> bool:
    """Measure one model, and answer whether it worked; what failed is recorded as a sentence."""
    name, _, variant = job.partition("+")

    def keep(record: dict[str, Any]) -> None:
        record = {**record, "command": command()}
        print(json.dumps(record), flush=True)
        if arguments.into is not None:
            write(arguments.into / f"{job}_{slug(card)}.json", record)

    say(f"{job}: building")
    try:
        preset = find_preset(name)
        assembly = full_size(preset)
        if arguments.tiny:
            preset, assembly = tiny(preset)
        if variant == "compiled" and name not in flops_per_call:
            raise InputRefused("--models", job, "its operations are not counted yet", f"name {name} before it")
        record = measure(
            preset,
            assembly,
            card,
            arguments.device,
            ceiling,
            keep,
            warm_ups=FEWER_WARM_UPS.get(name, 2),
            compiled_with_flops_per_call=flops_per_call[name] if variant == "compiled" else None,
            attention_backend="_native_cudnn" if variant == "cudnn" else "native",
        )
    except Exception as error:  # whatever it is, the other models are still worth their time
        say(f"{job}: FAILED: {sentence(error, card)}")
        print(json.dumps({"model": name, "job": job, "failed": sentence(error, card)}), flush=True)
        if not isinstance(error, ShotledgerError):
            traceback.print_exception(error)
        return False
    flops_per_call[name] = record["denoiser_flops_per_call"]
    share = record["utilisation_of_rated"]
    stages = ", ".join(f"{stage} {of['median_seconds']:.3f} s" for stage, of in record["stages"].items())
    say(
        f"{job}: {stages}; {record['measured_steps']} of {record['native_steps']} steps, "
        f"{record['native_seconds']:.1f} s a clip, utilisation {'not known' if share is None else f'{share:.1%}'} "
        f"({record['utilisation_verdict']}), in {record['wall_seconds']:.0f} s"
    )
    return True


def sentence(error: Exception, card: Card) -> str:
    import torch

    if isinstance(error, torch.OutOfMemoryError):
        held = card.peak_bytes() or 0
        return (
            f"The model does not fit: the card's memory ran out at {held / 2**30:.1f} GiB. "
            "Decode in tiles, offload the text encoder, or take a smaller size."
        )
    return f"{type(error).__name__}: {error}"


def command() -> str:
    return " ".join(["python", os.path.relpath(sys.argv[0], Path(__file__).resolve().parents[1]), *sys.argv[1:]])


def slug(card: Card) -> str:
    """The card's name as a part of a file's name: ``h100-80gb-hbm3``."""
    return str(card.hardware["device"]).lower().removeprefix("nvidia ").replace(" ", "-")


def write(path: Path, record: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    beside.replace(path)


def quieten_libraries() -> None:
    """Our tokenizers make a token of nearly every letter, so the libraries would report every prompt as cut."""
    import diffusers
    import transformers

    diffusers.utils.logging.set_verbosity_error()
    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]


def say(words: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
