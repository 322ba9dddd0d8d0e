"""The same tables as many programs and people write them: encodings, separators, marks in numbers, layouts, languages."""

from __future__ import annotations

import csv
import io
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

VOTES = {
    "qhp": 432920,
    "aq_jol": 535139,
    "jsdp": 331058,
    "auyl": 693938,
    "baytaq": 146431,
    "amanat": 3431510,
    "respublica": 547154,
    "against_all": 248291,
}
"""The list vote of 2023; of one number a mark groups digits twice, so that no mark is in doubt."""
SMALL = {party: votes // 10 for party, votes in VOTES.items()}
"""No number has more than one mark: whether it is before decimals is in doubt where nothing else in the table tells."""
Cells = list[list[str]]


@dataclass(frozen=True)
class Language:
    """What stands in a table besides numbers."""

    party: str
    votes: str
    share: str
    number: str
    region: str
    total: str
    title: str
    note: str
    names: dict[str, str]
    regions: tuple[str, str]


LANGUAGES = {
    "ids": Language(
        "party", "votes", "share", "no", "region", "Total", "Results", "Source: the commission", {id_: id_ for id_ in VOTES},
        ("Almaty", "Astana"),
    ),
    "en": Language(
        "Party name", "Number of votes", "Percent", "No.", "Region", "Total", "Results of 19 March 2023", "* by the commission",
        {"qhp": "People's Party of Kazakhstan", "aq_jol": "Aq Jol", "jsdp": "JSDP", "auyl": "Auyl", "baytaq": "Baytaq",
         "amanat": "Amanat", "respublica": "Respublica", "against_all": "Against all"},
        ("Jambyl Region", "East Kazakhstan Region"),
    ),
    "kk": Language(
        "Партияның атауы", "Дауыстар саны", "Пайызы", "Р/с №", "Өңір", "Барлығы", "Сайлау қорытындылары", "Дереккөз: ОСК",
        {"qhp": "Қазақстан халық партиясы", "aq_jol": "«Ақ жол» демократиялық партиясы",
         "jsdp": "Жалпыұлттық социал-демократиялық партия", "auyl": "Ауыл", "baytaq": "Байтақ", "amanat": "Аманат",
         "respublica": "Respublica", "against_all": "Бәріне қарсы"},
        ("Жамбыл облысы", "Алматы қ."),
    ),
    "ru": Language(
        "Наименование партии", "Число голосов", "Доля", "№ п/п", "Регион", "Итого", "Итоги выборов", "Источник: ЦИК",
        {"qhp": "Народная партия Казахстана", "aq_jol": "Демократическая партия «Ак жол»", "jsdp": "ОСДП", "auyl": "Ауыл",
         "baytaq": "Байтақ", "amanat": "Партия «Аманат»", "respublica": "Республика", "against_all": "Против всех"},
        ("Акмолинская область", "г. Алматы"),
    ),
}  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "kz1048", "koi8_r", "cp866")
SEPARATORS = (",", ";", "\t", "|")
GROUPS = {
    "plain": "", "blank": " ", "no-break": "\u00a0", "narrow": "\u202f", "thin": "\u2009", "figure": "\u2007",
    "comma": ",", "point": ".", "apostrophe": "'", "underscore": "_",
}  # fmt: skip
"""What stands between thousands."""


def grouped(number: int, mark: str) -> str:
    """Write a number with a mark between thousands."""
    return f"{number:,}".replace(",", mark)


def tenths(share: float, mark: str) -> str:
    """Write a share in per cent with one decimal, behind a mark."""
    return f"{100 * share:.1f}".replace(".", mark)


# -- layouts of votes --------------------------------------------------------------------------------------------------

Layout = Callable[[Language, dict[str, int], str], Cells]


def bare(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Write a head and a row for each list."""
    return [[words.party, words.votes], *([words.names[id_], grouped(number, mark)] for id_, number in votes.items())]


def titled(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Write a title, blank rows, and a note below."""
    head, *rows = bare(words, votes, mark)
    return [[words.title, ""], ["", ""], head, ["", ""], *rows, ["", ""], [words.note, ""]]


def published(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Write as commissions publish: whose numbers they are and under which licence above, an empty column at the end, numbered labels."""
    head, *rows = bare(words, votes, mark)
    numbered = [[f"{place}. {label}", number, ""] for place, (label, number) in enumerate(rows, 1)]
    return [["(c) 2023", "", ""], ["https://example.org/licence", "", ""], [words.title, "", ""], [*head, ""], *numbered]


def summed(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Number the rows, and add their sum."""
    head, *rows = bare(words, votes, mark)
    numbered = [[str(place), *row] for place, row in enumerate(rows, 1)]
    return [[words.number, *head], *numbered, ["", words.total, grouped(sum(votes.values()), mark)]]


def with_shares(decimal: str) -> Layout:
    """Write the share of each list behind its votes."""

    def layout(words: Language, votes: dict[str, int], mark: str) -> Cells:
        head, *rows = bare(words, votes, mark)
        shares = [tenths(number / sum(votes.values()), decimal) for number in votes.values()]
        return [[*head, f"{words.share}, %"], *([*row, share] for row, share in zip(rows, shares, strict=True))]

    return layout


def two_heads(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Write a head of two rows, its upper cells merged over columns, a row that numbers the columns, and shares as 48,5%."""
    _, *rows = bare(words, votes, mark)
    shares = [tenths(number / sum(votes.values()), ",") + "%" for number in votes.values()]
    lines = [[str(place), *row, share] for place, (row, share) in enumerate(zip(rows, shares, strict=True), 1)]
    return [[words.number, words.party, words.votes, ""], ["", "", words.number, "%"], ["1", "2", "3", "4"], *lines]


def tall_head(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Break a head into lines inside of its cells, and put columns that nobody reads before it."""
    head, *rows = bare(words, votes, mark)
    broken = [cell.replace(" ", "\n") + ":" for cell in head]
    return [[words.number, *broken], *([str(place), *row] for place, row in enumerate(rows, 1))]


def wide(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Write lists above columns, and one row."""
    return [[words.names[id_] for id_ in votes], [grouped(number, mark) for number in votes.values()]]


def by_region(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Write lists above columns, a row for each of two regions, and their sum."""
    first = {id_: number // 3 for id_, number in votes.items()}
    rows = {"A": first, "B": {id_: number - first[id_] for id_, number in votes.items()}, words.total: votes}
    numbers = [[name, *(grouped(number, mark) for number in row.values())] for name, row in rows.items()]
    return [[words.region, *(words.names[id_] for id_ in votes)], *numbers]


def matrix(words: Language, votes: dict[str, int], mark: str) -> Cells:
    """Write a row for each list and a column for each of two regions, and for their sum."""
    numbers = [(words.names[id_], number // 3, number - number // 3, number) for id_, number in votes.items()]
    return [[words.party, *words.regions, words.total], *([name, *(grouped(n, mark) for n in row)] for name, *row in numbers)]


def valued(decimal: str) -> Layout:
    """Write lists merged over two columns each, their votes and their share, a row for each of two regions."""

    def layout(words: Language, votes: dict[str, int], mark: str) -> Cells:
        head = [cell for id_ in votes for cell in (words.names[id_], "")]
        rows = [{id_: number // 3 for id_, number in votes.items()}, {id_: number - number // 3 for id_, number in votes.items()}]
        cells = [[cell for n in row.values() for cell in (grouped(n, mark), tenths(n / sum(row.values()), decimal))] for row in rows]
        lines = ([name, *numbers] for name, numbers in zip(words.regions, cells, strict=True))
        return [["", *head], [words.region, *[words.votes, "%"] * len(votes)], *lines]

    return layout


LAYOUTS: dict[str, Layout] = {
    "bare": bare, "titled": titled, "published": published, "summed": summed, "shares, comma": with_shares(","),
    "shares, point": with_shares("."),
    "two heads": two_heads, "tall head": tall_head, "wide": wide, "by region": by_region, "matrix": matrix,
    "votes and shares, comma": valued(","), "votes and shares, point": valued("."),
}  # fmt: skip
DECIMALS = {
    "shares, comma": ",", "shares, point": ".", "two heads": ",", "votes and shares, comma": ",", "votes and shares, point": ".",
}  # fmt: skip
"""The mark before decimals that a layout shows."""


# -- dialects of votes -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dialect:
    """One way to write a table of votes."""

    encoding: str
    separator: str
    groups: str
    layout: str
    language: str
    votes: str

    @property
    def numbers(self) -> dict[str, int]:
        """What it says."""
        return VOTES if self.votes == "large" else SMALL

    @property
    def doubtful(self) -> str:
        """The mark that may stand before decimals or between thousands; nothing where the table itself tells."""
        mark, told = GROUPS[self.groups], DECIMALS.get(self.layout, "")
        several = self.votes == "large" or (self.layout == "summed" and sum(SMALL.values()) >= 1_000_000)
        return mark if mark in (",", ".") and not several and not told else ""

    @property
    def possible(self) -> bool:
        """Whether anybody writes so: one mark for two things in a table, or letters that an encoding lacks, stand in none."""
        if GROUPS[self.groups] == DECIMALS.get(self.layout):
            return False
        try:
            self.text().encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    def text(self) -> str:
        """Write the table."""
        cells = LAYOUTS[self.layout](LANGUAGES[self.language], self.numbers, GROUPS[self.groups])
        return separated(cells, self.separator)

    def content(self) -> bytes:
        """Write the file."""
        return self.text().encode(self.encoding)


def separated(cells: Cells, separator: str) -> str:
    """Write cells as text, as spreadsheets do."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(cells)
    return text.getvalue()


def dialects(many: int) -> list[Dialect]:
    """Return so many dialects, chosen evenly from all that are possible."""
    every = itertools.product(ENCODINGS, SEPARATORS, GROUPS, LAYOUTS, LANGUAGES, ("large", "small"))
    chosen = random.Random(2026)
    possible = (dialect for words in chosen.sample(list(every), 4 * many) if (dialect := Dialect(*words)).possible)
    return list(itertools.islice(possible, many))


# -- polls -------------------------------------------------------------------------------------------------------------

POLLS = {
    ("Strategy", "2026-07-31", 1200): {"amanat": 0.541, "auyl": 0.245, "undecided": 0.214},
    ("IRI", "2026-08-12", 1604): {"amanat": 0.503, "auyl": 0.277, "undecided": 0.22},
}
HEADS = {
    "en": ("Pollster", "End date", "Sample size", "Party", "Share"),
    "kk": ("Ұйым", "Аяқталу күні", "Іріктеме көлемі", "Партия", "Үлесі"),
    "ru": ("Институт", "Дата окончания", "Объём выборки", "Партия", "Доля"),
}
ANSWERS = {
    "en": {"amanat": "Amanat", "auyl": "Auyl", "undecided": "Don't know"},
    "kk": {"amanat": "Аманат", "auyl": "Ауыл", "undecided": "Білмеймін"},
    "ru": {"amanat": "Аманат", "auyl": "Ауыл", "undecided": "Затрудняюсь ответить"},
}
BESIDE = {
    "en": ("No.", "Client", "Start date", "Source"),
    "kk": ("Р/с №", "Тапсырыс беруші", "Басталу күні", "Дереккөз"),
    "ru": ("№ п/п", "Заказчик", "Дата начала", "Источник"),
}
"""Columns of those who collect polls."""
DAYS: dict[str, Callable[[str, str, str], str]] = {
    "iso": lambda year, month, day: f"{year}-{month}-{day}",
    "with time": lambda year, month, day: f"{year}-{month}-{day} 00:00:00",
    "points": lambda year, month, day: f"{day}.{month}.{year}",
    "short points": lambda year, month, day: f"{int(day)}.{int(month)}.{year} г.",
    "day first": lambda year, month, day: f"{day}/{month}/{year}",
    "month first": lambda year, month, day: f"{int(month)}/{int(day)}/{year}",
    "hyphens": lambda year, month, day: f"{day}-{month}-{year}",
}
FORMS = ("long", "merged", "wide", "collected")
SHARES: dict[str, Callable[[float], str]] = {
    "per cent": lambda share: f"{100 * share:.1f}%",
    "decimal comma": lambda share: tenths(share, ",") + " %",
    "fraction": lambda share: f"{share:.3f}",
    "fraction with comma": lambda share: f"{share:.3f}".replace(".", ","),
    "in the head": lambda share: tenths(share, "."),
    "in the head, comma": lambda share: tenths(share, ","),
    "percent cells": lambda share: f"{share:.3f}",
}
"""How shares are written; of the last three the head says that they are per cent."""


@dataclass(frozen=True)
class PollDialect:
    """One way to write a table of polls."""

    encoding: str
    separator: str
    days: str
    shares: str
    form: str
    language: str

    @property
    def possible(self) -> bool:
        """Whether its encoding has the letters; one Russian letter in an English table tells no encoding."""
        try:
            content = self.content()
        except UnicodeEncodeError:
            return False
        return content.isascii() or self.language != "en" or self.encoding.startswith("utf")

    def content(self) -> bytes:
        """Write the file."""
        cells = list({"wide": self.wide, "collected": self.collected}.get(self.form, self.long)())
        return separated(cells, self.separator).encode(self.encoding)

    def cells_of(self, poll: tuple[str, str, int]) -> list[str]:
        """Write what describes a poll."""
        pollster, day, size = poll
        return [pollster, DAYS[self.days](*day.split("-")), str(size)]

    def unit(self) -> str:
        """Write what heads say of shares."""
        return ", %" if self.shares in list(SHARES)[-3:] else ""

    def long(self) -> Iterator[list[str]]:
        """Write a row for each answer; merged cells leave those below the first empty."""
        *heads, share = HEADS[self.language]
        yield [*heads, share + self.unit()]
        for poll, answers in POLLS.items():
            for place, (id_, value) in enumerate(answers.items()):
                described = ["", "", ""] if place and self.form == "merged" else self.cells_of(poll)
                yield [*described, ANSWERS[self.language][id_], SHARES[self.shares](value)]

    def wide(self) -> Iterator[list[str]]:
        """Write a row for each poll."""
        names = ANSWERS[self.language]
        yield [*HEADS[self.language][:3], *(name + self.unit() for name in names.values())]
        for poll, answers in POLLS.items():
            yield [*self.cells_of(poll), *(SHARES[self.shares](answers[id_]) for id_ in names)]

    def collected(self) -> Iterator[list[str]]:
        """Write as those who collect polls do: numbers, clients and sources beside, and parties that some did not ask about."""
        number, client, start, source = BESIDE[self.language]
        for place, line in enumerate(self.wide()):
            pollster, day, size, *shares = line
            if not place:
                yield [number, pollster, client, start, day, size, *shares, "Baytaq" + self.unit(), source]
            else:
                yield [str(place), pollster, "-", day, day, size, *shares, "NA", "https://example.org/poll.pdf"]


def poll_dialects(many: int) -> list[PollDialect]:
    """Return so many dialects of polls, chosen evenly from all that are possible."""
    every = itertools.product(ENCODINGS, SEPARATORS, DAYS, SHARES, FORMS, HEADS)
    chosen = random.Random(2026)
    possible = (dialect for words in chosen.sample(list(every), 4 * many) if (dialect := PollDialect(*words)).possible)
    return list(itertools.islice(possible, many))
