"""Elections and polls that several tests count: the table of known results, each with its source; all but the first are on record."""

from __future__ import annotations

import warnings
from typing import NamedTuple

from mazhilis_sim import data
from mazhilis_sim.errors import PollWarning
from mazhilis_sim.polls.collection import Polls


class Known(NamedTuple):
    """One official result."""

    law: str
    votes: dict[str, int]
    against_all: int
    base: int
    seats: list[int]
    source: str


KNOWN = (
    Known(
        "2004",
        dict(
            **dict(amanat=2_883_706, aq_jol=572_672, asar=541_239, aist=336_177, opposition_bloc=163_824, qhp=94_140, auyl=82_523),
            **dict(adilet=36_379, patriots=26_287, rukhaniyat=20_826),
        ),
        0,
        4_757_773,
        [7, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        "Central Election Commission, decree 142/206 of 27 September 2004 (prg.kz); the lists below 7 % from Polish Wikipedia",
    ),
    Known(
        "2007",
        dict(amanat=5_247_720, jsdp=269_310, aq_jol=183_346, auyl=89_855, qhp=76_799, patriots=46_436, rukhaniyat=22_159),
        0,
        5_935_625,
        [98, 0, 0, 0, 0, 0, 0],
        "French Wikipedia, Élections législatives kazakhes de 2007",
    ),
    Known(
        "2012",
        dict(amanat=5_621_436, aq_jol=518_405, qhp=498_788, jsdp=116_534, auyl=82_623, patriots=57_732, adilet=45_702),
        0,
        6_941_220,
        [83, 8, 7, 0, 0, 0, 0],
        "English Wikipedia, 2012 election; seats Reuters 17 January 2012",
    ),
    Known(
        "2016",
        dict(amanat=6_183_757, aq_jol=540_406, qhp=537_123, auyl=151_285, jsdp=88_813, adal=21_484),
        0,
        7_522_868,
        [84, 7, 7, 0, 0, 0],
        "Kazinform 22 March 2016; electionguide.org",
    ),
    Known(
        "2021",
        dict(amanat=5_148_074, aq_jol=792_828, qhp=659_019, auyl=383_023, adal=258_618),
        0,
        7_241_562,
        [76, 12, 10, 0, 0],
        "English Wikipedia, 2021 election",
    ),
    Known(
        "2023",
        dict(amanat=3_431_510, auyl=693_938, respublica=547_154, aq_jol=535_139, qhp=432_920, jsdp=331_058, baytaq=146_431),
        248_291,
        6_366_441,
        [40, 8, 6, 6, 5, 4, 0],
        "English Wikipedia, 2023 election; vlast.kz",
    ),
)


def quiet_polls(year: int) -> Polls:
    """Load polls on record, whose warnings have tests of their own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PollWarning)
        return data.load_polls(year)
