"""The history bundle, version 1: its files and their columns, as docs/history-bundle.md tells them to people."""

from analytics.ledger.staging.columns import Column, Kind, Table
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

VERSION = 1

_WORKFLOWS = tuple(Workflow)
_SHOT = ("shots", "shot_id")
_PRODUCTION = ("productions", "production_id")


def _id(name: str, refers_to: tuple[str, str] | None = None, *, required: bool = True) -> Column:
    return Column(name, required=required, refers_to=refers_to)


def _choice(name: str, choices: tuple[str, ...], *, required: bool = False, fallback: str | None = None) -> Column:
    return Column(name, Kind.CHOICE, required, choices, fallback=fallback)


TABLES = (
    Table(
        "titles",
        (
            _id("title_id"),
            Column("name", required=True),
            _choice("kind", ("series", "film")),
            Column("genre"),
            Column("release_year", Kind.YEAR),
        ),
        ("title_id",),
    ),
    Table(
        "productions",
        (
            _id("production_id"),
            _id("title_id", ("titles", "title_id"), required=False),
            Column("name", required=True),
            Column("season"),
            Column("currency", Kind.CURRENCY, required=True),
            Column("fps", Kind.FRAME_RATE, required=True),
            Column("width", Kind.POSITIVE_WHOLE),
            Column("height", Kind.POSITIVE_WHOLE),
            Column("territory", Kind.TERRITORY),
            Column("started_on", Kind.DATE),
            Column("locked_budget_amount", Kind.PRICE),
        ),
        ("production_id",),
        required=True,
    ),
    Table(
        "shots",
        (
            _id("shot_id"),
            _id("production_id", _PRODUCTION),
            Column("sequence"),
            Column("code", required=True),
            _choice("kind", tuple(ShotKind)),
            _choice("complexity", tuple(Complexity)),
            Column("cut_frames", Kind.POSITIVE_WHOLE, required=True),
            Column("handle_frames", Kind.WHOLE),
            Column("width", Kind.POSITIVE_WHOLE),
            Column("height", Kind.POSITIVE_WHOLE),
            Column("camera_move"),
            Column("description"),
            Column("turnover_on", Kind.DATE),
            Column("due_on", Kind.DATE),
            Column("final_on", Kind.DATE),
            _choice("status", ("open", "final", "omitted")),
            _id("twin_of", _SHOT, required=False),
            Column("enabled", Kind.TRUTH, fallback="false"),
        ),
        ("shot_id",),
        required=True,
        in_order=(("turnover_on", "final_on"),),
    ),
    Table(
        "assignments",
        (
            _id("shot_id", _SHOT),
            _choice("workflow", _WORKFLOWS, required=True),
            Column("started_on", Kind.DATE),
            Column("ended_on", Kind.DATE),
            _choice("outcome", ("final", "fell_back", "omitted", "open"), fallback="'open'"),
        ),
        in_order=(("started_on", "ended_on"),),
    ),
    Table(
        "work_entries",
        (
            _id("work_entry_id"),
            _id("shot_id", _SHOT),
            _choice("workflow", _WORKFLOWS),
            Column("department", required=True),
            Column("seniority"),
            Column("vendor"),
            Column("territory", Kind.TERRITORY),
            Column("worked_on", Kind.DATE, required=True),
            Column("people_hours", Kind.QUANTITY, required=True),
        ),
        ("work_entry_id",),
    ),
    Table(
        "renders",
        (
            _id("render_id"),
            _id("shot_id", _SHOT),
            _choice("workflow", _WORKFLOWS, required=True),
            Column("engine"),
            Column("model"),
            Column("version_number", Kind.WHOLE),
            Column("hardware"),
            Column("started_at", Kind.INSTANT),
            Column("wall_seconds", Kind.QUANTITY, required=True),
            Column("gpu_seconds", Kind.QUANTITY),
            Column("cpu_seconds", Kind.QUANTITY),
            Column("energy_joules", Kind.QUANTITY),
            Column("frame_count", Kind.WHOLE),
            Column("width", Kind.POSITIVE_WHOLE),
            Column("height", Kind.POSITIVE_WHOLE),
            Column("generated_seconds", Kind.QUANTITY),
            _choice("outcome", ("ok", "failed", "interrupted"), fallback="'ok'"),
        ),
        ("render_id",),
    ),
    Table(
        "charges",
        (
            _id("charge_id"),
            _id("production_id", _PRODUCTION),
            _id("shot_id", _SHOT, required=False),
            _choice("workflow", _WORKFLOWS),
            _choice("category", ("compute", "licence", "api", "storage", "consent", "review", "other"), required=True),
            Column("description"),
            Column("amount", Kind.AMOUNT, required=True),
            Column("currency", Kind.CURRENCY, required=True),
            Column("charged_on", Kind.DATE, required=True),
        ),
        ("charge_id",),
    ),
    Table(
        "reviews",
        (
            _id("review_id"),
            _id("shot_id", _SHOT),
            Column("version_number", Kind.WHOLE),
            _choice("workflow", _WORKFLOWS),
            Column("reviewed_at", Kind.INSTANT, required=True),
            _choice("decision", ("approved", "retake", "omit"), required=True),
        ),
        ("review_id",),
    ),
    Table(
        "rates",
        (
            Column("resource", required=True),
            _choice("unit", ("hour", "day", "second", "kwh", "month"), required=True),
            Column("price", Kind.PRICE, required=True),
            Column("currency", Kind.CURRENCY, required=True),
            Column("territory", Kind.TERRITORY),
            Column("vendor"),
            Column("valid_from", Kind.DATE, required=True),
            Column("valid_to", Kind.DATE),
            Column("source"),
        ),
        ("resource", "unit", "territory", "vendor", "valid_from"),
        apart=(("valid_from", "valid_to"),),
    ),
    Table(
        "fx_rates",
        (
            Column("from_currency", Kind.CURRENCY, required=True),
            Column("to_currency", Kind.CURRENCY, required=True),
            Column("rate", Kind.EXCHANGE_RATE, required=True),
            Column("valid_from", Kind.DATE, required=True),
        ),
        ("from_currency", "to_currency", "valid_from"),
    ),
)
"""In the order in which they are read and written: what is referred to comes first."""
