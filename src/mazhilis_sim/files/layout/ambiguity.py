"""What can be read in two ways, and how it is asked back: both readings, and what to write."""

from __future__ import annotations

from collections.abc import Mapping

from mazhilis_sim.errors import FileError, show


class AmbiguousError(Exception):
    """A text that can be read in two ways.

    Parameters
    ----------
    readings : mapping of str to str
        What it is, by the words of a dialect that would settle it.
    """

    def __init__(self, readings: Mapping[str, str]) -> None:
        super().__init__(" or ".join(readings))
        self.readings = readings

    def asked_back(self, text: str, column: str, where: str) -> FileError:
        """Build the error that asks back."""
        said = " or ".join(f"{reading} ({words})" for words, reading in self.readings.items())
        first, second = self.readings
        return FileError(
            f"{column} can be read in two ways, {show(text)}: {said}",
            field=column,
            got=text,
            must="be read in one way",
            remedy=f'write {self.readings[first]}, or say the dialect: "{first}" or "{second}"',
            where=where,
        )
