"""Claims as they would be written, and results as a slate gives them, made from real arrays of logarithms."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import t

from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult
from analytics.vocabulary.claim import BaselineKind, Claim, ClaimedFigure, FigureKind, MetricKind
from analytics.vocabulary.origin import Origin


@pytest.fixture
def make_claim() -> Callable[..., Claim]:
    """Make a claim of "10 times faster", unless told otherwise."""

    def claim(
        kind: FigureKind = FigureKind.TIMES_LESS,
        modest: float = 10,
        bold: float | None = None,
        metric_kind: MetricKind = MetricKind.UNKNOWN,
        **more: Any,
    ) -> Claim:
        fields: dict[str, Any] = {
            "name": "a-claim",
            "title": "A claim",
            "who": "somebody",
            "said_on": "2025-07-17",
            "words": "it was faster",
            "figure": ClaimedFigure(kind, modest, modest if bold is None else bold),
            "no_figure": None,
            "metric_kind": metric_kind,
            "baseline_kind": BaselineKind.EXPERT_ESTIMATE,
            "sample": None,
            "n_shots": 2,
            "quality_evidence": None,
            "sources": ("a newspaper",),
            "caveats": (),
        }
        return Claim(**(fields | more))

    return claim


@pytest.fixture
def make_result() -> Callable[..., RatioResult]:
    """Student's interval of some logarithms of AI over traditional."""

    def result(clock: Clock, logs: NDArray[np.float64], method: Method = Method.ADJUSTED, **more: Any) -> RatioResult:
        middle, error, freedom = float(logs.mean()), float(logs.std(ddof=1) / np.sqrt(len(logs))), len(logs) - 1
        half = float(t.ppf(0.975, freedom)) * error
        fields: dict[str, Any] = {
            "estimand": Estimand.GEOMETRIC_MEAN_RATIO,
            "population": Population.AI,
            "clock": clock,
            "method": method,
            "ratio": float(np.exp(middle)),
            "low": float(np.exp(middle - half)),
            "high": float(np.exp(middle + half)),
            "confidence": 0.95,
            "log_standard_error": error,
            "degrees_of_freedom": float(freedom),
            "n_ai": len(logs),
            "n_traditional": len(logs),
            "n_pairs": len(logs) if method is Method.PAIRED else 0,
            "n_productions": 4,
            "origins": {Origin.IMPORTED: 1.0},
        }
        return RatioResult(**(fields | more))

    return result


@pytest.fixture
def make_logs() -> Callable[..., NDArray[np.float64]]:
    """Logarithms whose mean is exactly that of the ratio, so that a test knows on which side it stands."""

    def logs(ratio: float, count: int = 200, spread: float = 0.8) -> NDArray[np.float64]:
        drawn = np.random.default_rng(7).standard_normal(count)
        return np.log(ratio) + spread * (drawn - drawn.mean()) / drawn.std(ddof=1)

    return logs


@pytest.fixture
def no_ratio() -> Callable[[Clock, str], RatioResult]:
    """A result that could not be told, and why."""

    def result(clock: Clock, why: str) -> RatioResult:
        return RatioResult(
            Estimand.GEOMETRIC_MEAN_RATIO, Population.AI, clock, Method.ADJUSTED,
            None, None, None, 0.95, None, None, 0, 0, 0, 0, {}, (why,),
        )  # fmt: skip

    return result
