"""The map of an election: a tile for each region, as dark as the largest list's share there."""

from __future__ import annotations

from fractions import Fraction

from matplotlib.colors import LinearSegmentedColormap, to_hex

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.languages import _, counted, language
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.regions import region_name, tiles_on_record
from mazhilis_sim.names.stored import Record
from mazhilis_sim.pictures.marks import INTERVAL
from mazhilis_sim.pictures.sheets.colours import faded, ink_on
from mazhilis_sim.pictures.sheets.letters import fit, lines
from mazhilis_sim.pictures.sheets.sheet import LINE, SIDE, Said, Sheet, picture
from mazhilis_sim.tables import percent
from mazhilis_sim.votes.election import Election

MOST_LISTS = 12
REGION, COLUMN, ROW, HEAD, HEAD_SIZE = 1.9, 0.85, 0.24, 0.36, 7.5
"""Inches of the table of regions and lists; the letters above its columns."""
TILE, APART = 1.05, 0.06
"""Inches of a tile, and between two."""
SHADES = LinearSegmentedColormap.from_list("shares", [faded(INTERVAL, 0.08), faded(INTERVAL, 0.45), INTERVAL])
"""Light where a share is small, dark where it is large: read in grey as well."""


def largest(election: Election) -> str:
    """Return the list with most votes."""
    return max(election.list_votes, key=lambda party: election.list_votes[party])


def shares(election: Election) -> dict[str, Fraction]:
    """Return the share of the votes for lists that the largest of the country has in each region."""
    if not election.regions:
        raise SimulationError(field="a map", got=election.name, must="be of an election whose regions are known", shown="none")
    party = largest(election)
    votes = {place: (region.list_votes.get(party, 0), sum(region.list_votes.values())) for place, region in election.regions.items()}
    return {place: Fraction(won, cast) for place, (won, cast) in votes.items() if cast}


def say(election: Election, names: Names) -> Said:
    """Say where the largest list is weakest and where it is strongest."""
    found = shares(election)
    ranked = sorted(found, key=lambda place: found[place])
    ends = [_("{share} in {place}").format(share=percent(found[place]), place=called(place, election)) for place in (ranked[0], ranked[-1])]
    under = counted(
        "Share of the votes for lists in each of {n} region, election {election}; tiles lie roughly as the regions do",
        "Share of the votes for lists in each of {n} regions, election {election}; tiles lie roughly as the regions do",
        len(found),
        election=election.name,
    )
    numbers = "; ".join(f"{called(place, election)} {percent(share)}" for place, share in found.items())
    title = _("{party}: from {least} to {most}").format(party=names[largest(election)], least=ends[0], most=ends[1])
    return Said(title, under, [election.source], numbers)


def called(place: str, election: Election) -> str:
    """Return what a region is called in the language spoken: in English as the election has it, else as the record has it."""
    return region_name(place, election.regions[place].name)


def paint(election: Election, _names: Names, said: Said) -> Sheet:
    """Draw a tile for each region that is known."""
    found, tiles = shares(election), tiles_for(election)
    wide, high = (1 + max(place[axis] for place, _ in tiles.values()) for axis in (0, 1))
    sheet = Sheet(max(7.0, 2 * SIDE + TILE * wide), TILE * high, said)
    for region, ((column, row), name) in tiles.items():
        x, y, side = SIDE + TILE * column, sheet.top - TILE * (row + 1) + APART, TILE - APART
        colour = shade(found[region], found)
        sheet.box(x, y, side, side, colour)
        sheet.write(fit(name, 8.5, side - 0.08), x + side / 2, y + 0.66 * side, 8.5, ha="center", color=ink_on(colour))
        sheet.write(percent(found[region]), x + side / 2, y + 0.34 * side, 11, ha="center", color=ink_on(colour), weight="bold")
    return sheet


def shade(share: Fraction, found: dict[str, Fraction]) -> str:
    """Return the shade of a share among those of all regions."""
    low, high = min(found.values()), max(found.values())
    return str(to_hex(SHADES(float((share - low) / (high - low)) if high > low else 0.5)))


def short(tile: Record) -> str:
    """Return what stands on a tile, in the language spoken where the record has it."""
    return tile.get(f"short_{language()}") or tile["short"]


def tiles_for(election: Election) -> dict[str, tuple[tuple[int, int], str]]:
    """Return column and row, and the name, of the tile of each region; regions that the country has not, below the others."""
    known = tiles_on_record()
    found = list(shares(election))
    tiles = {place: ((int(known[place]["column"]), int(known[place]["row"])), short(known[place])) for place in found if place in known}
    below = 1 + max((row for (_, row), _ in tiles.values()), default=-1)
    for number, place in enumerate(place for place in found if place not in known):
        tiles[place] = (number % 8, below + number // 8), election.regions[place].name
    return tiles


draw = picture(say, paint)


# -- list by list ------------------------------------------------------------------------------------------------------


def shown_lists(election: Election) -> list[str]:
    """Return the lists that a table has room for, the largest first."""
    return sorted(election.list_votes, key=lambda party: -election.list_votes[party])[:MOST_LISTS]


def share_in(election: Election, place: str, party: str) -> Fraction:
    """Return a list's share of the votes for lists in a region."""
    votes = election.regions[place].list_votes
    return Fraction(votes.get(party, 0), sum(votes.values()))


def say_lists(election: Election, names: Names) -> Said:
    """Say which list's share differs most from region to region."""
    found = list(shares(election))
    spread = {party: [share_in(election, place, party) for place in found] for party in shown_lists(election)}
    party = max(spread, key=lambda each: max(spread[each]) - min(spread[each]))
    low, high = (end(found, key=lambda place: share_in(election, place, party)) for end in (min, max))
    title = _("{party} differs most: {least} in {low}, {most} in {high}").format(
        party=names[party],
        least=percent(share_in(election, low, party)),
        low=called(low, election),
        most=percent(share_in(election, high, party)),
        high=called(high, election),
    )
    left = len(election.list_votes) - len(spread)
    notes = [counted("Not drawn: {n} smaller list", "Not drawn: {n} smaller lists", left) if left else "", election.source]
    under = _("Shares of the votes for lists by region, election {election}; the darker, the nearer to a list's largest").format(
        election=election.name
    )
    ends = {each: _("{low} to {high}").format(low=percent(min(values)), high=percent(max(values))) for each, values in spread.items()}
    numbers = "; ".join(f"{names[each]} {written}" for each, written in ends.items())
    return Said(title, " ".join(under.split()), notes, numbers)


def paint_lists(election: Election, names: Names, said: Said) -> Sheet:
    """Draw a row for each region and a column for each list."""
    found, parties = list(shares(election)), shown_lists(election)
    colours = colours_of(election.list_votes)
    left = SIDE + REGION + 0.1
    sheet = Sheet(max(7.0, left + COLUMN * len(parties) + SIDE), ROW * len(found) + HEAD, said)
    for row, place in enumerate(found):
        y = sheet.top - HEAD - ROW * (row + 1)
        sheet.write(fit(called(place, election), 8.5, REGION), SIDE + REGION, y + ROW / 2, 8.5, ha="right")
        for column, party in enumerate(parties):
            share = share_in(election, place, party)
            most = max(share_in(election, other, party) for other in found)
            colour = faded(colours[party], float(share / most) if most else 0.0)
            sheet.box(left + COLUMN * column, y + 0.02, COLUMN - 0.04, ROW - 0.04, colour)
            sheet.write(percent(share), left + COLUMN * (column + 0.5) - 0.02, y + ROW / 2, 7.5, ha="center", color=ink_on(colour))
    for column, party in enumerate(parties):
        head = head_of(names[party])
        sheet.write_lines(head, left + COLUMN * column, sheet.top - HEAD + LINE * HEAD_SIZE * len(head) + 0.04, HEAD_SIZE)
    return sheet


def head_of(name: str) -> list[str]:
    """Write a name above a column, in two lines at most."""
    first, *others = lines(name, HEAD_SIZE, COLUMN - 0.06)
    return [first, *([fit(" ".join(others), HEAD_SIZE, COLUMN - 0.06)] if others else [])]


draw_lists = picture(say_lists, paint_lists)
