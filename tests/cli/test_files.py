"""Files of users: what they hold comes out as it stands, and whatever is wrong is said with file, row and column."""

import csv
import datetime
import io
import string
import sys
import warnings
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mazhilis_sim import reading
from mazhilis_sim.errors import DataWarning, FileError, MazhilisError, MissingExtraError, PollWarning
from mazhilis_sim.files import read_districts, read_polls, read_scenario, read_votes
from mazhilis_sim.names.labels import OWN, read_label
from mazhilis_sim.names.record import near
from mazhilis_sim.names.spelling import spelling

POLLS = "pollster,date,sample_size,margin,party,share"
DISTRICTS = "district,candidate,party,votes"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write a file into the working folder, so that messages show its bare name."""
    monkeypatch.chdir(tmp_path)

    def written(content, name="t.csv"):
        Path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return written


def table(header, *rows):
    return "\n".join([header, *rows]) + "\n"


# -- votes -------------------------------------------------------------------------------------------------------------


def test_votes_keep_the_order_of_the_rows_and_take_out_reserved_ids(write):
    read = read_votes(write("party,votes\nb,30\na,70\nagainst_all,5\ninvalid,2\n"))
    assert list(read.votes.items()) == [("b", 30), ("a", 70)]
    assert (read.against_all, read.invalid) == (5, 2)


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfparty,votes\r\na,70\r\nb,30\r\n",
        b"party,votes\ra,70\rb,30\r",
        b"\n\nparty,votes\n\n  a , 70 \n , \nb,30,,\n\n",
        b'"Party","VOTES"\n"a","70"\n"b","30"',
        b"votes,party\n70,a\n30,b\n",
    ],
    ids=["bom and crlf", "cr", "blank lines and blanks", "quotes and capitals", "order of columns"],
)
def test_harmless_forms_read_the_same(write, text):
    assert read_votes(write(text)).votes == {"a": 70, "b": 30}


@pytest.mark.parametrize("written", ["1000", "1_000", "1e3", "1k", "1000.0"])
def test_what_one_door_takes_every_door_takes(write, written):
    assert read_votes(write(f"party,votes\na,{written}\n")).votes == {"a": 1000}


def test_votes_of_any_size(write):
    many = 10**400 + 7
    assert read_votes(write(f"party,votes\na,{many}\nb,1\n")).votes == {"a": many, "b": 1}


BAD_VOTES = {
    "empty": (b"", ["t.csv is empty"]),
    "blank": (b"\n \n\t\n", ["t.csv is empty"]),
    "bom alone": (b"\xef\xbb\xbf", ["t.csv is empty"]),
    "header alone": (b"party,votes\n", ["t.csv has no row below its header"]),
    "no header": (b"amanat,3431510\n", ["row 1", "'party'", "write party,votes"]),
    "misspelt column": (b"party,votez\na,1\n", ["row 1", "'votes'", "did you mean 'votes' by 'votez'?"]),
    "column twice": (b"party,votes,votes\na,1,1\n", ["row 1", "'votes' twice"]),
    "word": (b"party,votes\namanat,abc\n", ["t.csv, row 2, column votes", "got 'abc'"]),
    "negative": (b"party,votes\na,-5\nb,7\n", ["t.csv, row 2, column votes", "must not be negative", "got '-5'"]),
    "decimal": (b"party,votes\na,1.5\n", ["row 2, column votes", "whole number", "got '1.5'"]),
    "a mark in doubt": (b'party,votes\na,"3,431"\n', ["row 2, column votes", "'3,431': 3431 (thousands comma) or 3.431 (decimal comma)"]),
    "separators in the wrong places": (b'party,votes\na,"34,31,510"\n', ["row 2, column votes", "got '34,31,510'"]),
    "formula": (b"party,votes\na,=B1+B2\n", ["row 2, column votes", "write the value of the formula"]),
    "separators without quotes": (b"party,votes\na,3,431,510\n", ["row 2", "2, got 4", "holds the separator in quotes"]),
    "missing cell": (b"party,votes\na,1\nb\n", ["row 3", "2, got 1"]),
    "empty cell": (b"party,votes\na,1\n\n\nb,\n", ["row 5, column votes", "got nothing"]),
    "no name": (b"party,votes\n,1\n", ["row 2, column party", "got nothing"]),
    "not a number": (b"party,votes\na,nan\n", ["row 2, column votes", "got 'nan'"]),
    "other digits": ("party,votes\na,١٢\n".encode(), ["row 2, column votes", "must be a whole number, got '١٢'"]),
    "too many digits": (b"party,votes\na," + b"9" * 9000 + b"\n", ["row 2, column votes", "write at most 1,000 digits"]),
    "party twice": (b"party,votes\na,1\n\na,2\n", ["row 4, column party", "'a' stands twice, in rows 2 and 4"]),
    "all zero": (b"party,votes\na,0\nb,0\n", ["t.csv", "at least one vote"]),
    "against all alone": (b"party,votes\nagainst_all,7\n", ["t.csv", "at least one list"]),
    "undecided": (b"party,votes\nundecided,2\n", ["row 2, column party", "'undecided' stands for voters without a choice"]),
    "independents": (b"party,votes\na,1\nindependents,2\n", ["row 3, column party", "'independents' is reserved"]),
    "NUL": (b"party,votes\na,1\nb\x00,2\n", ["row 3", "NUL"]),
    "latin-1": (b"party,votes\r\na,1\r\nb\xe9,2\r\n", ["row 3", "'bй' in cp1251 or 'bé' in cp1250", "UTF-8"]),
    "UTF-16 cut in the middle": ("party,votes\na,1\n".encode("utf-16")[:-1], ["t.csv", "UTF-16"]),
    "open quote": (b'party,votes\na,1\nb,"2\n', ["row 3", "quote"]),
    "control characters": (b"party,votes\n\x1b[31mred,1\n", ["row 2, column party", "printable"]),
    "huge cell": (b"party,votes\na," + b"x" * 200_000 + b"\n", ["row 2", "limit"]),
}


@pytest.mark.parametrize(("content", "words"), BAD_VOTES.values(), ids=BAD_VOTES)
def test_bad_votes_are_named(write, content, words):
    with pytest.raises(MazhilisError) as caught:
        read_votes(write(content))
    message = str(caught.value)
    assert message.startswith("t.csv")
    assert "\n" not in message
    assert len(message) < 300
    for word in words:
        assert word in message


def test_a_column_that_nobody_reads_is_doubted(write):
    path = write("party,votes,colour\na,1,red\n")
    with pytest.warns(DataWarning, match=r"t\.csv, row 1: column 'colour' is not used"):
        assert read_votes(path).votes == {"a": 1}


def test_a_column_without_a_head_is_called_by_its_number(write):
    with pytest.warns(DataWarning, match=r"row 1: column 1, which has no head, is not used"):
        assert read_votes(write(",party,votes\nfirst,a,1\n")).votes == {"a": 1}
    doubted = pytest.raises(FileError, match=r"column 1, which has no head, may hold institutes; head it pollster")
    with pytest.warns(DataWarning, match="column 1, which has no head, is not used"), doubted:
        read_polls(write(",a,b\nX,50%,40%\nY,50%,40%\n"), sample_size=1000)


def test_against_all_given_twice_is_refused(write):
    path = write("party,votes\na,1\nagainst_all,2\n")
    assert read_votes(write("party,votes\na,1\n", "u.csv"), against_all=4).against_all == 4
    with pytest.raises(FileError, match=r"row 3: against_all stands in the file and is given by name"):
        read_votes(path, against_all=4)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.csv", "there is no file 'missing.csv'"),
        ("folder.csv", "is a folder"),
        ("votes.doc", "got .doc"),
        ("votes", "got no ending"),
    ],
)
def test_files_that_are_none(tmp_path, monkeypatch, name, words):
    monkeypatch.chdir(tmp_path)
    Path("folder.csv").mkdir()
    with pytest.raises(FileError, match=words):
        read_votes(name)


def test_a_file_that_may_not_be_read(write, monkeypatch):
    path = write("party,votes\na,1\n")
    monkeypatch.setattr(Path, "read_bytes", lambda _self: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(FileError, match=r"t\.csv cannot be read: Permission denied"):
        read_votes(path)


IDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=7).filter(
    lambda name: read_label(name, "votes").kind == OWN and not read_label(name, "votes").general and not near(name)
)
COUNTED = st.dictionaries(IDS.filter(lambda id_: not id_.startswith("=")), st.integers(0, 10**30), min_size=1, max_size=12)


@pytest.mark.filterwarnings("ignore:.*letters were lost:mazhilis_sim.DataWarning")
@given(COUNTED.filter(lambda votes: any(votes.values()) and len(set(map(spelling, votes))) == len(votes)))
@settings(max_examples=40)
def test_votes_written_are_votes_read(tmp_path_factory, votes):
    path = tmp_path_factory.mktemp("votes") / "t.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("party", "votes"), *votes.items()])
    assert list(read_votes(path).votes.items()) == list(votes.items())


# -- anything at all ---------------------------------------------------------------------------------------------------


def quietly(read, path):
    """Read, and return the message of an error that was raised on purpose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        try:
            read(path)
        except MazhilisError as error:
            return str(error)
    return None


HEADERS = st.sampled_from(
    [
        "party,votes",
        "amanat;auyl;Total",
        "region\ta\tb",
        "Партия|Голоса, %",
        "№,party,votes,%",
        POLLS,
        DISTRICTS,
        POLLS + ",kind,note",
        'polls = "2023"',
        "[law]",
        "\ufeff",
        '"',
    ]
)
CELLS = st.one_of(
    st.sampled_from(["a", "b", "against_all", "undecided", "other", "poll", "2026-08-01", "0.5", "41%", "41", "1000"]),
    st.sampled_from(["-1", "nan", "", '"', "1e9"]),
    st.text(max_size=6),
    st.text(string.digits + ".,;/% -e\u00a0'", max_size=8),
    st.sampled_from(["1,234", "1.234", "01/08/2026", "* note", "Source: x", "=A1", "NA", "1 234 567", "party;votes", "Total", "\x00"]),
)
LINES = st.tuples(st.lists(CELLS, max_size=8), st.sampled_from(",,,;\t|")).map(lambda line: line[1].join(line[0]))
ENCODED = st.sampled_from(["utf-8", "utf-8", "utf-16", "cp1251", "koi8-r"])
TEXTS = st.tuples(st.lists(LINES, max_size=1), HEADERS, st.lists(LINES, max_size=5), ENCODED).map(
    lambda parts: "\n".join([*parts[0], parts[1], *parts[2]]).encode(parts[3], "replace")
)


@pytest.mark.parametrize(
    ("read", "ending"),
    [(read_votes, "csv"), (read_polls, "csv"), (read_districts, "csv"), (read_scenario, "toml"), (read_votes, "parquet")],
)
@given(content=st.one_of(st.binary(max_size=200), TEXTS))
@example(content=b"\x00\xff")
@example(content=b"PAR1" * 10)
@example(content=b"a = " + b"[" * 5000)
@settings(max_examples=80)
def test_any_bytes_read_or_end_in_one_message(tmp_path_factory, read, ending, content):
    path = tmp_path_factory.getbasetemp() / f"any.{ending}"
    path.write_bytes(content)
    message = quietly(read, path)
    assert message is None or (message and len(message) > 15)


# -- polls -------------------------------------------------------------------------------------------------------------


def test_polls_are_grouped_by_institute_day_and_kind(write):
    rows = ["x,2026-08-01,1000,3.1%,a,60%", "y,2026-07-01,,0.04,a,0.5", "x,2026-08-01,1000,3.1%,b,40%", "y,2026-07-01,,0.04,b,50 %"]
    polls = read_polls(write(table(POLLS, *rows)))
    assert [(p.pollster, p.date, p.sample_size, p.margin) for p in polls] == [
        ("y", datetime.date(2026, 7, 1), None, 0.04),
        ("x", datetime.date(2026, 8, 1), 1000, 0.031),
    ]
    assert polls[1].shares == {"a": 0.6, "b": 0.4}
    assert polls[1].where == "t.csv, row 2"


def test_optional_columns_of_polls(write):
    header = f"{POLLS},start,kind,election_date,confidence,design_effect,kappa,note"
    row = "x,2026-08-01,2000,3.1%,a,89%,2026-07-20,exit_poll,2026-08-23,99%,1.5,10,by phone"
    poll = read_polls(write(table(header, row, row.replace(",a,89%", ",undecided,11%"))))[0]
    assert (poll.start, poll.kind, poll.election_date) == (datetime.date(2026, 7, 20), "exit_poll", datetime.date(2026, 8, 23))
    assert (poll.confidence, poll.design_effect, poll.note, poll.undecided) == (0.99, 1.5, "by phone", 0.11)
    assert (poll.kappa, round(1 / poll.n_eff - 1 / (2000 * 0.89 / 1.5), 12)) == (10, round(0.11**2 / 11, 12))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["x,2026-08-01,1000,1%,a,50%", "x,2026-08-01,1000,1%,b,50%"], "needs a sample of 9,604, got 1,000"),
        (["x,2026-08-01,1000,,a,50%", "x,2026-08-01,1000,,b,40%"], "sum to 90.0 %"),
        (["x,2026-08-01,,,a,50%", "x,2026-08-01,,,b,50%"], "neither sample size nor margin"),
    ],
)
def test_doubtful_polls_are_doubted_with_file_and_row(write, rows, words):
    path = write(table(POLLS, "", *rows))
    with pytest.warns(PollWarning, match=words) as caught:
        read_polls(path)
    assert str(caught[0].message).startswith("t.csv, row 3: poll x 2026-08-01")


BAD_POLLS = {
    "bare percent": (["x,2026-08-01,1000,3%,a,41"], ["row 2, column share", "got '41'", 'write 41 % as "41%"']),
    "bare margin": (["x,2026-08-01,1000,3,a,41%"], ["row 2, column margin", "got '3'", 'write 3 % as "3%"']),
    "comma and no digits": (['x,2026-08-01,1000,3%,a,",41,"'], ["row 2, column share", "got ',41,'"]),
    "nan": (["x,2026-08-01,1000,3%,a,NaN"], ["row 2, column share", "got 'NaN'"]),
    "no share": (["x,2026-08-01,1000,3%,a,"], ["row 2, column share", "got nothing"]),
    "negative": (["x,2026-08-01,1000,3%,a,-5%"], ["row 2, column share", "in [0, 1], got '-5%'; write 0 if nobody named it"]),
    "unpayable exponent": (["x,2026-08-01,1000,3%,a,1e999999999"], ["row 2, column share"]),
    "over 102 %": (["x,2026-08-01,1000,3%,a,80%", "x,2026-08-01,1000,3%,b,30%"], ["t.csv, row 2", "102 %", "110.0 %"]),
    "date": (["x,01.08.26,1000,3%,a,1"], ["row 2, column date", "2023-03-10", "got '01.08.26'"]),
    "date in doubt": (["x,01/08/2026,1000,3%,a,1"], ["row 2, column date", "2026-08-01 (day first) or 2026-01-08 (month first)"]),
    "size": (["x,2026-08-01,1000.5,3%,a,1"], ["row 2, column sample_size", "got '1000.5'"]),
    "size 0": (["x,2026-08-01,0,3%,a,1"], ["row 2, column sample_size", "between 1 and"]),
    "size beyond all people": (["x,2026-08-01,1" + "0" * 400 + ",3%,a,1"], ["row 2, column sample_size"]),
    "sizes differ": (
        ["x,2026-08-01,1000,3%,a,50%", "x,2026-08-01,1200,3%,b,50%"],
        ["row 3, column sample_size", "'1000' in row 2", "got '1200'"],
    ),
    "party twice": (["x,2026-08-01,1000,3%,a,50%", "x,2026-08-01,1000,3%,a,50%"], ["row 3, column party", "rows 2 and 3"]),
    "no institute": ([",2026-08-01,1000,3%,a,50%"], ["row 2, column pollster", "got nothing"]),
    "neither nor": (["x,2026-08-01,1000,3%,None,50%"], ["row 2, column party", "write against_all if it stood"]),
    "no list": (["x,2026-08-01,1000,3%,against_all,50%"], ["t.csv, row 2", "at least one list"]),
}


@pytest.mark.parametrize(("rows", "words"), BAD_POLLS.values(), ids=BAD_POLLS)
def test_bad_polls_are_named(write, rows, words):
    with pytest.raises(MazhilisError) as caught:
        read_polls(write(table(POLLS, *rows)))
    for word in words:
        assert word in str(caught.value)


def test_dates_of_fieldwork_may_not_be_reversed(write):
    with pytest.raises(MazhilisError, match=r"t\.csv, row 2.*reversed"):
        read_polls(write(table(f"{POLLS},start", "x,2026-08-01,1000,3%,a,1,2026-08-05")))


def test_an_unknown_kind_is_answered_with_the_nearest(write):
    with pytest.raises(FileError, match=r"row 2, column kind.*did you mean 'exit_poll'"):
        read_polls(write(table(f"{POLLS},kind", "x,2026-08-01,1000,3%,a,1,exitpoll")))


# -- districts ---------------------------------------------------------------------------------------------------------


def test_districts(write):
    rows = ["2,A,a,70,north", "1,C,b,30,south", "2,B,independents,20,north", "2,against_all,,5,north"]
    north, south = read_districts(write(table(f"{DISTRICTS},region", *rows)))
    assert (north.number, north.region, north.against_all, north.valid) == (2, "north", 5, 95)
    assert [(c.name, c.party, c.votes) for c in north.candidates] == [("A", "a", 70), ("B", "independents", 20)]
    assert (south.number, south.valid) == (1, 30)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["1,A,a,5", "1,A,b,6"], "row 3, column candidate.*row 2.*got 'A'"),
        (["x,A,a,5"], "row 2, column district.*got 'x'"),
        (["1,A,,5"], "row 2, column party.*got nothing"),
        (["1,A,a,five"], "row 2, column votes.*got 'five'"),
        (["1,against_all,,5"], "row 2: district 1 must have at least one candidate"),
        (["1,A,a,0"], "row 2: district 1 must hold at least one vote"),
    ],
)
def test_bad_districts_are_named(write, rows, words):
    with pytest.raises(MazhilisError, match=rf"t\.csv, {words}"):
        read_districts(write(table(DISTRICTS, *rows)))


def test_a_district_lies_in_one_region(write):
    with pytest.raises(FileError, match=r"row 3, column region.*'north' in row 2, got 'south'"):
        read_districts(write(table(f"{DISTRICTS},region", "1,A,a,5,north", "1,B,a,5,south")))


# -- Parquet -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def write_parquet(tmp_path, monkeypatch):

    monkeypatch.chdir(tmp_path)

    def written(columns, name="t.parquet"):
        parquet.write_table(pa.table(columns), name)
        return name

    return written


def test_parquet_reads_like_csv(write_parquet, write):
    votes = write_parquet({"party": ["a", "b", "against_all"], "votes": [70, 30, 5]})
    assert read_votes(votes) == read_votes(write("party,votes\na,70\nb,30\nagainst_all,5\n"))
    columns = {
        "pollster": ["x", "x", "y", "y"],
        "date": [datetime.date(2026, 8, 1)] * 2 + [datetime.date(2026, 8, 2)] * 2,
        "sample_size": [1000.0, 1000.0, None, None],
        "margin": ["3.1%", "3.1%", "4%", "4%"],
        "party": ["a", "b"] * 2,
        "share": [0.6, 0.4, 0.5, 0.5],
    }
    rows = ["x,2026-08-01,1000,3.1%,a,60%", "x,2026-08-01,1000,3.1%,b,40%", "y,2026-08-02,,4%,a,50%", "y,2026-08-02,,4%,b,50%"]
    from_parquet, from_csv = read_polls(write_parquet(columns)), read_polls(write(table(POLLS, *rows)))
    assert [(p.q, p.n_eff, p.date) for p in from_parquet] == [(p.q, p.n_eff, p.date) for p in from_csv]


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ([1.5, 2.0], "row 1, column votes.*got '1.5'"),
        ([3, None], "row 2, column votes.*got nothing"),
        ([1.0, float("nan")], "row 2, column votes.*got nothing"),
        ([1, -2], "row 2, column votes.*got '-2'"),
    ],
)
def test_bad_parquet_names_the_row_from_1(write_parquet, votes, words):
    with pytest.raises(FileError, match=words):
        read_votes(write_parquet({"party": ["a", "b"], "votes": votes}))


def test_parquet_without_pyarrow_names_the_extra(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r'pip install "mazhilis-sim\[parquet\]"'):
        read_votes(write(b"PAR1", "t.parquet"))


# -- scenarios ---------------------------------------------------------------------------------------------------------


def test_a_scenario_names_everything(write):
    write(table(POLLS, "x,2026-08-01,1000,3.1%,a,60%", "x,2026-08-01,1000,3.1%,b,40%"), "polls.csv")
    Path("sub").mkdir()
    scenario = read_scenario(
        write(
            """
        polls = "../polls.csv"
        districts = "none"
        draws = "2.5k"
        seed = 7
        votes = 5_000_000
        coalitions = [["a", "b"]]
        [law]
        name = "2023"
        threshold = "7%"
        fallback = "none"
        [model]
        name = "total"
        sigma = 0.1
        [district_model]
        beta = 0.2
    """,
            "sub/s.toml",
        )
    )
    assert Path(scenario.polls).resolve() == Path("polls.csv").resolve()
    assert (scenario.districts, scenario.draws, scenario.seed, scenario.votes) == ("none", 2500, 7, 5_000_000)
    assert scenario.coalitions == (("a", "b"),)
    assert (scenario.law.threshold, scenario.law.fallback, scenario.law.list_seats) == (Fraction(7, 100), None, 69)
    assert (scenario.model.sigma, scenario.district_model.beta) == (0.1, 0.2)


BAD_SCENARIOS = {
    "no polls": ("draws = 10\n", ["'polls'", "write polls = 2023"]),
    "unknown key": ("polls = 2023\ndrws = 10\n", ["row 2, key drws", "did you mean 'draws'?"]),
    "draws": ("polls = 2023\ndraws = 0\n", ["row 2, key draws", "got 0"]),
    "draws of a word": ('polls = 2023\ndraws = "many"\n', ["row 2, key draws", "got 'many'"]),
    "law": ('polls = 2023\nlaw = "2032"\n', ["row 2, key law", "did you mean '2026'?"]),
    "field of the law": ('polls = 2023\n[law]\nname = "2023"\nthreshld = 1\n', ["row 4, key law.threshld", "'threshold'"]),
    "threshold": ('polls = 2023\n[law]\nname = "2023"\nthreshold = 7\n', ["row 4, key law.threshold", '"7%"']),
    "nameless law": ('polls = 2023\n[law]\nthreshold = "7%"\n', ["row 2, key law", "name"]),
    "fallback": ('polls = 2023\n[law]\nname = "2023"\nfallback = {floor = -1}\n', ["row 4, key law.fallback", "floor"]),
    "model": ('polls = 2023\nmodel = "totl"\n', ["row 2, key model", "did you mean 'total'?"]),
    "parameter": ('polls = 2023\n[model]\nname = "total"\nsigm = 1\n', ["row 4, key model.sigm", "did you mean 'sigma'?"]),
    "nan": ('polls = 2023\n[model]\nname = "total"\nsigma = nan\n', ["row 4, key model.sigma", "finite"]),
    "district model": ("polls = 2023\n[district_model]\nbta = 1\n", ["row 3, key district_model.bta", "'beta'"]),
    "seed": ("polls = 2023\nseed = -1\n", ["row 2, key seed", "got -1"]),
    "coalitions": ('polls = 2023\ncoalitions = ["a"]\n', ["row 2, key coalitions", '[["auyl", "aq_jol"]]']),
    "polls of a list": ("polls = [2023]\n", ["row 1, key polls", "got [2023]"]),
    "syntax": ("polls = 2023\ndraws =\n", ["no TOML", "line 2"]),
    "huge number": ("polls = 1" + "0" * 5000 + "\n", ["no TOML"]),
}


@pytest.mark.parametrize(("text", "words"), BAD_SCENARIOS.values(), ids=BAD_SCENARIOS)
def test_bad_scenarios_are_named(write, text, words):
    with pytest.raises(FileError) as caught:
        read_scenario(write(text, "s.toml"))
    assert str(caught.value).startswith("s.toml")
    for word in words:
        assert word in str(caught.value)


# -- large numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10M", 10**7),
        ("1e6", 10**6),
        ("500k", 500_000),
        ("1_000_000", 10**6),
        ("1,000,000", 10**6),
        ("12,345,678", 12_345_678),
        ("2.5K", 2500),
        ("1", 1),
        (7, 7),
        (1e6, 10**6),
        ("1g", 10**9),
        ("3B", 3 * 10**9),
        ("1E3", 1000),
    ],
)
def test_counts_as_people_write_them(text, number):
    assert reading.whole(text, "draws", FileError, least=1, most=10**12) == number


@pytest.mark.parametrize(
    "text", ["0", "-1", "1e30", "1.5", "", "k", "1e-3", "10MM", "nan", "inf", "1,000", "٣", True, None, 1.5, "0.0000001M", "1e13"]
)
def test_counts_that_are_none(text):
    with pytest.raises(FileError, match="between 1 and 1,000,000,000,000"):
        reading.whole(text, "draws", FileError, least=1, most=10**12)


def test_rows_are_counted_as_an_editor_does(write):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("party", "number of\nvotes"), ("a\nb", "1"), ("c", "x")])
    with pytest.raises(FileError, match=r"row 5, column number of votes"):
        read_votes(write(text.getvalue()))
    with pytest.raises(FileError, match="row 4, column votes"):
        read_votes(write('party,votes\n"a",1\n\nb,x\n'))
