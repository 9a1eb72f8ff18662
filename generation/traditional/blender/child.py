"""Entry point of the Blender child: ``child.py job.json``.

Under a Blender binary: ``blender -b --factory-startup --python child.py -- job.json``. It keeps its own stdout for the
protocol (see `protocol`) and sends everything else, C++ prints included, to the log.
"""

import importlib
import json
import os
import sys
import traceback
from pathlib import Path


def main() -> int:
    """Do the job and return the exit status."""
    job = json.loads(Path(sys.argv[-1]).read_text(encoding="utf-8"))
    # Bullet under Blender's threaded dependency graph is not reproducible. Pinned to one processor before bpy loads,
    # its task scheduler gets one worker and every run is the same bit for bit. Which processor does not matter, so
    # simulations that run side by side are spread.
    if job["verb"] == "simulate" and hasattr(os, "sched_setaffinity"):
        processors = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {processors[os.getpid() % len(processors)]})
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    protocol = importlib.import_module("blender.protocol")
    report = protocol.open_protocol(Path(job["log"]))
    report("stage", stage="load")
    try:
        importlib.import_module("blender.verbs").VERBS[job["verb"]](job, report)
    except ModuleNotFoundError as missing:
        traceback.print_exc()
        report("missing", module=str(missing.name))
        return 3
    except Exception as failure:  # the parent turns it into RenderFailed; the log keeps the traceback
        traceback.print_exc()
        report("failed", why=f"{type(failure).__name__}: {failure}")
        return 1
    report("done")
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Blender's own shutdown frees half a scene for a second and has crashed there; everything is written by now.
    os._exit(status)
