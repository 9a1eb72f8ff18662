"""An empty history bundle for a studio to fill in: every file with its header, nothing else."""

import io
import zipfile

from analytics.importers.history.contract import TABLES

TEMPLATE_NAME = "shotledger-history.zip"


def empty_bundle() -> bytes:
    """A zip of CSV files that hold the names of their columns."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for table in TABLES:
            bundle.writestr(f"{table.name}.csv", ",".join(column.name for column in table.columns) + "\n")
    return packed.getvalue()
