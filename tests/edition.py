"""The record as of the edition that the pages and the pinned numbers speak of.

A pooled forecast moves with every poll that is added, and is meant to. Tests of such a number are about the program, not about the
record: outside `elections/` they see the polls below, whatever was added since. When pages and numbers are written anew for a longer
record, its polls are named here.
"""

from __future__ import annotations

from mazhilis_sim.data import csv_tables

EDITION = frozenset(
    [
        "2012_ispi_2011-12-16",
        "2012_ispi_2012-01-06",
        "2012_alternativa_2012-01-08",
        "2012_democratic_institute_2012-01-09",
        "2012_exit_strategy",
        "2012_exit_democratic_institute",
        "2012_exit_ispi",
        "2016_exit_democratic_institute",
        "2016_exit_media_consul",
        "2021_pori_2020-11-12",
        "2021_iei_2020-11-30",
        "2021_pori_2020-12-09",
        "2021_astana_zertteu_2020-12-25",
        "2021_nur_kz_2020-12-31",
        "2021_astana_zertteu_2021-01-04",
        "2021_iei_2021-01-04",
        "2021_exit_astana_zertteu",
        "2021_exit_democratic_institute",
        "2021_exit_qogamdyq_pikir",
        "2021_sanj",
        "2021_alaman_bot",
        "2021_baige_bot",
        "2021_exit_sotsis_a_almaty",
        "2023_public_opinion_research_institute_2023-01-28",
        "2023_democratic_institute_2023-02-18",
        "2023_strategy_2023-02-27",
        "2023_debate_2023-03-10",
        "2023_public_opinion_research_institute_2023-03-10",
        "2023_exit_democratic_institute",
        "2023_exit_sotsis_a",
        "2023_exit_institute_of_eurasian_integration",
        "2023_democratic_institute_almaty_2023-03-04",
        "2023_democratic_institute_district_3",
        "2023_democratic_institute_district_4",
        "2023_demoscope_2023-03-11",
    ]
)


def rows_of(table: str, **wanted: str) -> list[csv_tables.Record]:
    """Read the rows of a table as of the edition."""
    rows = csv_tables.rows_of(table, **wanted)
    return [row for row in rows if row["poll"] in EDITION] if table == "polls" else rows
