"""Reports: everything that a result says on one page of one file, which refers to nothing outside of it and can be sent on."""

from mazhilis_sim.report.document import Document, Items, Section
from mazhilis_sim.report.of_results import write_report
from mazhilis_sim.report.page import check_page, write_page

__all__ = ["Document", "Items", "Section", "check_page", "write_page", "write_report"]
