"""Voronoi fracture of a building made of boxes: every piece is what lies in one cell.

Cells are convex and do not overlap, so neither do the pieces' hulls, and the rigid-body solver starts at rest.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError, Voronoi, cKDTree

from generation.traditional.city.boxes import BOX_FACES, FloatArray, box_corners
from generation.traditional.collapse.clipping import IntArray, Polygons, clip

#: Metres that two pieces' boxes may lie apart and still be glued.
GLUE_REACH = 0.03


@dataclass(frozen=True)
class Pieces:
    """A fractured building at rest, in metres and world axes.

    Attributes
    ----------
    vertices, vertex_piece
        float32 [V,3] and int32 [V].
    corner_vertex
        int32 [C] the vertex of each polygon corner, polygon after polygon.
    polygon_size, polygon_surface, polygon_tint, polygon_piece
        int32 [P] corner count, uint8 [P], float32 [P,3] linear colour, int32 [P].
    hull_points, hull_start
        float32 [H,3] corners of the collision hulls, piece k owning ``hull_start[k]:hull_start[k+1]``.
    centre, volume
        float32 [N,3] body origin, float32 [N] cubic metres.
    joints
        int32 [J,2] pairs of touching pieces.
    """

    vertices: NDArray[np.float32]
    vertex_piece: NDArray[np.int32]
    corner_vertex: NDArray[np.int32]
    polygon_size: NDArray[np.int32]
    polygon_surface: NDArray[np.uint8]
    polygon_tint: NDArray[np.float32]
    polygon_piece: NDArray[np.int32]
    hull_points: NDArray[np.float32]
    hull_start: NDArray[np.int32]
    centre: NDArray[np.float32]
    volume: NDArray[np.float32]
    joints: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.centre)

    def hull(self, piece: int) -> NDArray[np.float32]:
        """Corners of one collision hull, world axes at rest, float32 [n,3]."""
        return self.hull_points[self.hull_start[piece] : self.hull_start[piece + 1]]


def fracture(
    boxes: dict[str, NDArray[np.generic]], sites: FloatArray, cap_surface: int, cap_tint: FloatArray
) -> Pieces:
    """Cut ``boxes`` (as `Boxes.arrays` gives them) into the Voronoi cells of ``sites`` [S,3].

    Boxes that are not breakable (rails, frames, panes) go whole to the cell that holds their centre and stay out of
    the collision hull: they would poke into the neighbouring cell and blow the pieces apart.
    """
    tree = cKDTree(sites)
    spacing = float(np.median(tree.query(sites, 2)[0][:, 1]))
    low, high, surface, tint, breakable = _split_long(boxes, max(1.5, 1.6 * spacing))
    corners = box_corners(low, high)
    box_of_solid, cell_of_solid, planes, plane_count = _cells_of_boxes(corners, breakable, sites, tree)

    faces = corners[box_of_solid][:, BOX_FACES].reshape(-1, 4, 3)
    solid = np.repeat(np.arange(len(box_of_solid)), 6)
    polygons = Polygons(
        faces, np.full(len(solid), 4), solid, surface[box_of_solid][solid].astype(np.int64), tint[box_of_solid][solid]
    )
    finished = [polygons.take(plane_count[solid] == 0)]
    polygons = polygons.take(plane_count[solid] > 0)
    for turn in range(planes.shape[1]):
        if not len(polygons):
            break
        other = sites[planes[polygons.solid, turn]]
        own = sites[cell_of_solid[polygons.solid]]
        normal = other - own
        length = np.linalg.norm(normal, axis=1)
        offset = ((other + own) * normal).sum(1) / 2 / length
        polygons = clip(polygons, normal / length[:, None], offset, cap_surface, cap_tint)
        last = plane_count[polygons.solid] == turn + 1
        finished.append(polygons.take(last))
        polygons = polygons.take(~last)
    return _assemble(Polygons.joined(finished), cell_of_solid, breakable[box_of_solid], sites)


def _split_long(
    boxes: dict[str, NDArray[np.generic]], longest: float
) -> tuple[FloatArray, FloatArray, NDArray[np.generic], FloatArray, NDArray[np.bool_]]:
    """Cut long boxes across, so that each of them meets few cells."""
    low, high = boxes["low"].astype(np.float64), boxes["high"].astype(np.float64)
    rest = [boxes["surface"], boxes["tint"].astype(np.float64), boxes["breakable"].astype(bool)]
    for axis in range(3):
        parts = np.where(rest[2], np.maximum(1, np.ceil((high - low)[:, axis] / longest)), 1).astype(int)
        source = np.repeat(np.arange(len(low)), parts)
        rank = np.arange(len(source)) - np.repeat(np.cumsum(parts) - parts, parts)
        step = ((high - low)[:, axis] / parts)[source]
        start = low[source, axis] + rank * step
        low, high = low[source], high[source]
        low[:, axis], high[:, axis] = start, start + step
        rest = [column[source] for column in rest]
    return low, high, rest[0], rest[1], rest[2]


def _cells_of_boxes(
    corners: FloatArray, breakable: NDArray[np.bool_], sites: FloatArray, tree: cKDTree
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """For every (box, cell) that meet: box, cell, sites [solids,planes] whose bisectors cut it, and how many do."""
    centre = corners.mean(1)
    nearest_distance, nearest = tree.query(centre)
    radius = np.linalg.norm(corners[:, 0] - centre, axis=1)
    whole = ~breakable | (tree.query(corners)[1] == nearest[:, None]).all(1)
    box_lists, cell_lists = [np.nonzero(whole)[0]], [nearest[whole]]
    plane_lists: list[list[int]] = [[] for _ in range(int(whole.sum()))]
    mixed = np.nonzero(~whole)[0]
    # A cell that meets the box has its site within nearest + 2 radius of the box's centre.
    reach = nearest_distance[mixed] + 2 * radius[mixed]
    amount = tree.query_ball_point(centre[mixed], reach, return_length=True)
    width = int(amount.max(initial=1))
    for chunk in np.array_split(mixed, max(1, len(mixed) * width * width // 2_000_000)):
        if not len(chunk):
            continue
        distance, candidate = tree.query(centre[chunk], min(width, len(sites)))
        present = distance <= (nearest_distance[chunk] + 2 * radius[chunk])[:, None] + 1e-9
        # Squared distance of each corner to each candidate: the smaller one owns the corner.
        squared = ((corners[chunk][:, :, None] - sites[candidate][:, None]) ** 2).sum(-1)
        squared = np.where(present[:, None], squared, np.inf)
        with np.errstate(invalid="ignore"):
            farther = squared[:, :, :, None] > squared[:, :, None, :] + 1e-9
        outside = farther.all(1).any(2) | ~present
        cuts = farther.any(1)
        for row, column in zip(*np.nonzero(~outside), strict=True):
            box_lists.append(chunk[row : row + 1])
            cell_lists.append(candidate[row, column : column + 1])
            plane_lists.append(candidate[row, cuts[row, column]].tolist())
    plane_count = np.array([len(sites_cutting) for sites_cutting in plane_lists])
    planes = np.zeros((len(plane_lists), int(plane_count.max(initial=1))), np.int64)
    for row, sites_cutting in enumerate(plane_lists):
        planes[row, : len(sites_cutting)] = sites_cutting
    return np.concatenate(box_lists), np.concatenate(cell_lists), planes, plane_count


def _assemble(
    polygons: Polygons, cell_of_solid: IntArray, solid_is_core: NDArray[np.bool_], sites: FloatArray
) -> Pieces:
    """Sort the polygons by cell, drop cells without a body, and measure each."""
    polygons = polygons.take(np.lexsort((polygons.solid, cell_of_solid[polygons.solid])))
    cell, core = cell_of_solid[polygons.solid], solid_is_core[polygons.solid]
    hulls: list[FloatArray] = []
    piece_of_cell = np.full(len(sites), -1)
    used = np.arange(polygons.points.shape[1])[None] < polygons.count[:, None]
    bounds = np.searchsorted(cell, np.arange(len(sites) + 1))
    for index in range(len(sites)):
        rows = slice(bounds[index], bounds[index + 1])
        points = polygons.points[rows][core[rows]][used[rows][core[rows]]]
        if len(points) < 4:
            continue
        points = np.unique(np.round(points, 5), axis=0)
        try:
            corners = points[ConvexHull(points).vertices]
        except QhullError:
            continue
        piece_of_cell[index] = len(hulls)
        hulls.append(corners)
    polygons = polygons.take(piece_of_cell[cell] >= 0)
    piece = piece_of_cell[cell_of_solid[polygons.solid]]
    used = np.arange(polygons.points.shape[1])[None] < polygons.count[:, None]
    centre = np.array([hull.mean(0) for hull in hulls])
    vertices, vertex_piece, corner_vertex = _welded(polygons.points[used], np.repeat(piece, polygons.count))
    return Pieces(
        vertices=vertices.astype(np.float32),
        vertex_piece=vertex_piece.astype(np.int32),
        corner_vertex=corner_vertex.astype(np.int32),
        polygon_size=polygons.count.astype(np.int32),
        polygon_surface=polygons.surface.astype(np.uint8),
        polygon_tint=polygons.tint.astype(np.float32),
        polygon_piece=piece.astype(np.int32),
        hull_points=np.concatenate(hulls).astype(np.float32),
        hull_start=np.concatenate([[0], np.cumsum([len(hull) for hull in hulls])]).astype(np.int32),
        centre=centre.astype(np.float32),
        volume=np.maximum(0.02, _volumes(polygons, piece, centre)).astype(np.float32),
        joints=_joints(sites, piece_of_cell, vertices, vertex_piece, len(hulls)),
    )


def _welded(points: FloatArray, piece: IntArray) -> tuple[FloatArray, IntArray, IntArray]:
    """Corners of one piece that lie within a millimetre become one vertex: vertices, their piece, corner to vertex.

    What moves is sent to the renderer anew for every frame, and this is a third of it.
    """
    millimetres = np.round((points - points.min(0)) * 1000).astype(np.int64)
    key = ((piece * 2**17 + millimetres[:, 0]) * 2**17 + millimetres[:, 1]) * 2**17 + millimetres[:, 2]
    _, first, corner_vertex = np.unique(key, return_index=True, return_inverse=True)
    return points[first], piece[first], corner_vertex


def _volumes(polygons: Polygons, piece: IntArray, centre: FloatArray) -> FloatArray:
    """Divergence theorem over each polygon's triangle fan, relative to the piece's centre for precision."""
    points = polygons.points - centre[piece][:, None]
    total = np.zeros(len(polygons))
    for corner in range(1, points.shape[1] - 1):
        present = polygons.count > corner + 1
        triple = (points[:, 0] * np.cross(points[:, corner], points[:, corner + 1])).sum(1)
        total += np.where(present, triple, 0.0) / 6
    return np.abs(np.bincount(piece, total, len(centre)))


def _joints(
    sites: FloatArray, piece_of_cell: IntArray, vertices: FloatArray, vertex_piece: IntArray, count: int
) -> NDArray[np.int32]:
    """Pairs of neighbouring cells whose contents really touch."""
    low, high = np.full((count, 3), np.inf), np.full((count, 3), -np.inf)
    np.minimum.at(low, vertex_piece, vertices)
    np.maximum.at(high, vertex_piece, vertices)
    pairs = piece_of_cell[Voronoi(sites).ridge_points]
    pairs = np.sort(pairs[(pairs >= 0).all(1)], axis=1)
    first, second = pairs[:, 0], pairs[:, 1]
    reach = 2 * GLUE_REACH
    touching = (low[first] < high[second] + reach).all(1) & (low[second] < high[first] + reach).all(1)
    joints: NDArray[np.int32] = np.unique(pairs[touching], axis=0).astype(np.int32)
    return joints
