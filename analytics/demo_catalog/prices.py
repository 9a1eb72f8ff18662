"""What the fictitious streamer pays: dated rates by department, seniority, territory and vendor, machines, currencies.

All of it is made up, in the neighbourhood of what such work is sold for: an hour is loaded with fringe, overhead and
margin. Prices rise every January.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from analytics.demo_catalog.departments import DEPARTMENTS
from analytics.demo_catalog.names import VENDOR_TERRITORIES, VENDORS
from analytics.demo_catalog.shots import FIRST_DAY, Numbers, Wholes
from analytics.vocabulary.department import Department

TERRITORIES = ("CA-BC", "CA-QC", "GB")
CURRENCIES = {"CA-BC": "CAD", "CA-QC": "CAD", "GB": "GBP"}
_HOUR = {"CA-BC": 104.0, "CA-QC": 93.0, "GB": 66.0}
_DEPARTMENT_PRICE = {
    Department.MATCHMOVE: 0.78, Department.ROTO: 0.62, Department.PREP: 0.70, Department.LAYOUT: 0.86,
    Department.ANIMATION: 1.06, Department.FX: 1.16, Department.LIGHTING: 1.0, Department.ENVIRONMENT: 1.04,
    Department.COMP: 1.0, Department.AI: 1.12, Department.SUPERVISION: 1.5, Department.PRODUCTION: 0.76,
}  # fmt: skip
SENIORITIES = ("junior", "mid", "senior")
_SENIORITY_PRICE = np.array([0.74, 1.0, 1.32])
SENIORITY_SHARES = np.array([(0.40, 0.45, 0.15), (0.25, 0.50, 0.25), (0.15, 0.50, 0.35), (0.08, 0.42, 0.50)])
"""Easy to hero."""
_VENDOR_PRICE = (1.10, 1.22, 1.06, 1.18, 1.04)
YEARLY_RISE = 1.035
FIRST_YEAR = 2024
GBP_IN_CAD, GBP_IN_USD, CAD_IN_USD = 1.70, 1.26, 0.741

CPU_HARDWARE, GPU_HARDWARE = "machine:cpu", "machine:gpu:h100"
CLOUD_MODEL, OWN_MODEL = "cloud-video-2", "open-video-14b"
CPU_HOUR, GPU_HOUR, CLOUD_SECOND, KILOWATT_HOUR = Decimal("1.15"), Decimal("4.40"), Decimal("0.55"), Decimal("0.14")
"""In CAD; machines without electricity, which is an `energy` rate of its own."""


@dataclass(frozen=True)
class Supplier:
    """A vendor, or a territory's own people where ``vendor`` is ``None``."""

    vendor: str | None
    territory: str
    price: float


SUPPLIERS = tuple(Supplier(None, each, _HOUR[each]) for each in TERRITORIES) + tuple(
    Supplier(vendor, territory, _HOUR[territory] * price)
    for vendor, territory, price in zip(VENDORS, VENDOR_TERRITORIES, _VENDOR_PRICE, strict=True)
)
DEPARTMENT_PRICES = np.array([_DEPARTMENT_PRICE[each] for each in DEPARTMENTS])


def hour_price_in_cad(supplier: Wholes, complexity: Wholes, year: Wholes) -> Numbers:
    """What an hour costs before its department is told, over the usual seniorities of a complexity."""
    base = np.array([each.price * (GBP_IN_CAD if CURRENCIES[each.territory] == "GBP" else 1) for each in SUPPLIERS])
    mix = SENIORITY_SHARES @ _SENIORITY_PRICE
    return np.asarray(base[supplier] * mix[complexity] * YEARLY_RISE ** (year - FIRST_YEAR), dtype=np.float64)


def year_of(day: Wholes) -> Wholes:
    """Calendar year of days after `FIRST_DAY`."""
    return (FIRST_DAY + day).astype("datetime64[Y]").astype(np.int64) + 1970


def rate_rows(last_year: int) -> list[dict[str, object]]:
    """Rows of ``rates``: every department, seniority and supplier by year, then machines."""
    rows: list[dict[str, object]] = []
    source = "made up for the demonstration slate"
    for year in range(FIRST_YEAR, last_year + 1):
        for supplier in SUPPLIERS:
            for department, of_department in zip(DEPARTMENTS, DEPARTMENT_PRICES, strict=True):
                for seniority, of_seniority in zip(SENIORITIES, _SENIORITY_PRICE, strict=True):
                    price = supplier.price * of_department * of_seniority * YEARLY_RISE ** (year - FIRST_YEAR)
                    rows.append(
                        {
                            "resource": f"labour:{department.value}:{seniority}",
                            "unit": "hour",
                            "price": f"{price:.2f}",
                            "currency": CURRENCIES[supplier.territory],
                            "territory": supplier.territory,
                            "vendor": supplier.vendor,
                            "valid_from": date(year, 1, 1),
                            "source": source,
                        }
                    )
    machines = (
        (CPU_HARDWARE, "hour", CPU_HOUR),
        (GPU_HARDWARE, "hour", GPU_HOUR),
        (f"api:{CLOUD_MODEL}", "second", CLOUD_SECOND),
        ("energy", "kwh", KILOWATT_HOUR),
    )
    for resource, unit, amount in machines:
        rows.append(
            {
                "resource": resource, "unit": unit, "price": str(amount), "currency": "CAD", "territory": None,
                "vendor": None, "valid_from": date(FIRST_YEAR, 1, 1), "source": source,
            }
        )  # fmt: skip
    return rows


def fx_rows(last_year: int, rng: np.random.Generator) -> list[dict[str, object]]:
    """Rows of ``fx_rates``: each quarter, a little off the last."""
    rows: list[dict[str, object]] = []
    for source, target, level in (("GBP", "CAD", GBP_IN_CAD), ("GBP", "USD", GBP_IN_USD), ("CAD", "USD", CAD_IN_USD)):
        for year in range(FIRST_YEAR, last_year + 1):
            for month in (1, 4, 7, 10):
                rate = level * float(np.exp(rng.normal(0, 0.012)))
                rows.append(
                    {
                        "from_currency": source, "to_currency": target, "rate": f"{rate:.6f}",
                        "valid_from": date(year, month, 1),
                    }
                )  # fmt: skip
    return rows
