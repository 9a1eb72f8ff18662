"""One network of a model, described by its class and its constructor arguments, and built with random weights."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Part:
    """A network that can be built.

    Attributes
    ----------
    class_name
        Class with its library, such as ``diffusers.AutoencoderKLWan``.
    arguments
        Constructor arguments; those of `config_class_name` where that is given.
    config_class_name
        The configuration class that transformers wraps its arguments in; diffusers has none.
    """

    class_name: str
    arguments: Mapping[str, Any]
    config_class_name: str | None = None

    def with_arguments(self, **changes: Any) -> "Part":
        """The same network with some arguments changed."""
        return replace(self, arguments={**self.arguments, **changes})

    def build(self, device: str, dtype: Any) -> Any:
        """Build it with random weights, on the device from the start.

        Never on ``meta`` and then emptied into place: rotary tables that are computed in a constructor would stay
        uninitialised. Never on the processor first: initialising 14 billion numbers there takes minutes.

        Parameters
        ----------
        device
            ``cpu`` or ``cuda``.
        dtype
            The `torch.dtype` of the weights. Parts that diffusers keeps in float32 when it loads a checkpoint are
            float32 here too.
        """
        import torch

        before = torch.get_default_dtype()
        torch.set_default_dtype(dtype)
        try:
            with torch.device(device):
                built_from = _class(self.class_name)
                if self.config_class_name is None:
                    network = built_from(**self.arguments)
                else:
                    network = built_from(_class(self.config_class_name)(**self.arguments))
        finally:
            torch.set_default_dtype(before)
        network.to(device)  # `torch.Tensor([...])`, by which SVD makes its blending factors, ignores the context above
        if self.class_name.startswith("diffusers."):
            kept = set(getattr(network, "_keep_in_fp32_modules", None) or ())
            for name, parameter in network.named_parameters():
                if kept & set(name.split(".")):
                    parameter.data = parameter.data.float()
        return network.eval().requires_grad_(False)


def _class(name: str) -> Any:
    module, _, class_name = name.rpartition(".")
    return getattr(importlib.import_module(module), class_name)
