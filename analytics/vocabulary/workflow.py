"""The ways a shot can be made; every render, hour and charge belongs to one."""

from enum import StrEnum


class Workflow(StrEnum):
    """``traditional`` (modelled, simulated, rendered), ``ai`` (generated) or ``hybrid`` (both in one shot)."""

    TRADITIONAL = "traditional"
    AI = "ai"
    HYBRID = "hybrid"

    @property
    def label(self) -> str:
        """The word shown to people."""
        return {"traditional": "Traditional", "ai": "AI", "hybrid": "Hybrid"}[self.value]
