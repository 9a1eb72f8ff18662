"""What exported facts cost, worked out a second time in plain loops over CSV files, to hold totals against.

Shares nothing with the product: no SQL, no code of it, only the files that `export history` writes.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]
ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One fact with one price; ``cost`` is ``None`` where it has none."""

    production_id: str
    sequence: str
    shot_id: str
    arm: str
    workflow: str
    kind: str
    part: str
    month: str
    cost: Decimal | None


class ExportedFacts:
    """The files of a bundle, and what they cost in the currency of each production."""

    def __init__(self, folder: Path) -> None:
        self.tables: dict[str, list[Row]] = defaultdict(list)
        for file in folder.glob("*.csv"):
            with file.open(encoding="utf-8", newline="") as content:
                self.tables[file.stem] = list(csv.DictReader(content))
        self.productions = {row["production_id"]: row for row in self.tables["productions"]}
        self.shots = {row["shot_id"]: row for row in self.tables["shots"]}
        self.assignments: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables["assignments"]:
            self.assignments[row["shot_id"]].append(row)
        self.rates = self.tables["rates"]

    def workflow_on(self, shot_id: str, day: str) -> str:
        """The workflow in force: of the latest assignment begun by that day, before the first one that one."""
        given = self.assignments[shot_id]
        if given:
            begun = [row for row in given[1:] if row["started_on"] and row["started_on"] <= day]
            return (begun or given)[-1 if begun else 0]["workflow"]
        named = sorted(
            [
                (row["worked_on"] + "T00:00", 1, row["work_entry_id"], row["workflow"])
                for row in self.tables["work_entries"]
                if row["shot_id"] == shot_id and row["workflow"]
            ]
            + [
                (row["started_at"].rstrip("Z") if row["started_at"] else "9", 2, row["render_id"], row["workflow"])
                for row in self.tables["renders"]
                if row["shot_id"] == shot_id
            ]
        )
        return named[0][3] if named else ""

    def arm(self, shot_id: str) -> str:
        """The workflow of the first assignment, else of the first fact that names one."""
        given = self.assignments[shot_id]
        return given[0]["workflow"] if given else self.workflow_on(shot_id, "")

    def exchange(self, one: str, other: str, day: str) -> Decimal | None:
        """What one unit of a currency buys of another on a day."""
        if one == other:
            return Decimal(1)
        for start, end, inverse in ((one, other, False), (other, one, True)):
            held = [
                row
                for row in self.tables["fx_rates"]
                if (row["from_currency"], row["to_currency"]) == (start, end) and row["valid_from"] <= day
            ]
            if held:
                rate = Decimal(max(held, key=lambda row: row["valid_from"])["rate"])
                return 1 / rate if inverse else rate
        return None

    def rate(self, resources: list[str], day: str, territory: str, vendor: str) -> Row | None:
        """The most particular rate that holds; ``resources`` from particular to general."""
        held = [
            row
            for row in self.rates
            if row["resource"] in resources
            and row["valid_from"] <= day
            and (not row["valid_to"] or day < row["valid_to"])
            and row["vendor"] in ("", vendor)
            and (row["territory"] in ("", territory) or territory.startswith(row["territory"] + "-"))
        ]
        return min(
            held,
            key=lambda row: (
                resources.index(row["resource"]),
                row["vendor"] == "",
                -len(row["territory"]),
                -date.fromisoformat(row["valid_from"]).toordinal(),
            ),
            default=None,
        )

    def priced(self, rate: Row | None, amount: Decimal, currency: str, day: str) -> Decimal | None:
        """An amount in the unit of a rate, in another currency."""
        exchange = rate and self.exchange(rate["currency"], currency, day)
        return None if rate is None or exchange is None else amount * Decimal(rate["price"]) * exchange

    def lines(self) -> list[Line]:
        """Every fact with each of its prices; bills of whole productions have no shot yet."""
        return [*self._people(), *self._machines(), *self._bills()]

    def _line(self, shot_id: str, workflow: str, kind: str, part: str, day: str, cost: Decimal | None) -> Line:
        shot = self.shots[shot_id]
        return Line(
            shot["production_id"], shot["sequence"], shot_id, self.arm(shot_id), workflow, kind, part, day[:7], cost
        )

    def _people(self) -> list[Line]:
        found = []
        for row in self.tables["work_entries"]:
            production = self.productions[self.shots[row["shot_id"]]["production_id"]]
            day, hours, department = row["worked_on"], Decimal(row["people_hours"]), row["department"].lower()
            workflow = row["workflow"] or self.workflow_on(row["shot_id"], day)
            territory = row["territory"] or production["territory"]
            resources = [f"labour:{department}", "labour"]
            if row["seniority"]:
                resources.insert(0, f"labour:{department}:{row['seniority'].lower()}")
            rate = self.rate(resources, day, territory, row["vendor"])
            amount = hours / 8 if rate and rate["unit"] == "day" else hours
            cost = self.priced(rate, amount, production["currency"], day)
            found.append(self._line(row["shot_id"], workflow, "people", row["department"], day, cost))
            for name in {
                rate["resource"].split(":")[1] for rate in self.rates if rate["resource"].startswith("licence:")
            }:
                resource = f"licence:{name}:{department}"
                if any(rate["resource"] == resource for rate in self.rates):
                    rate = self.rate([resource], day, territory, row["vendor"])
                    part = {"hour": Decimal(1), "day": Decimal(8), "month": Decimal(2080) / 12}
                    amount = hours / part[rate["unit"]] if rate else hours
                    cost = self.priced(rate, amount, production["currency"], day)
                    found.append(self._line(row["shot_id"], workflow, "licence", name, day, cost))
        return found

    def _machines(self) -> list[Line]:
        found = []
        for row in self.tables["renders"]:
            shot = self.shots[row["shot_id"]]
            production = self.productions[shot["production_id"]]
            seconds, generated = Decimal(row["wall_seconds"]), Decimal(row["generated_seconds"] or 0)
            began = row["started_at"] and datetime.fromisoformat(row["started_at"]).date().isoformat()
            day = began or shot["final_on"] or shot["turnover_on"] or production["started_on"]
            is_service = not row["hardware"] and row["model"] and generated > 0
            if seconds > 0 and not is_service:
                words = row["hardware"].split(":")
                resources = [":".join(words[:count]) for count in range(len(words), 0, -1)]
                rate = self.rate(resources, day, production["territory"], "")
                amount = seconds / {"second": 1, "hour": 3600, "day": 86400}[rate["unit"]] if rate else seconds
                cost = self.priced(rate, amount, production["currency"], day)
                found.append(self._line(row["shot_id"], row["workflow"], "machine", "whole render", day, cost))
            api = f"api:{row['model']}"
            if (
                row["model"]
                and generated > 0
                and (is_service or any(rate["resource"] in (api, "api") for rate in self.rates))
            ):
                rate = self.rate([api, "api"], day, production["territory"], "")
                cost = self.priced(rate, generated, production["currency"], day)
                found.append(self._line(row["shot_id"], row["workflow"], "api", row["model"], day, cost))
            joules = Decimal(row["energy_joules"] or 0)
            if joules > 0 and any(rate["resource"] == "energy" for rate in self.rates):
                rate = self.rate(["energy"], day, production["territory"], "")
                cost = self.priced(rate, joules / 3_600_000, production["currency"], day)
                found.append(self._line(row["shot_id"], row["workflow"], "energy", "energy", day, cost))
        return found

    def _bills(self) -> list[Line]:
        found = []
        for row in self.tables["charges"]:
            production = self.productions[row["production_id"]]
            exchange = self.exchange(row["currency"], production["currency"], row["charged_on"])
            cost = None if exchange is None else Decimal(row["amount"]) * exchange
            shot_id = row["shot_id"]
            if shot_id:
                workflow = row["workflow"] or self.workflow_on(shot_id, row["charged_on"])
                found.append(self._line(shot_id, workflow, "billed", row["category"], row["charged_on"], cost))
            else:
                month = row["charged_on"][:7]
                found.append(
                    Line(row["production_id"], "", "", "", row["workflow"], "shared", row["category"], month, cost)
                )
        return found

    def shared_out(self, lines: list[Line]) -> list[Line]:
        """The same lines with the bills of whole productions spread over the work they share."""
        direct: dict[tuple[str, str, str, str, str], Decimal] = defaultdict(Decimal)
        for line in lines:
            if line.shot_id and line.cost is not None:
                direct[line.production_id, line.sequence, line.shot_id, line.arm, line.workflow] += line.cost
        found = [line for line in lines if line.shot_id or line.cost is None]
        for line in lines:
            if line.shot_id or line.cost is None:
                continue
            weights = {
                key: weight
                for key, weight in direct.items()
                if key[0] == line.production_id and weight > 0 and line.workflow in ("", key[4])
            }
            whole = sum(weights.values(), ZERO)
            if not weights:
                found.append(line)
            for (production_id, sequence, shot_id, arm, workflow), weight in weights.items():
                share = line.cost * weight / whole
                found.append(Line(production_id, sequence, shot_id, arm, workflow, "shared", line.part, "", share))
        return found
