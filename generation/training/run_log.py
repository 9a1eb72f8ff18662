"""The log of a run: losses as JSON lines, and a line on the terminal."""

import json
import sys
from pathlib import Path

from generation.training.learning import StepReport

LOG_EVERY_STEPS = 10


class RunLog:
    """The run's losses as JSON lines: the mean of every stretch of `LOG_EVERY_STEPS`, and a line on the terminal.

    Parameters
    ----------
    file
        Where the lines go. Those after ``from_step`` are dropped: the run that wrote them was killed after its last
        checkpoint, and they will be written again.
    """

    def __init__(self, file: Path, from_step: int) -> None:
        self._file = file
        self._waiting: list[StepReport] = []
        self.last_loss: float | None = None
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        kept = [line for line in lines if line.endswith("}") and json.loads(line)["step"] <= from_step]
        file.write_text("".join(line + "\n" for line in kept), encoding="utf-8")

    def add(self, report: StepReport) -> None:
        """Take one step's report."""
        self._waiting.append(report)
        if report.step % LOG_EVERY_STEPS == 0:
            self.flush()

    def flush(self) -> None:
        """Write what has come since the last line."""
        if not self._waiting:
            return
        last, count = self._waiting[-1], len(self._waiting)
        self.last_loss = sum(report.loss for report in self._waiting) / count
        entry = {
            "step": last.step,
            "loss": round(self.last_loss, 6),
            "absolute_difference": round(sum(report.absolute_difference for report in self._waiting) / count, 6),
            "learning_rate": last.learning_rate,
            "training_seconds": round(last.training_seconds, 2),
        }
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry) + "\n")
        self._waiting.clear()
        seconds_a_step = last.training_seconds / last.step
        left = last.training_seconds / max(last.share_done, 1e-6) * (1 - last.share_done)
        print(
            f"step {last.step:6d}  {last.share_done:6.1%}  loss {self.last_loss:.4f}  "
            f"{seconds_a_step:.2f} s a step  about {left / 60:.0f} min left",
            file=sys.stderr,
        )
