"""A process beside the pages that works out what takes long: reads orders on its input, answers on its output.

Python runs one thread at a time, so a comparison that is worked out among the pages would hold up all of them.
"""

import importlib
import inspect
import os
import pickle
import signal
import struct
import sys
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, message: object) -> None:
    """Write one message, its length before it."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one message.

    Raises
    ------
    EOFError
        When the other side has gone.
    """
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)


def takes_said(function: Any) -> bool:
    """Whether it tells how it gets on."""
    try:
        return "said" in inspect.signature(function).parameters
    except ValueError:  # some built-in ones have no signature
        return False


def main() -> None:
    """Work until the input ends, giving way to other processes as far as the command line says."""
    os.nice(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the server's to answer
    orders = sys.stdin.buffer
    # Whatever a library prints must not get between the messages.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            number, module, name, arguments, named = receive(orders)
        except EOFError:
            return

        def said(words: str, number: int = number) -> None:
            send(answers, (number, "said", words))

        try:
            function: Any = importlib.import_module(module)
            for part in name.split("."):
                function = getattr(function, part)
            function = getattr(function, "worked_out", function)
            if takes_said(function):
                named = {**named, "said": said}
            answer = ("done", function(*arguments, **named))
        except Exception as error:
            answer = ("failed", error)
        try:
            send(answers, (number, *answer))
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            send(answers, (number, "failed", RuntimeError(f"{name}: its answer cannot be sent: {error}")))


if __name__ == "__main__":
    main()
