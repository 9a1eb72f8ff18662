"""What the child tells its parent: one JSON object a line on the original stdout, each behind a marker."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

MARKER = "@shotledger "

#: Exit status of a child whose parent is gone.
ORPHANED = 4

Report = Callable[..., None]


def open_protocol(log: Path) -> Report:
    """Send file descriptors 1 and 2 to ``log`` and return the function that reports events on the old stdout."""
    sys.stdout.flush()
    sys.stderr.flush()
    channel = os.dup(1)
    chatter = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(chatter, 1)
    os.dup2(chatter, 2)
    os.close(chatter)

    def report(event: str, **fields: object) -> None:
        try:
            os.write(channel, (MARKER + json.dumps({"event": event, **fields}) + "\n").encode())
        except BrokenPipeError:
            # The parent was killed. Blender swallows exceptions of handlers and would render on for nobody.
            os._exit(ORPHANED)

    return report
