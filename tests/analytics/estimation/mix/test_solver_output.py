"""What compiled code prints while a mix is solved."""

import subprocess
import sys

PRINTING = """
import ctypes
from analytics.estimation.mix.solver_output import chatter_to_stderr
libc = ctypes.CDLL(None)
print("before", flush=True)
with chatter_to_stderr():
    libc.printf(b"chatter\\n")
print("after")
"""


def test_it_goes_to_standard_error_and_ours_stays_where_it_was() -> None:
    ran = subprocess.run([sys.executable, "-c", PRINTING], capture_output=True, text=True, check=True)

    assert ran.stdout == "before\nafter\n"
    assert ran.stderr == "chatter\n"
