"""Records a network's call on the card as a CUDA graph and replays it: one launch in place of thousands."""

import functools
from typing import Any

MOST_RECORDINGS = 4
"""Each holds the memory of one call. Shapes beyond these are run as they come."""
_PLAIN_VALUES = (bool, int, float, str, type(None))


def record_steps(network: Any) -> None:
    """Put a recorder in front of a network's ``forward``; once only, however often it is asked for."""
    if not isinstance(network.forward, RecordedCalls):
        network.forward = RecordedCalls(network.forward)


class RecordedCalls:
    """Calls of a network on the card.

    For each set of shapes and plain values the first call runs as it comes, which compiles what is to be compiled and
    lets the libraries choose their kernels; the second is recorded; it and all later ones are replayed with their own
    numbers in the recording's memory. A call with anything else among its arguments is never recorded.
    """

    def __init__(self, forward: Any) -> None:
        functools.update_wrapper(self, forward)  # some pipelines ask a network what it takes
        self._forward = forward
        self._seen: dict[Any, _Recording | None] = {}

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Run the network."""
        from torch.utils import _pytree as pytree

        leaves, structure = pytree.tree_flatten((arguments, options))
        key = _key(leaves, structure)
        if key is None or (key not in self._seen and len(self._seen) >= MOST_RECORDINGS):
            return self._forward(*arguments, **options)
        if key not in self._seen:
            self._seen[key] = None
            return self._forward(*arguments, **options)
        recording = self._seen[key]
        if recording is None:
            recording = self._seen[key] = _Recording(self._forward, leaves, structure)
        return recording.replay(leaves)


class _Recording:
    """One call: its graph, the memory it reads and the memory it writes."""

    def __init__(self, forward: Any, leaves: list[Any], structure: Any) -> None:
        import torch
        from torch.utils import _pytree as pytree

        self._inputs = [leaf.clone() if isinstance(leaf, torch.Tensor) else leaf for leaf in leaves]
        arguments, options = pytree.tree_unflatten(self._inputs, structure)
        self._graph = torch.cuda.CUDAGraph()
        # Other threads of a render read meters meanwhile; only what this one does belongs to the recording.
        with torch.cuda.graph(self._graph, capture_error_mode="thread_local"):
            self._outputs = forward(*arguments, **options)

    def replay(self, leaves: list[Any]) -> Any:
        """Run it with these numbers; the answer is the caller's to keep."""
        import torch
        from torch.utils import _pytree as pytree

        for own, given in zip(self._inputs, leaves, strict=True):
            if isinstance(own, torch.Tensor):
                own.copy_(given)
        self._graph.replay()
        return pytree.tree_map_only(torch.Tensor, torch.clone, self._outputs)


def _key(leaves: list[Any], structure: Any) -> Any:
    """What calls have in common that one recording serves; ``None`` where a recording could miss a change."""
    import torch

    parts: list[Any] = [structure]
    for leaf in leaves:
        if isinstance(leaf, torch.Tensor):
            if not leaf.is_cuda or leaf.requires_grad:
                return None
            parts.append((leaf.shape, leaf.stride(), leaf.dtype))
        elif isinstance(leaf, _PLAIN_VALUES):
            parts.append((type(leaf), leaf))
        else:
            return None
    return tuple(parts)
