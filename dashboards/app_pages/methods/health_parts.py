"""The state of the data: what figures are made of, what is missing, where the workflows can be compared."""

from analytics.health.data_health import DataHealth
from dashboards.app_pages.methods.charts import kinds_chart
from dashboards.app_pages.methods.sections import (
    check_list,
    check_rows,
    cost_origin_rows,
    cost_origin_table,
    fault_box,
    in_order,
    kind_legend,
    kind_rows,
    kind_table,
    missing_rows,
    missing_table,
    table_origin_rows,
    table_origin_table,
)
from dashboards.look.cards import page_head, section, show
from dashboards.look.downloads import csv_link, show_chart


def show_health(health: DataHealth, aside: str) -> None:
    """Everything that was looked at."""
    show(page_head("Data health", aside, health.headline, health.details))
    if health.faults:
        show(fault_box(health.faults))
    show(section("Gaps", "What each does to the figures, how much of it there is, and how to close it."))
    show(check_list(health), in_order(health), csv_link(check_rows(health), name="data-health"))
    if health.missing:
        show(section("Waiting for a price", "Facts in no sum, because no rate or exchange rate holds on their day."))
        rows = missing_rows(health)
        show(missing_table(rows), csv_link(rows, name="missing-prices"))
    show(
        section(
            "What costs are made of",
            "Each amount is as sure as the weakest of its fact, its rate and its exchange rate.",
        )
    )
    show(cost_origin_table(health.costs), csv_link(cost_origin_rows(health.costs), name="cost-origins"))
    show(section("What facts are made of", "Rows of each table by where they come from."))
    show(table_origin_table(health.tables), csv_link(table_origin_rows(health.tables), name="fact-origins"))
    show(
        section(
            "AI by kind of shot",
            "Where only one workflow has shots, no comparison is possible. Omitted shots are not counted.",
        )
    )
    show(kind_legend())
    show_chart(kinds_chart(health.kinds), name="ai-by-kind", alt="Shots of each kind by workflow")
    show(kind_table(health.kinds), csv_link(kind_rows(health.kinds), name="ai-by-kind"))
