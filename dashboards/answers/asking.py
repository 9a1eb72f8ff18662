"""How a page gets an answer: `answer` for what is quick, `kept_answer` for what is not, `act` for what changes things.

Each names the role that may have it, and refuses others where the figures are read, whatever page, address or link they
came by. Answers are cached by the state of the ledger, connections never are.
"""

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import LedgerError
from dashboards.access.persons import require
from dashboards.access.roles import Role
from dashboards.answers.crew import Crew, Work
from dashboards.answers.ledger_copies import LedgerCopies, LedgerCopy
from dashboards.serving.settings import settings

Asked = ParamSpec("Asked")
Value = TypeVar("Value")

ANSWERS_KEPT = 256
MORE_THAN_ONE = 2


class NoLedger(LedgerError):
    """The pages were started on a ledger that is not there yet."""


class StillReckoning(LedgerError):
    """The costs of the ledger are being worked out for the first time since the pages were started."""


@cache
def background() -> Crew:
    """Works out what pages keep: two processes, so that a page's answer need not wait behind another's long one.

    They give way to whatever somebody is waiting for.
    """
    return Crew(2, "kept answers", niceness=10)


@cache
def foreground() -> Crew:
    """Works out what somebody waits for, such as a bid."""
    return Crew(1, "asked for")


@cache
def copies() -> LedgerCopies:
    """The copies of the ledger that the pages read."""

    def reckon(path: Path, finish: Callable[[bool], None]) -> None:
        work = background().begin(reckon_all, str(path), urgency=MORE_THAN_ONE)
        work.then(lambda done: finish(done.error is None))

    return LedgerCopies(settings().ledger_path, settings().cache_folder, reckon)


def reckon_all(path: str) -> None:
    """Work out every cost in a copy of the ledger, by the rates that hold."""
    from analytics.costing.reckoned_costs import reckon_costs

    reckon_costs(Ledger.open(path, create=False))


def newest() -> LedgerCopy:
    """The newest copy of the ledger.

    Raises
    ------
    NoLedger
        If there is none.
    """
    copy = copies().newest()
    if copy is None:
        raise NoLedger(
            "ledger", str(settings().ledger_path), "is not there yet",
            "render a test shot, import a history or make a demo catalog; the page looks for it by itself",
        )  # fmt: skip
    return copy


def reckoned() -> LedgerCopy:
    """The newest copy in which every cost is worked out.

    Raises
    ------
    NoLedger, StillReckoning
        If there is none, or none yet.
    """
    newest()
    copy = copies().reckoned()
    if copy is None:
        raise still_reckoning()
    return copy


def still_reckoning() -> StillReckoning:
    """What is said until the costs have been worked out once."""
    return StillReckoning("ledger", None, "what its facts cost is being worked out", "wait a moment")


def answer(
    role: Role, *, costs: bool = False
) -> Callable[[Callable[Concatenate[Ledger, Asked], Value]], Callable[Asked, Value]]:
    """Make a page's question of a function that asks a ledger: for what takes less than half a second.

    Parameters
    ----------
    role
        The least role that may have the answer.
    costs
        Whether it needs costs. Then it is asked of the copy in which they are worked out, which in a large ledger is
        some seconds older than the newest.
    """

    def decorate(function: Callable[Concatenate[Ledger, Asked], Value]) -> Callable[Asked, Value]:
        @wraps(function)
        def asked(*arguments: Asked.args, **named: Asked.kwargs) -> Value:
            require(role)
            copy = reckoned() if costs else newest()
            name = f"{function.__module__}.{function.__qualname__}"
            key = pickle.dumps((copy.state, arguments, sorted(named.items())))
            answered: Value = _answered(name, key, lambda: function(copy.ledger, *arguments, **named))
            return answered

        asked.role = role  # type: ignore[attr-defined]
        asked.worked_out = function  # type: ignore[attr-defined]
        return asked

    return decorate


_cache: "OrderedDict[tuple[str, bytes], bytes]" = OrderedDict()
_cache_lock = threading.Lock()


def _answered(name: str, key: bytes, ask: Callable[[], Any]) -> Any:
    """From the cache, or asked. Kept pickled, so that no page can change what another one is given."""
    with _cache_lock:
        known = _cache.get((name, key))
        if known is not None:
            _cache.move_to_end((name, key))
    if known is not None:
        return pickle.loads(known)
    value = ask()
    with _cache_lock:
        _cache[name, key] = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        while len(_cache) > ANSWERS_KEPT:
            _cache.popitem(last=False)
    return value


def act(role: Role, action: Callable[[Ledger], Value]) -> Value:
    """Change the ledger itself, as somebody who may; the pages' copy is brought up to date before this returns.

    Raises
    ------
    NotAllowed, ShotledgerError
        If they may not, or the action refuses.
    """
    require(role)
    value = action(Ledger.open(settings().ledger_path))
    copies().refresh()
    return value


def begin(role: Role, function: Callable[..., Value], *arguments: Any, **named: Any) -> Work[Value]:
    """Have something worked out that somebody waits for, beside the pages.

    Parameters
    ----------
    function
        Of a module; takes the path of a ledger (text) first, and ``said`` if it tells how it gets on.
    """
    require(role)
    return foreground().begin(function, str(reckoned().ledger.path), *arguments, **named)
