"""How finely Cycles renders, from the quality settings of the job."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import bpy

#: Fastest first.
GPU_KINDS = ("OPTIX", "CUDA", "HIP", "ONEAPI", "METAL")


def apply(scene: Any, quality: Mapping[str, Any], size: Sequence[int], seed: int) -> None:
    """Samples, denoising, bounces and motion blur for a finished frame.

    ``quality``: ``samples``; ``adaptive_threshold`` (0 for a fixed number of samples); ``motion_blur`` (shutter in
    frames, 0 for none); ``denoise``; ``threads`` (0 for all processors); ``noise_seed``.
    """
    cycles, render = scene.cycles, scene.render
    _common(scene, size, int(quality.get("threads", 0)))
    cycles.samples = int(quality["samples"])
    threshold = float(quality.get("adaptive_threshold", 0.0))
    cycles.use_adaptive_sampling = threshold > 0
    if threshold > 0:
        cycles.adaptive_threshold = threshold
    cycles.use_denoising = bool(quality.get("denoise", True))
    if cycles.use_denoising:
        cycles.denoiser = "OPENIMAGEDENOISE"
        cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
        cycles.denoising_prefilter = "FAST" if int(quality["samples"]) < 32 else "ACCURATE"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 3, 2, 2
    cycles.transmission_bounces, cycles.volume_bounces, cycles.transparent_max_bounces = 2, 0, 4
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 4.0
    cycles.seed = (seed + int(quality.get("noise_seed", 0))) % 2**31
    shutter = float(quality.get("motion_blur", 0.5))
    render.use_motion_blur, render.motion_blur_shutter = shutter > 0, max(shutter, 0.01)


def apply_flat(scene: Any, size: Sequence[int], threads: int, samples: int = 1) -> None:
    """No bounces, and so no noise by construction: one centred sample a pixel, or several over its whole area."""
    cycles = scene.cycles
    _common(scene, size, threads)
    cycles.samples, cycles.use_adaptive_sampling, cycles.use_denoising = samples, False, False
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = 0
    cycles.transmission_bounces = cycles.transparent_max_bounces = cycles.volume_bounces = 0
    cycles.pixel_filter_type, cycles.filter_width = "BOX", 0.01 if samples == 1 else 1.0
    cycles.seed = 0
    scene.render.use_motion_blur = False


def _common(scene: Any, size: Sequence[int], threads: int) -> None:
    render, cycles = scene.render, scene.cycles
    render.resolution_x, render.resolution_y, render.resolution_percentage = int(size[0]), int(size[1]), 100
    if threads:
        render.threads_mode, render.threads = "FIXED", threads
    cycles.device = "CPU"
    cycles.use_light_tree = False
    render.use_persistent_data = True
    render.use_compositing = render.use_sequencer = False
    scene.view_settings.view_transform = "Standard"
    output = render.image_settings
    output.file_format, output.color_mode, output.color_depth = "OPEN_EXR_MULTILAYER", "RGBA", "16"
    output.exr_codec = "ZIP"


def use_best_device(scene: Any) -> str:
    """Render on the GPUs that Blender finds, or on the CPU where it finds none; returns what it chose.

    ``SHOTLEDGER_CYCLES_DEVICE=cpu`` keeps it on the CPU.
    """
    if os.environ.get("SHOTLEDGER_CYCLES_DEVICE", "").lower() == "cpu":
        return "CPU"
    addon = bpy.context.preferences.addons.get("cycles")
    if addon is None:
        return "CPU"
    preferences = addon.preferences
    for kind in GPU_KINDS:
        try:
            preferences.compute_device_type = kind
        except TypeError:  # this Blender was built without it
            continue
        preferences.get_devices()
        found = [device for device in preferences.devices if device.type == kind]
        if found:
            for device in preferences.devices:
                device.use = device.type == kind
            scene.cycles.device = "GPU"
            return f"{kind} {', '.join(device.name for device in found)}"
    return "CPU"
