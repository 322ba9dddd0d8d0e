"""Which cells each known contradiction of the sources explains, by its number in the record."""

from __future__ import annotations

from record_checks import Place

SPELLED_TWICE = ("akmola", "aktobe", "karaganda", "kostanay", "kyzylorda", "turkistan", "astana")
UNEQUAL = ("akmola", "aktobe", "east_kazakhstan", "kostanay", "pavlodar", "shymkent", "ulytau")
WRONG_LEADS = ("2021_pori_2020-11-12", "2021_iei_2020-11-30", "2021_pori_2020-12-09")
PORI = "2023_public_opinion_research_institute_2023-03-10"
STRATEGY = "2023_strategy_2023-02-27"
EURASIAN = "2023_exit_institute_of_eurasian_integration"

VISIBLE: dict[int, set[Place]] = {
    1: {Place("region_votes", "2021 almaty_city adal", "share"), Place("region_votes", "2021 almaty_city", "share")},
    2: {Place("region_votes", "2023 astana ballots", "share")},
    7: {Place("ballots", "2023 district", "valid")},
    9: {Place("regions", "akmola", "districts_2023"), Place("regions", "shymkent", "districts_2023")},
    10: {Place("district_votes_2023", "12 2", "share")},
    11: {Place("district_votes_2023", "21", "votes")},
    12: {Place("district_votes_2023", "6 7", "votes")},
    13: {Place("district_votes_2023", "3 4 5", "votes")},
    15: {Place("district_votes_2023", "5 1", "label")},
    16: {Place("region_votes", f"2023 {region} registered", "votes") for region in UNEQUAL},
    27: {Place("poll_shares", PORI, "share")},
    28: {Place("polls", PORI, "margin")},
    29: {Place("polls", STRATEGY, "margin"), Place("poll_shares", STRATEGY, "share")},
    30: {Place("poll_shares", EURASIAN, "share"), Place("polls", EURASIAN, "turnout")},
    31: {Place("poll_shares", "2023_exit_democratic_institute", "share")},
    32: {Place("polls", "2023_exit_sotsis_a", "sample_size")},
    33: {Place("poll_shares", "2023_debate_2023-03-10", "share")},
    34: {Place("polls", poll, "lead") for poll in WRONG_LEADS},
    36: {Place("list_votes", "2016 jsdp", "share"), Place("list_votes", "2016", "share")},
    37: {Place("poll_shares", "2021_exit_democratic_institute", "share")},
    39: {Place("parties", "2021 auyl", "ballot_number_b"), Place("parties", "2021 aq_jol", "ballot_number_b")},
    46: {Place("regions", region, "name_2023") for region in SPELLED_TWICE},
}
"""The contradictions that recomputing the data finds, each with the cells that it explains."""

NOT_VISIBLE = {
    3: "the count at 22:00 is not stored",
    4: "turnout by the hour is not stored",
    5: "a misprinted sign; the corrected number fits the regions and the printed share",
    6: "changes in seats are not stored",
    8: "cells without separators; the cut values fit shares, sums and seats",
    14: "sums up 7, 11, 12 and 13 and has no cell of its own",
    17: "numbers of party candidates are not stored",
    18: "numbers of party candidates are not stored",
    19: "numbers of list candidates are not stored",
    20: "numbers of list candidates are not stored",
    21: "nominations and refusals are not stored",
    22: "the candidates' sexes are not stored",
    23: "polling stations are not stored",
    24: "the register of January 2023 is not stored",
    25: "changes in seats are not stored",
    26: "the seats of 2021 are stored once, from the article on 2021",
    35: "a range in the text, without rows of its own",
    38: "numbers of list candidates are not stored",
    40: "a number that one revision lacks",
    41: "an empty column",
    42: "cells that one revision lacks",
    43: "no number of an election",
    44: "counts of protocols are not stored",
    45: "the length of ballots is not stored",
    47: "another source, which is not stored",
    48: "another source, which is not stored",
    49: "another source, which is not stored",
    50: "another source, which is not stored",
    51: "another source, which is not stored",
    52: "another source, which is not stored",
    53: "answers about candidates are not stored",
    54: "the undecided of this poll are not stored, but noted",
    55: "candidates by district are stored where the article prints them",
}
"""The other contradictions, each with the reason why nothing stored shows it."""
