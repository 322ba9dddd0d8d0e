"""Recomputes every printed share, sum, total, lead and turnout on record from the numbers beside it.

`findings` returns each cell that does not follow, with what is printed and what was recomputed. It reads the tidy
tables and nothing else, so a test can plant a fault in a copy of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import isclose
from typing import NamedTuple

from mazhilis_sim.data.csv_tables import Record, read_table
from mazhilis_sim.legislation.presets import law
from mazhilis_sim.polls.places import KINDS

TABLES = (
    "ballots",
    "district_votes_2023",
    "districts_2023",
    "elections",
    "inconsistencies",
    "list_votes",
    "parties",
    "party_colours",
    "party_names",
    "poll_shares",
    "polls",
    "region_tiles",
    "region_votes",
    "regions",
    "words",
)
NO_PARTIES_OF_POLLS = ("against_all", "other", "undecided")
BEFORE = ("poll", "debate_poll", "district_poll", "region_poll", "partial_poll")
"""Kinds of polls that ask about an election to come, or on its day."""
OF_A_PLACE = {"district_poll": "district", "region_poll": "region"}
LEAVE_OUT = ("bot", "partial_poll", "district_poll")
"""Kinds of polls of which some answers are not printed."""
NOT_PARTIES = ("against_all", "invalid", "ballots", "registered")

Tables = dict[str, list[Record]]


class Place(NamedTuple):
    """A cell: its file, the row's key and the column."""

    file: str
    row: str
    column: str


class Finding(NamedTuple):
    """What stands in a cell, and what its neighbours say should stand there."""

    printed: str
    recomputed: str


Found = tuple[Place, Finding]
Check = Callable[[Tables], Iterator[Found]]


def load_tables() -> Tables:
    """Read all tables."""
    return {table: read_table(table) for table in TABLES}


def findings(tables: Tables, checks: Iterable[Check] | None = None) -> dict[Place, Finding]:
    """Return every cell that does not follow from the others."""
    return dict(found for check in checks or (*SUMS, *SHARES, *OTHERS) for found in check(tables))


# -- comparing -------------------------------------------------------------------------------------------------------


def decimals(cell: str) -> int:
    """Return the decimals that a cell prints."""
    return len(cell.partition(".")[2])


def half_unit(cell: str) -> Fraction:
    """Return the largest rounding error of a printed number."""
    return Fraction(1, 2 * 10 ** decimals(cell))


def shown(value: Fraction, digits: int) -> str:
    """Round and print a number."""
    return f"{float(round(value, digits)):.{digits}f}"


def differs(place: Place, cell: str, value: Fraction | int) -> Iterator[Found]:
    """Yield a printed number that is not the recomputed one, rounded to as many decimals."""
    if abs(Fraction(cell) - value) > half_unit(cell):
        yield place, Finding(cell, shown(Fraction(value), decimals(cell)))


def sum_differs(place: Place, cells: Iterable[str]) -> Iterator[Found]:
    """Yield shares that do not sum to 1 although each may be rounded."""
    printed = list(cells)
    total = sum(map(Fraction, printed), Fraction(0))
    if abs(total - 1) > sum(map(half_unit, printed)):
        yield place, Finding(shown(total, max(map(decimals, printed))), "1")


def where(rows: Iterable[Record], **wanted: str) -> list[Record]:
    """Return the rows whose cells equal those given."""
    return [row for row in rows if all(row[column] == cell for column, cell in wanted.items())]


def integer(cell: str) -> int:
    """Read a count, nothing as 0."""
    return int(cell or 0)


# -- the nation ------------------------------------------------------------------------------------------------------


def ballots(tables: Tables) -> Iterator[Found]:
    """Ballots are valid or invalid; turnout is of those registered, the other shares are of ballots."""
    for row in tables["ballots"]:
        if not row["ballots"]:
            continue
        key, cast = f"{row['year']} {row['vote']}", int(row["ballots"])
        yield from differs(Place("ballots", key, "ballots"), row["ballots"], int(row["valid"]) + int(row["invalid"]))
        yield from differs(Place("ballots", key, "turnout"), row["turnout"], Fraction(cast, int(row["registered"])))
        for name in ("valid", "invalid"):
            place = Place("ballots", key, f"{name}_share")
            yield from differs(place, row[f"{name}_share"], Fraction(int(row[name]), cast))


def valid_list_votes(tables: Tables, year: str) -> int:
    """Return the base of an election's percentages, as printed."""
    return int(where(tables["ballots"], year=year, vote="list")[0]["valid"])


def national_shares(tables: Tables) -> Iterator[Found]:
    """A list's share is of the valid votes, and the shares of an election sum to 1."""
    by_year: dict[str, list[str]] = defaultdict(list)
    for row in tables["list_votes"]:
        if row["share"]:
            by_year[row["year"]].append(row["share"])
            share = Fraction(int(row["votes"]), valid_list_votes(tables, row["year"]))
            yield from differs(Place("list_votes", f"{row['year']} {row['party']}", "share"), row["share"], share)
    for year, cells in by_year.items():
        yield from sum_differs(Place("list_votes", year, "share"), cells)


def national_totals(tables: Tables) -> Iterator[Found]:
    """The votes sum to the valid votes, and votes against all stand in both tables alike."""
    for row in where(tables["ballots"], vote="list"):
        votes = {r["party"]: integer(r["votes"]) for r in where(tables["list_votes"], year=row["year"])}
        yield from differs(Place("ballots", f"{row['year']} list", "valid"), row["valid"], sum(votes.values()))
        if row["against_all"] or "against_all" in votes:
            place = Place("ballots", f"{row['year']} list", "against_all")
            yield from differs(place, row["against_all"] or "0", votes.get("against_all", 0))


def seats(tables: Tables) -> Iterator[Found]:
    """The seats of the tiers sum to each party's total, and to what the law gives each tier."""
    for row in tables["list_votes"]:
        if row["total_seats"]:
            total = sum(integer(row[f"{tier}_seats"]) for tier in ("list", "district", "appointed"))
            place = Place("list_votes", f"{row['year']} {row['party']}", "total_seats")
            yield from differs(place, row["total_seats"], total)
    for election in tables["elections"]:
        rows, rules = where(tables["list_votes"], year=election["year"]), law(election["law"])
        for tier in ("list_seats", "district_seats", "appointed_seats", "total_seats"):
            if any(row[tier] for row in rows):
                given = str(sum(integer(row[tier]) for row in rows))
                yield from differs(Place("list_votes", election["year"], tier), given, getattr(rules, tier))


# -- the regions -----------------------------------------------------------------------------------------------------


def by_region(tables: Tables) -> dict[tuple[str, str], dict[str, Record]]:
    """Return the lines of each region, by year and region."""
    regions: dict[tuple[str, str], dict[str, Record]] = defaultdict(dict)
    for row in tables["region_votes"]:
        regions[row["year"], row["region"]][row["line"]] = row
    return regions


def valid_of(lines: dict[str, Record]) -> int:
    """Return a region's valid list votes, against all included."""
    return sum(int(row["votes"]) for line, row in lines.items() if line not in NOT_PARTIES or line == "against_all")


def region_shares(tables: Tables) -> Iterator[Found]:
    """A region's shares are of its valid votes and sum to 1; its turnout is of those registered."""
    for (year, region), lines in by_region(tables).items():
        shares, valid = {line: row for line, row in lines.items() if row["share"]}, valid_of(lines)
        for line, row in shares.items():
            base = int(lines["registered"]["votes"]) if line == "ballots" else valid
            place = Place("region_votes", f"{year} {region} {line}", "share")
            yield from differs(place, row["share"], Fraction(int(row["votes"]), base))
        cells = [row["share"] for line, row in shares.items() if line != "ballots"]
        yield from sum_differs(Place("region_votes", f"{year} {region}", "share"), cells)


def region_totals(tables: Tables) -> Iterator[Found]:
    """A region's ballots are valid or invalid."""
    for (year, region), lines in by_region(tables).items():
        if "ballots" in lines:
            cast = valid_of(lines) + int(lines["invalid"]["votes"])
            place = Place("region_votes", f"{year} {region} ballots", "votes")
            yield from differs(place, lines["ballots"]["votes"], cast)


def nation_of_regions(tables: Tables) -> Iterator[Found]:
    """Every line of the regions sums to the nation's."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in tables["region_votes"]:
        sums[row["year"], row["line"]] += int(row["votes"])
    nation = {(row["year"], row["party"]): row["votes"] for row in tables["list_votes"]}
    for row in where(tables["ballots"], vote="list"):
        nation |= {(row["year"], line): row[line] for line in NOT_PARTIES}
    for (year, line), total in sums.items():
        yield from differs(Place("region_votes", f"{year} {line}", "votes"), nation[year, line], total)


def region_names(tables: Tables) -> Iterator[Found]:
    """A region keeps its name, and the table of electoral districts gives it as many as elected somebody."""
    elected = Counter(row["region"] for row in tables["districts_2023"])
    for row in tables["regions"]:
        if row["name_2021"] and row["name_2021"] != row["name_2023"]:
            yield Place("regions", row["region"], "name_2023"), Finding(row["name_2021"], row["name_2023"])
        if row["districts_2023"] != str(elected[row["region"]]):
            found = Finding(row["districts_2023"] or "none", str(elected[row["region"]]))
            yield Place("regions", row["region"], "districts_2023"), found


def voters_per_district(tables: Tables) -> Iterator[Found]:
    """Districts differ by no more than a fifth of the mean in registered voters, as the text of 2023 has it."""
    number = Counter(row["region"] for row in tables["districts_2023"])
    voters = {row["region"]: int(row["votes"]) for row in where(tables["region_votes"], line="registered")}
    mean = Fraction(sum(voters.values()), sum(number.values()))
    for region, registered in voters.items():
        ratio = Fraction(registered, number[region]) / mean
        if abs(ratio - 1) > Fraction(1, 5):
            yield Place("region_votes", f"2023 {region} registered", "votes"), Finding("0.20", shown(ratio, 2))


# -- the districts ---------------------------------------------------------------------------------------------------


def implied(row: Record) -> int:
    """Return the valid votes that a candidate's votes and share imply."""
    return round(int(row["votes"]) / Fraction(row["share"]))


def bounds(row: Record) -> tuple[Fraction, Fraction]:
    """Return the fewest and the most valid votes that a candidate's rounded share allows."""
    votes, share, slack = int(row["votes"]), Fraction(row["share"]), half_unit(row["share"])
    return votes / (share + slack), votes / (share - slack)


def winners(tables: Tables) -> dict[str, Record]:
    """Return the winner's row of each district."""
    return {row["district"]: row for row in where(tables["district_votes_2023"], place="1")}


def district_numbers(tables: Tables) -> Iterator[Found]:
    """Districts are numbered without a gap, each with a winner and a runner-up who has fewer votes, or vacant and without both."""
    for i, row in enumerate(tables["districts_2023"], 1):
        if row["district"] != str(i):
            yield Place("districts_2023", row["district"], "district"), Finding(row["district"], str(i))
        named = where(tables["district_votes_2023"], district=row["district"])
        if row["vacant"]:
            if named or row["candidates"] != "0":
                yield Place("districts_2023", row["district"], "vacant"), Finding(row["vacant"], f"{len(named)} named candidates")
        elif [r["place"] for r in named] != ["1", "2"] or int(named[0]["votes"]) <= int(named[1]["votes"]):
            found = Finding(" ".join(r["votes"] for r in named), "a winner and a runner-up with fewer votes")
            yield Place("district_votes_2023", row["district"], "votes"), found


def runners_up(tables: Tables) -> Iterator[Found]:
    """The runner-up's votes and share imply the same valid votes as the winner's."""
    first = winners(tables)
    for row in where(tables["district_votes_2023"], place="2"):
        low, high = bounds(row)
        least, most = bounds(first[row["district"]])
        if high < least or most < low:
            share = Fraction(int(row["votes"]), implied(first[row["district"]]))
            place = Place("district_votes_2023", f"{row['district']} 2", "share")
            yield place, Finding(row["share"], shown(share, decimals(row["share"])))


def labels(tables: Tables) -> Iterator[Found]:
    """A label in brackets after Independent names no party that has a list."""
    names = {row["name"]: row["party"] for row in where(tables["parties"], year="2023")}
    for row in tables["district_votes_2023"]:
        independent = row["label"].startswith("Independent")
        bracket = row["label"].partition("(")[2].removesuffix(")")
        if bracket in names or independent != (row["party"] == "independents"):
            place = Place("district_votes_2023", f"{row['district']} {row['place']}", "label")
            yield place, Finding(bracket or row["label"], row["party"])


def district_regions(tables: Tables) -> Iterator[Found]:
    """A region's districts together have no more valid votes than list ballots, and 95 % of the valid ones at least."""
    first, regions = winners(tables), by_region(tables)
    numbers: dict[str, list[str]] = defaultdict(list)
    for row in tables["districts_2023"]:
        numbers[row["region"]].append(row["district"])
    for region, of_region in numbers.items():
        total, lines = sum(implied(first[n]) for n in of_region), regions["2023", region]
        if not Fraction(95, 100) * valid_of(lines) <= total <= int(lines["ballots"]["votes"]):
            found = Finding(str(total), str(valid_of(lines)))
            yield Place("district_votes_2023", " ".join(of_region), "votes"), found


def district_total(tables: Tables) -> Iterator[Found]:
    """The districts' valid votes sum to the national number, within what rounding explains."""
    printed = where(tables["ballots"], year="2023", vote="district")[0]["valid"]
    rows = list(winners(tables).values())
    least, most = (sum(bound) for bound in zip(*map(bounds, rows), strict=True))
    if not least <= int(printed) <= most:
        total = round(sum(int(row["votes"]) / Fraction(row["share"]) for row in rows))
        yield Place("ballots", "2023 district", "valid"), Finding(printed, str(total))


def district_winners(tables: Tables) -> Iterator[Found]:
    """Each party's winners are its district seats."""
    won = Counter(row["party"] for row in winners(tables).values())
    for row in where(tables["list_votes"], year="2023"):
        if row["district_seats"]:
            place = Place("list_votes", f"2023 {row['party']}", "district_seats")
            yield from differs(place, row["district_seats"], won[row["party"]])


# -- the parties -----------------------------------------------------------------------------------------------------


def registration(tables: Tables) -> Iterator[Found]:
    """Lists stand in the order of their day of registration, then of their ballot number."""
    for year in ("2021", "2023"):
        lists = [row for row in where(tables["parties"], year=year) if row["registration"]]
        ordered = sorted(lists, key=lambda row: (row["registered_on"], int(row["ballot_number"])))
        for i, row in enumerate(ordered, 1):
            yield from differs(Place("parties", f"{year} {row['party']}", "registration"), row["registration"], i)


def ballot_numbers(tables: Tables) -> Iterator[Found]:
    """Both revisions of the article on 2021 give a list the same number."""
    for row in tables["parties"]:
        if row["ballot_number_b"]:
            place = Place("parties", f"{row['year']} {row['party']}", "ballot_number_b")
            yield from differs(place, row["ballot_number_b"], int(row["ballot_number"]))


# -- the polls -------------------------------------------------------------------------------------------------------


def shares_of(tables: Tables, poll: Record) -> dict[str, str]:
    """Return a poll's shares as printed."""
    return {row["party"]: row["share"] for row in where(tables["poll_shares"], poll=poll["poll"])}


def leaves_out(poll: Record, shares: dict[str, str]) -> bool:
    """Tell whether a poll prints only some answers: no column for the undecided, or a kind that does so."""
    return poll["kind"] in LEAVE_OUT or (poll["kind"] == "poll" and "undecided" not in shares)


def poll_sums(tables: Tables) -> Iterator[Found]:
    """All answers sum to exactly 1, and to no more where some are left out."""
    for poll in tables["polls"]:
        shares = shares_of(tables, poll)
        total = sum(map(Fraction, shares.values()), Fraction(0))
        if total > 1 or (total < 1 and not leaves_out(poll, shares)):
            digits = max(map(decimals, shares.values()))
            yield Place("poll_shares", poll["poll"], "share"), Finding(shown(total, digits), "1")


def poll_answers(tables: Tables) -> Iterator[Found]:
    """Every answer is a party of the poll's election, a candidate of its district, or one of those who name no party."""
    years = {poll["poll"]: poll["year"] for poll in tables["polls"] if not poll["district"]}
    parties = {(row["year"], row["party"]) for row in tables["parties"]}
    for row in tables["poll_shares"]:
        year = years.get(row["poll"])
        if year and row["party"] not in NO_PARTIES_OF_POLLS and (year, row["party"]) not in parties:
            yield Place("poll_shares", f"{row['poll']} {row['party']}", "party"), Finding(row["party"], f"no party of {year}")


def poll_days(tables: Tables) -> Iterator[Found]:
    """Fieldwork does not end before it starts, and before an election it ends by its day; an exit poll is of that day."""
    days = {row["year"]: row["date"] for row in tables["elections"]}
    for poll in tables["polls"]:
        election, end = days.get(poll["year"], ""), poll["end"]
        late = poll["kind"] in BEFORE and end > election
        if late or (poll["kind"] == "exit_poll" and end != election):
            yield Place("polls", poll["poll"], "end"), Finding(end, election or "no election")
        if poll["start"] > end:
            yield Place("polls", poll["poll"], "start"), Finding(poll["start"], end)


def poll_kinds(tables: Tables) -> Iterator[Found]:
    """A poll of one district or region says so in its kind, no other does, and every kind is known."""
    for poll in tables["polls"]:
        place = next((kind for kind, column in OF_A_PLACE.items() if poll[column]), "")
        if poll["kind"] not in KINDS or ((poll["kind"] in OF_A_PLACE or place) and poll["kind"] != place):
            yield Place("polls", poll["poll"], "kind"), Finding(poll["kind"], place or poll["kind"])


def poll_places(tables: Tables) -> Iterator[Found]:
    """A poll's region is on record, and its district lies in it."""
    regions = {row["region"] for row in tables["regions"]}
    lies_in = {row["district"]: row["region"] for row in tables["districts_2023"]}
    for poll in tables["polls"]:
        if poll["region"] and poll["region"] not in regions:
            yield Place("polls", poll["poll"], "region"), Finding(poll["region"], "no region on record")
        if poll["district"] and poll["region"] and lies_in.get(poll["district"]) != poll["region"]:
            yield Place("polls", poll["poll"], "region"), Finding(poll["region"], lies_in.get(poll["district"], "no district on record"))


def poll_leads(tables: Tables) -> Iterator[Found]:
    """A printed lead is the difference of the two largest shares."""
    for poll in tables["polls"]:
        if poll["lead"]:
            largest, second = sorted(map(Fraction, shares_of(tables, poll).values()))[:-3:-1]
            if Fraction(poll["lead"]) != largest - second:
                yield Place("polls", poll["poll"], "lead"), Finding(poll["lead"], shown(largest - second, 3))


def poll_margins(tables: Tables) -> Iterator[Found]:
    """A printed margin is that of a simple sample of the printed size, at 95 % and a share of one half."""
    for poll in tables["polls"]:
        if poll["margin"] and poll["sample_size"]:
            margin = 0.98 / float(poll["sample_size"]) ** 0.5
            if not isclose(margin, float(poll["margin"]), abs_tol=float(half_unit(poll["margin"]))):
                yield Place("polls", poll["poll"], "margin"), Finding(poll["margin"], f"{margin:.4f}")


def poll_samples(tables: Tables) -> Iterator[Found]:
    """No sample is ten times the next largest of its kind and year."""
    kinds: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for poll in tables["polls"]:
        if poll["sample_size"]:
            kinds[poll["year"], poll["kind"]].append(poll)
    for polls in kinds.values():
        ordered = sorted(polls, key=lambda poll: -int(poll["sample_size"]))
        if len(ordered) > 1 and int(ordered[0]["sample_size"]) >= 10 * int(ordered[1]["sample_size"]):
            found = Finding(ordered[0]["sample_size"], ordered[1]["sample_size"])
            yield Place("polls", ordered[0]["poll"], "sample_size"), found


def poll_turnouts(tables: Tables) -> Iterator[Found]:
    """A printed turnout is not the leading share written twice."""
    for poll in tables["polls"]:
        if poll["turnout"]:
            leader = max(shares_of(tables, poll).values(), key=Fraction)
            if Fraction(poll["turnout"]) == Fraction(leader):
                yield Place("polls", poll["poll"], "turnout"), Finding(poll["turnout"], leader)


# -- all of them -----------------------------------------------------------------------------------------------------

SUMS: tuple[Check, ...] = (ballots, national_totals, seats, region_totals, nation_of_regions)
"""Whole numbers that follow exactly."""
SHARES: tuple[Check, ...] = (national_shares, region_shares, runners_up, poll_leads, poll_margins)
"""Printed shares, which follow as far as they are rounded."""
OTHERS: tuple[Check, ...] = (
    region_names,
    voters_per_district,
    district_numbers,
    labels,
    district_regions,
    district_total,
    district_winners,
    registration,
    ballot_numbers,
    poll_sums,
    poll_answers,
    poll_days,
    poll_kinds,
    poll_places,
    poll_samples,
    poll_turnouts,
)
