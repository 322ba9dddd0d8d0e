"""Polls as people type them, or paste them out of an article: names and shares in either order, one a line or several."""

from __future__ import annotations

import base64
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhilis_sim.app.opening.dropped import open_file
from mazhilis_sim.app.state import Document
from mazhilis_sim.errors import FileError, MazhilisError
from mazhilis_sim.files.layout.headers import read_head
from mazhilis_sim.files.layout.numbers import APOSTROPHES, BLANKS, take_apart
from mazhilis_sim.polls.sizes import LARGEST_SIZE

FILE = "poll.csv"
"""The table that the readers of files are given in place of what was typed; what they say of it is said of lines."""
BULLET = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])\s+")
BETWEEN = r"(?:[\s,;:=|(]|[-–—](?=\s))+"
"""What may stand between a name and its share; a dash that touches the number is a minus."""
SHARE = r"(?P<share>\d[\d.,]*)\s*%?\s*\)?"
WAYS = (re.compile(rf"^\s*(?P<name>.*?\S){BETWEEN}{SHARE}\s*$"), re.compile(rf"^\s*{SHARE}{BETWEEN}(?P<name>\D*[^\W\d]\D*)$"))
"""A name and its share; or, where that is not so, the share and then a name."""
MARGIN = re.compile(rf"^\s*(?P<name>.*?)[\s,;:=|(]*(?:±|\+\s*/\s*[-−–])\s*{SHARE}\s*$")
SIZE = re.compile(rf"^(?P<before>\D*)(?P<size>\d(?:[\d.,{BLANKS}{APOSTROPHES}]*\d)?)(?P<after>[^\d%]*)$")
"""The number of people asked, among the words for it, its thousands grouped in whatever way."""
FILLERS = re.compile(r"\b(?:of|were|people|человек|чел|адам)\b|[\s,;:.=|()~≈–—-]+")
"""What may stand between those words, and says nothing more."""
AND = r"(?:and|и|және)\s+"
ASKED = "|".join(
    f"(?<={word})" for word in ("people", "asked", "surveyed", "respondents", "человек", "чел.", "респондентов", "адам", "сұралды")
)
NEXT = re.compile(rf"(?:(?<=[\d%)])|{ASKED})\s*(?:(?:[,;|]|\.\s)\s*(?:{AND})?|\s{AND})(?=[^\W\d]|[±\"«]|$)")
"""Where the next answer begins in the same line, as in a list or in sentences: behind a number, or who was counted."""
ROWS = re.compile(r"\brow \d+|\brows \d+(?:, \d+)*(?: (?:and|to) \d+\b(?! more))?")
"""How the readers name rows: `rows_of` and `twice` of `names.entries`, and the place of an entry there."""
MOST = 100


@dataclass(frozen=True)
class Piece:
    """One answer, or what a poll says of itself.

    Parameters
    ----------
    line : int
        In which it stands.
    column : str
        What the number is: ``"share"``, ``"margin"`` or ``"sample_size"``.
    name, number : str
    """

    line: int
    column: str
    name: str
    number: str


def open_text(text: Any, state: Mapping[str, Any]) -> tuple[Document, list[str]]:
    """Return the state after a poll was typed, and what there is to say of it."""
    pieces = list(read_pieces(str(text)))
    answers = [piece for piece in pieces if piece.column == "share"]
    if not answers:
        raise no_answer(1, str(text))
    data = base64.b64encode(table_of(answers, pieces).encode()).decode()
    try:
        document, said = open_file(FILE, data, state)
    except MazhilisError as error:
        raise in_lines(error, answers) from None
    return document, [of_lines(words, answers) for words in said]


# -- what was typed ----------------------------------------------------------------------------------------------------


def read_pieces(text: str) -> Iterator[Piece]:
    """Read what was typed, piece by piece; heads above a column are passed over."""
    lines = [(place, line) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    for place, line in lines[bool(lines and is_head(lines[0][1])) :]:
        yield from (read_piece(place, part) for part in NEXT.split(BULLET.sub("", line).rstrip(" .;")) if part.strip())


def is_head(line: str) -> bool:
    """Tell whether a line says only what stands below: a party, its share."""
    words = [word for word in re.split(r"[\s,;|]+", line) if word]
    return bool(words) and all(read_head(word).column in ("party", "share") for word in words)


def read_piece(line: int, part: str) -> Piece:
    """Read one answer, a margin of error or a sample size."""
    size = SIZE.match(part)
    if size and is_of_size(f"{size['before']} {size['after']}"):
        return Piece(line, "sample_size", "", read_size(line, part, size["size"]))
    margin = MARGIN.match(part)
    if margin and (not margin["name"] or read_head(margin["name"]).column == "margin"):
        return Piece(line, "margin", "", margin["share"].replace(",", "."))
    found = next(filter(None, (way.match(part) for way in WAYS)), None)
    if not found:
        raise no_answer(line, part)
    column = "margin" if read_head(found["name"]).column == "margin" else "share"
    piece = Piece(line, column, found["name"].strip(" \"'"), found["share"].replace(",", "."))
    if piece.column == "share" and float_of(piece.number) > MOST:
        raise FileError(field=f"line {line}", must=f"hold a share of at most {MOST} %", got=part.strip())
    return piece


def is_of_size(words: str) -> bool:
    """Tell whether the words around a number say that so many people were asked."""
    plain = " ".join(FILLERS.sub(" ", words.casefold()).split())
    return any(read_head(text).column == "sample_size" for text in (words.strip(" ,;:=|()"), plain) if text)


def read_size(line: int, part: str, number: str) -> str:
    """Read a number of people asked: a whole one, so that a mark before three digits groups them."""
    written = take_apart(number)
    plain = written.plain.replace(".", "") if written and written.doubtful else written.plain if written else ""
    if not plain.isdecimal() or not 1 <= int(plain) <= LARGEST_SIZE:
        must = "hold the number of people asked, such as: n = 1 200"
        raise FileError(field=f"line {line}", must=must, got=" ".join(part.split()))
    return plain


def float_of(number: str) -> float:
    """Return a number that may be none; the readers of files say so."""
    try:
        return float(number)
    except ValueError:
        return 0


def no_answer(line: int, got: str) -> FileError:
    """Build the error for a line that is no answer."""
    return FileError(field=f"line {line}", must="hold a name and a share, such as: Amanat 53.9", got=" ".join(got.split()))


# -- as a table --------------------------------------------------------------------------------------------------------


def table_of(answers: Sequence[Piece], pieces: Sequence[Piece]) -> str:
    """Write answers as the table that the readers of polls take, each with what the poll says of itself."""
    about = {piece.column: piece.number for piece in pieces if piece.column != "share"}
    if "margin" in about:
        about["margin"] += "%"
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\n")
    writer.writerow(["party", "share %", *about])
    writer.writerows([piece.name, piece.number, *about.values()] for piece in answers)
    return table.getvalue()


def in_lines(error: MazhilisError, answers: Sequence[Piece]) -> FileError:
    """Return an error about the table as one about what was typed."""
    problem, where = (of_lines(text, answers) for text in (error.problem, error.where))
    return FileError(problem, where=where, **{name: getattr(error, name) for name in ("field", "got", "must", "remedy", "shown")})


def of_lines(text: str, answers: Sequence[Piece]) -> str:
    """Say rows of the table as lines; what concerns the whole poll names its first row, and needs no place."""
    text = re.sub(rf"\b{re.escape(FILE)}, (row \d+), column [\w %]+", lambda found: lines_of(found[1], answers), text)
    text = re.sub(rf"\b{re.escape(FILE)}(?:, row \d+)?(?:: |$)(?:poll: )?", "", text)
    return ROWS.sub(lambda found: lines_of(found[0], answers), text)


def lines_of(rows: str, answers: Sequence[Piece]) -> str:
    """Return the lines of some rows, each once, for a line may hold several answers."""
    places = (min(max(int(row) - 2, 0), len(answers) - 1) for row in re.findall(r"\d+", rows))
    lines = list(dict.fromkeys(str(answers[place].line) for place in places))
    between = next((word for word in (" to ", " and ") if word in rows), ", ")
    return f"{'line' if len(lines) == 1 else 'lines'} {between.join(lines)}"
