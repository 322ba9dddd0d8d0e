"""One election before and after a scenario, under one law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mazhilis_sim.counting.chamber import elect
from mazhilis_sim.languages import _, number
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.questions.asking import label_of, names_for
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.tables import Column, Table, without_gaps
from mazhilis_sim.votes.election import Election


@dataclass(frozen=True, repr=False)
class Change(Answer, Drawn):
    """One election before and after a scenario.

    Parameters
    ----------
    law : ElectoralLaw
    was, now : Election
    before, after : dict of str to int
        Seats by party.
    said : str
        What was changed.
    """

    kind = "scenario"
    picture = "questions.changes"
    shows = ("law", "before", "after")

    law: ElectoralLaw
    was: Election
    now: Election
    before: dict[str, int]
    after: dict[str, int]
    said: str = ""

    @property
    def title(self) -> str:
        """What was asked."""
        said = _("Election {election}, law {law}, after {change}")
        return without_gaps(said.format(election=self.was.name, law=label_of(self.law), change=self.said or _("no change")))

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each party, before and after."""
        return [
            {
                "party": party,
                "votes_before": self.was.list_votes.get(party),
                "votes_after": self.now.list_votes.get(party),
                "seats_before": self.before.get(party),
                "seats_after": self.after.get(party),
            }
            for party in dict.fromkeys((*self.before, *self.after))
        ]

    def tables(self) -> list[Table]:
        """Return the parties, votes and seats before and after."""
        names = {**names_for(self.now), **names_for(self.was)}
        rows = self.rows()
        heads = {"votes_before": _("votes before"), "votes_after": _("then"), "seats_before": _("seats before"), "seats_after": _("then")}
        columns = [Column(head, ["" if row[key] is None else number(row[key]) for row in rows]) for key, head in heads.items()]
        changes = [(row["seats_after"] or 0) - (row["seats_before"] or 0) for row in rows]
        more = Column(_("change"), [f"{change:+}" if change else "" for change in changes])
        return [Table([Column(_("party"), [names.get(row["party"], row["party"]) for row in rows], left=True), *columns, more])]


def changed_by(law: ElectoralLaw, was: Election, now: Election, said: str = "", seed: int | None = None) -> Change:
    """Count an election before and after a scenario.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> e = ms.load_election(2023)
    >>> changed_by(ms.law("2023"), e, e.without("respublica", to={"jsdp": 1})).after["jsdp"]
    10
    """
    before, after = elect(law, was, seed=seed).seats, elect(law, now, seed=seed).seats
    return Change(law, was, now, before, after, said)
