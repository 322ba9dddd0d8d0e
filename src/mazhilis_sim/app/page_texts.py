"""What the page begins with: every text on it in the language asked for, and what its controls may choose among."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.app.state import Document
from mazhilis_sim.data.turnouts import NEWEST, regional_election
from mazhilis_sim.languages import LANGUAGES, _, speaking
from mazhilis_sim.legislation.methods import METHODS
from mazhilis_sim.legislation.presets import PRESETS
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import AGAINST_ALL, INDEPENDENTS, OTHER
from mazhilis_sim.simulation.models import MODELS, Total
from mazhilis_sim.simulation.models import PRESETS as NUMBERS
from mazhilis_sim.tables import per_cent


def beginning(state: Document, said: list[str], code: str) -> dict[str, Any]:
    """Return all that the page needs before it shows anything, in one language."""
    with speaking(code):
        return {
            "state": state,
            "said": said,
            "language": code,
            "languages": LANGUAGES,
            "texts": {**headings(), **of_controls(), **of_numbers(), **of_comparison(), **of_files(), **of_waiting()},
            "names": names_of(state),
            "laws": [of_law(name) for name in PRESETS],
            "methods": [{"id": method, "name": found.title} for method, found in METHODS.items()],
            "models": [{"id": model, "sigma": model not in MODELS or model == Total.name} for model in (*MODELS, *NUMBERS)],
            "regions": [of_region(region) for region in regional_election().regions.values()],
            "newest": NEWEST,
        }


def names_of(state: Document) -> dict[str, str]:
    """Return what to call the parties of the record, and those answers of a poll that are none."""
    names = Names()
    known = [*regional_election().parties, AGAINST_ALL, OTHER, INDEPENDENTS, *state["poll"]["shares"]]
    return {id_: names[id_] for id_ in dict.fromkeys(known)}


def of_law(name: str) -> dict[str, Any]:
    """Return what the controls show of a law."""
    law = PRESETS[name]
    seats = {field: getattr(law, field) for field in ("list_seats", "district_seats", "appointed_seats")}
    plain = law.district_seats == len(regional_election().districts or ()) and law.district_rule == "plurality"
    return {"id": name, **seats, "threshold": float(law.threshold), "method": law.method_name, "districts": plain}


def of_region(region: Any) -> dict[str, Any]:
    """Return a region and its turnout on record."""
    return {"id": region.id, "name": region.name, "turnout": region.turnout}


# -- texts, by where they stand ----------------------------------------------------------------------------------------


def headings() -> dict[str, str]:
    """Return titles."""
    return {
        "title": _("Explorer of the Mazhilis"),
        "controls": _("Controls"),
        "results": _("Forecast"),
        "law": _("Law"),
        "poll": _("Poll"),
        "model": _("Errors of polls"),
        "turnout": _("Turnout by region"),
        "chamber": _("The chamber"),
        "seats": _("Seats"),
        "chances": _("Chances"),
        "compare": _("Comparison"),
        "protocol": _("Protocol of the central estimate"),
        "language": _("Language"),
        "skip": _("To the forecast"),
    }


def of_controls() -> dict[str, str]:
    """Return labels of controls."""
    return {
        "version": _("Version"),
        "law_name": _("{law}: {seats} seats, threshold {threshold} %"),
        "threshold": _("Threshold, %"),
        "list_seats": _("Seats on lists"),
        "method": _("Method"),
        "with_districts": _("With the districts of {year}"),
        "size": _("{total} seats: {list} on lists, {districts} in districts, {appointed} appointed; majority {majority}"),
        "undecided": _("Undecided, %"),
        "margin": _("Margin of error, %"),
        "share_of": _("{party}, %"),
        "remove": _("Remove {party}"),
        "new_list": _("Name of a new list"),
        "add_list": _("Add the list"),
        "keep_sum": _("The shares keep their sum: what one list gains, the others lose in proportion."),
        "own_poll": _("Type a poll of your own"),
        "poll_not_used": _("The forecast does not show this poll yet."),
        "own_poll_help": _(
            "A line for each list, its name and its share in per cent. Undecided, against all, "
            "the margin of error or the number of people asked may stand among them."
        ),
        "own_poll_example": _("Amanat 53.9\nAuyl 10.9\nundecided 12\n± 3 %\nn = 1 200"),
        "reading_poll": _("The poll is being read."),
        "use_poll": _("Use this poll"),
        "poll_used": _("The poll is shown. The margin of error of those who decided is taken as {margin}; another can be set below."),
        "no_district_polls": _("Polls of single districts stay out."),
        "error_model": _("Model"),
        "sigma": _("Sigma beyond sampling"),
        "turnout_help": _("Shares move as the regions of {year} differ. Without a change: the turnouts of {year}."),
        "turnout_of": _("{region}, %"),
        "reset_turnout": _("All as in {year}"),
        "coalition_help": _("Choose parties to see their chance of a majority together."),
        "coalition": _("Coalition"),
    }


def of_numbers() -> dict[str, str]:
    """Return what stands beside numbers."""
    return {
        "behind": _("{n} simulated elections"),
        "behind_more": _("{n} simulated elections, more are coming"),
        "per_cent": per_cent("{number}"),
        "party": _("Party"),
        "share": _("Share"),
        "enters": _("Enters"),
        "median": _("Median"),
        "interval": _("90 %"),
        "distribution": _("Distribution"),
        "central": _("Central"),
        "majority": _("Majority"),
        "nobody": _("No party has a majority alone"),
        "fallback": _("One list alone passes, and the second enters with it"),
        "no_list": _("No list passes"),
        "majority_line": _("majority {n}"),
        "hemicycle_alt": _("Seats of the central estimate: {seats}"),
        "histogram_alt": _("{party}: {low} to {high} seats in nine of ten simulated elections, most often {median}"),
        "announce": _("{n} elections: {party} {low} to {high} seats, majority {chance}"),
        "seats_of": _("{party} {seats}"),
        "more_in_table": _("and {n} more, in the table below"),
        "no_protocol": _("The law defines no result for the central estimate: no list passes."),
        "legend": _("Full dots: seats that a party has at the lower end of its 90 % interval. Faded: the rest of its central count."),
        "appointed": _("appointed"),
        "elected": _("elected seats"),
    }


def of_comparison() -> dict[str, str]:
    """Return what stands in the comparison."""
    return {
        "pin": _("Compare with this state"),
        "unpin": _("End the comparison"),
        "restore": _("Back to the pinned state"),
        "pin_help": _("Pins what is shown now; what you change afterwards is compared with it."),
        "pinned_seats": _("Pinned"),
        "difference": _("Mean difference"),
        "more": _("More seats"),
        "fewer": _("Fewer seats"),
        "majority_change": _("Majority, points"),
        "common_voters": _("The law alone differs: both laws count the same voters, in each of {n} simulated elections."),
        "common_numbers": _(
            "More than the law differs: {n} elections of each state, made of the same random numbers but of other voters. "
            "More and fewer seats: in the {kept} of them that are kept."
        ),
        "common_nothing": _("The states have different seeds or numbers of draws: unpaired."),
        "nothing_changed": _("Nothing differs yet. Move a control."),
    }


def of_files() -> dict[str, str]:
    """Return what concerns links and files."""
    return {
        "share_link": _("Copy the link"),
        "link_help": _("It opens on this computer while the program runs."),
        "copied": _("The link is copied. It opens on this computer while the program runs. Elsewhere mazhilis-sim opens it by a command."),
        "copy_command": _("Copy the command"),
        "copied_command": _("The command is copied. Whoever has mazhilis-sim pastes it into a terminal and sees this state."),
        "not_copied": _("The browser does not let the page copy. Copy it yourself:"),
        "files": _("Files"),
        "download": _("Download as a scenario (TOML)"),
        "open": _("Open a file of polls or a scenario"),
        "drop": _("Or drop it anywhere on the page."),
        "opened": _("{name} is open."),
        "start_again": _("Start again"),
        "doubts": _("Doubts"),
    }


def of_waiting() -> dict[str, str]:
    """Return what is said of the connection and of waiting."""
    return {
        "compiling": _("Simulating. The first time takes up to a minute, while the program is compiled."),
        "lost": _("The program has ended. Start it again: mazhilis-sim explore. The command to copy here brings back this state."),
        "wrong": _("Not shown: {said}"),
        "too_large": _("The file is too large."),
    }
