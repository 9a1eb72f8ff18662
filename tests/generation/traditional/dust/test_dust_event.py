"""Dust of a small invented event: a stack of boxes that falls on a street."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from generation.traditional.camera import Camera
from generation.traditional.collapse.composite import SKY_METRES, CompositeLook, composite_frame, daylight_grade
from generation.traditional.dust.guide import dust_guide
from generation.traditional.dust.lighting import daylight_look
from generation.traditional.dust.ray_march import DustMarcher, march
from generation.traditional.dust.snapshots import DustSnapshots, load_dust, save_dust
from generation.traditional.dust.solver import simulate_dust
from generation.traditional.dust.sources import DustParameters, emissions

PARAMETERS = DustParameters(seed=5, amount=6.0, start=3)
FRAMES = 22
SUN = np.array([-0.6, -0.5, 0.6])
CORNERS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)


def _falling_boxes() -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
    rest = np.array([[x, y, z] for x in (-5, 0, 5) for y in (0, 4) for z in (2, 6, 10)], float)
    seconds = np.maximum(0, np.arange(FRAMES) - 2) * PARAMETERS.step_seconds
    motion = np.repeat(rest[None], FRAMES, 0)
    motion[:, :, 2] = np.maximum(1.0, rest[:, 2] - 0.5 * 9.81 * seconds[:, None] ** 2)
    return [CORNERS * 1.5] * len(rest), np.full(len(rest), 27.0), motion.astype(np.float32)


@cache
def _dust(cell_metres: float = 1.0) -> DustSnapshots:
    return simulate_dust(*_falling_boxes(), [((12.0, -5.0, 0.0), (18.0, 10.0, 12.0))], PARAMETERS, cell_metres)


def _camera() -> Camera:
    """It stands 34 m south of the boxes at eye height and looks north."""
    matrix = np.eye(4)
    matrix[:3, :3] = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], float)
    matrix[:3, 3] = (0, -34, 3.5)
    return Camera(matrix, 30.0, 36.0)


def test_dust_is_the_same_bit_for_bit_for_one_seed_and_another_for_another() -> None:
    _dust.cache_clear()
    first = _dust()
    _dust.cache_clear()
    second = _dust()
    for one, other in zip(first.frames, second.frames, strict=True):
        assert one.low == other.low
        np.testing.assert_array_equal(one.density, other.density)
        np.testing.assert_array_equal(one.displacement, other.displacement)
    another = simulate_dust(*_falling_boxes(), [], DustParameters(seed=6, start=3), 1.0)
    last, other = first.frames[-1].density, another.frames[-1].density
    assert last.shape != other.shape or (last != other).any()


def test_there_is_no_dust_before_the_event_and_ever_more_while_things_fall() -> None:
    dust = _dust()
    assert all(snapshot.empty for snapshot in dust.frames[: PARAMETERS.start - 1])
    amounts = [float(snapshot.density.astype(np.float64).sum()) for snapshot in dust.frames]
    assert amounts[-1] > 4 * amounts[6] > 0


def test_density_is_finite_and_never_negative() -> None:
    for snapshot in _dust().frames:
        assert np.isfinite(snapshot.density).all()
        assert snapshot.density.size == 0 or snapshot.density.min() >= 0


def test_dust_keeps_out_of_standing_buildings_and_is_densest_near_the_ground() -> None:
    last = _dust().frames[-1]
    where = np.argwhere(last.density.astype(np.float32) > 0.05)[:, ::-1] + 0.5 + np.array(last.low)
    inside = (where > [12.0, -5.0, 0.0]).all(1) & (where < [18.0, 10.0, 12.0]).all(1)
    assert len(where) > 200
    assert not inside.any()
    layers = last.density.astype(np.float64).sum((1, 2))
    assert layers[:6].sum() > 2 * layers[6:].sum()


def test_emission_does_not_know_the_grid_and_starts_at_pieces() -> None:
    hulls, volumes, motion = _falling_boxes()
    frames = emissions(hulls, volumes, motion, PARAMETERS)
    assert [frame.count for frame in frames[: PARAMETERS.start - 1]] == [0] * (PARAMETERS.start - 1)
    busiest = max(range(FRAMES), key=lambda index: frames[index].amount.sum())
    gaps = np.abs(frames[busiest].position[:, None] - motion[busiest][None]).max(-1).min(1)
    assert gaps.max() < 1.5 * 1.2
    assert all((frame.amount >= 0).all() for frame in frames)


def test_the_guide_shows_dust_where_the_full_dust_is() -> None:
    camera, depth = _camera(), np.full((FRAMES, 54, 96), 60.0, np.float32)
    guide = dust_guide(*_falling_boxes(), [], PARAMETERS, [camera] * FRAMES, depth, SUN)
    full = simulate_dust(*_falling_boxes(), [], PARAMETERS, 0.75)
    marcher = DustMarcher(full, SUN)
    assert guide.light.shape == (*guide.opacity.shape, 3)
    assert guide.opacity[0].max() == 0
    assert (guide.shadow[0] == 1).all()
    for frame in (10, FRAMES - 1):
        _, alpha = marcher.march(marcher.light(frame), camera, camera.ray_distance(depth[frame]))
        assert alpha.max() > 0.5
        assert np.corrcoef(alpha.ravel(), guide.opacity[frame].ravel())[0, 1] > 0.8
        assert (guide.light[frame][guide.opacity[frame] == 0] == 0).all()
        assert guide.light[frame].max() > 0.07
        assert 0 < guide.shadow[frame].min() < 0.97


def test_a_wall_in_front_hides_the_dust() -> None:
    camera, dust = _camera(), _dust()
    far, near = np.full((54, 96), 90.0, np.float32), np.full((54, 96), 8.0, np.float32)
    near[:, 48:] = 90.0
    _, alpha_far = march(dust, FRAMES - 1, camera, far, SUN)
    colour, alpha = march(dust, FRAMES - 1, camera, near, SUN)
    assert alpha[:, :48].max() == 0
    assert colour[:, :48].max() == 0
    np.testing.assert_allclose(alpha[:, 56:], alpha_far[:, 56:], atol=1e-4)


def test_dust_in_the_shadow_of_a_wall_is_darker() -> None:
    camera, depth = _camera(), np.full((54, 96), 90.0, np.float32)
    open_street = simulate_dust(*_falling_boxes(), [], PARAMETERS, 1.0)
    wall = simulate_dust(*_falling_boxes(), [((-60.0, -34.0, 0.0), (60.0, -33.0, 60.0))], PARAMETERS, 1.0)
    bright, alpha = march(open_street, FRAMES - 1, camera, depth, SUN)
    dark, _ = march(wall, FRAMES - 1, camera, depth, SUN)
    thick = alpha > 0.8
    assert thick.sum() > 50
    assert dark[thick].mean() < 0.6 * bright[thick].mean()


def test_overcast_dust_is_flatter_and_a_low_sun_is_warmer() -> None:
    clear, grey, low = daylight_look(50.0), daylight_look(50.0, overcast=1.0), daylight_look(8.0)
    assert grey.sun[0] < 0.3 * clear.sun[0]
    assert grey.sky[0] > clear.sky[0]
    assert low.sun[2] / low.sun[0] < 0.7 * clear.sun[2] / clear.sun[0]


def test_the_composite_is_repeatable_keeps_the_sky_clear_and_hazes_the_distance() -> None:
    camera, marcher = _camera(), DustMarcher(_dust(), SUN)
    beauty = np.full((54, 96, 3), 0.02, np.float32)
    distance = np.full((54, 96), 15.0, np.float32)
    distance[:20, :48], distance[:20, 48:] = SKY_METRES * 10, 300.0
    look = CompositeLook(grain=0.0, vignette=0.0, exposure_stops=0.0)
    before = composite_frame(beauty, distance, camera, marcher, 0, 5, look)
    assert before.effect_alpha.max() == 0
    np.testing.assert_allclose(before.linear[5, 10], beauty[0, 0], rtol=1e-5)
    assert before.linear[5, 80].mean() > 4 * before.linear[40, 80].mean()
    after = composite_frame(beauty, distance * 0 + 60, camera, marcher, FRAMES - 1, 5)
    again = composite_frame(beauty, distance * 0 + 60, camera, marcher, FRAMES - 1, 5)
    np.testing.assert_array_equal(after.linear, again.linear)
    assert np.isfinite(after.linear).all()
    assert after.effect_alpha.max() > 0.5


def test_grain_differs_from_frame_to_frame() -> None:
    camera, marcher = _camera(), DustMarcher(_dust(), SUN)
    beauty, distance = np.full((18, 32, 3), 0.2, np.float32), np.full((18, 32), 15.0, np.float32)
    one, other = (composite_frame(beauty, distance, camera, marcher, frame, 5).linear for frame in (0, 1))
    assert 0.002 < float(np.abs(one - other).mean()) < 0.05


@pytest.mark.parametrize(("overcast", "elevation"), [(0.0, 50.0), (1.0, 50.0), (0.0, 10.0)])
def test_a_grade_belongs_to_its_light(overcast: float, elevation: float) -> None:
    look = daylight_grade(elevation, overcast, 400.0)
    red, _, blue = look.haze_colour
    assert look.haze_metres > 400
    assert 0 <= look.exposure_stops < 0.6
    assert blue - red == pytest.approx(0.0, abs=0.01) if elevation < 20 else blue > red


def test_kept_dust_is_the_dust_that_was_simulated(tmp_path: Path) -> None:
    dust = _dust()
    save_dust(dust, tmp_path / "dust.npz")
    again = load_dust(tmp_path / "dust.npz")
    assert (again.cell_metres, again.seed) == (dust.cell_metres, dust.seed)
    for one, other in zip(dust.frames, again.frames, strict=True):
        seen = one.density > 0.002
        assert one.low == other.low
        assert one.density.shape == other.density.shape
        np.testing.assert_array_equal(one.density[seen], other.density[seen])
        np.testing.assert_allclose(one.displacement[:, seen], other.displacement[:, seen], atol=0.05)
    camera, depth = _camera(), np.full((54, 96), 60.0, np.float32)
    before, alpha_before = march(dust, FRAMES - 1, camera, depth, SUN)
    after, alpha_after = march(again, FRAMES - 1, camera, depth, SUN)
    assert np.abs(alpha_before - alpha_after).max() < 0.1
    assert np.abs(before - after).mean() < 0.005


def test_finer_dust_has_finer_billows() -> None:
    camera, depth = _camera(), np.full((108, 192), 60.0, np.float32)
    rough = DustMarcher(_dust(), SUN)
    fine = DustMarcher(_dust(), SUN, detail_cell_metres=0.2, step_metres=0.25)
    _, soft = rough.march(rough.light(FRAMES - 1), camera, depth)
    _, sharp = fine.march(fine.light(FRAMES - 1), camera, depth)
    assert np.abs(np.diff(sharp, axis=1)).mean() > 1.1 * np.abs(np.diff(soft, axis=1)).mean()
