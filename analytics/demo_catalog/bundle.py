"""Writes tables, piece by piece, as the files of a history bundle."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from analytics.vocabulary.errors import InputRefused

if TYPE_CHECKING:
    import pyarrow as pa


class BundleWriter:
    """Files of a bundle that is being written; closes them all at the end of a ``with``."""

    def __init__(self, folder: Path, *, as_parquet: bool) -> None:
        """Begin a bundle.

        Raises
        ------
        InputRefused
            If the folder is not empty, or cannot be made.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise InputRefused(str(folder), None, "is not empty", "name a folder that is new or empty")
        except OSError as error:
            raise InputRefused(
                str(folder), None, f"cannot be made a folder ({error.strerror})", "name another folder"
            ) from error
        self.folder = folder
        self.row_counts: dict[str, int] = {}
        self._as_parquet = as_parquet
        self._files: dict[str, Any] = {}

    def write(self, name: str, table: "pa.Table") -> None:
        """Add rows to a file.

        Raises
        ------
        InputRefused
            If the disk does not take them.
        """
        try:
            if name not in self._files:
                self._files[name] = self._begun(name, table.schema)
            self._files[name].write_table(table)
        except OSError as error:
            raise InputRefused(
                str(self.folder / name), None, f"cannot be written ({error.strerror or error})",
                "name a folder on a disk with room for it",
            ) from error  # fmt: skip
        self.row_counts[name] = self.row_counts.get(name, 0) + table.num_rows

    def _begun(self, name: str, schema: "pa.Schema") -> Any:
        if self._as_parquet:
            from pyarrow.parquet import ParquetWriter

            return ParquetWriter(self.folder / f"{name}.parquet", schema)
        from pyarrow.csv import CSVWriter, WriteOptions

        return CSVWriter(self.folder / f"{name}.csv", schema, write_options=WriteOptions(quoting_style="needed"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()
