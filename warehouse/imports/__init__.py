"""From raw files to the landing: read, name, check, land what is valid, name what is not."""

from warehouse.imports.report import ImportReport, Issue, SourceReport
from warehouse.imports.run import import_paths
from warehouse.landing import retract

__all__ = ["ImportReport", "Issue", "SourceReport", "import_paths", "retract"]
