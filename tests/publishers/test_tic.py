"""TIC tables: every real file, the quirks of each, and files that are not what they should be."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saiken.publishers import tic, tic_table3
from saiken.publishers.table import Artifact, ParseError, Table
from saiken.terms.figure import Column

TABLES = (*tic.TABLES, *tic_table3.TABLES)
BY_ID = {table.id: table for table in TABLES}
FILES = {
    # file -> table, columns, cells
    "slt_table5_data-to-2026-07.txt": ("tic/slt_table5", 25, 325),
    "slt_table5_data-to-2026-04.txt": ("tic/slt_table5", 25, 325),
    "mfhhis01_vintage-2026-04-12.txt": ("tic/mfhhis01", 1403, 12712),
    "mfhhis01_vintage-2026-06-28.txt": ("tic/mfhhis01", 1403, 12712),
    "mfh_frozen-data-to-2023-01.txt": ("tic/mfh", 43, 559),
    "slt_table3_EXCERPT_data-to-2026-04.txt": ("tic/slt_table3", 35, 2031),
    "partial/slt_table5_html-text_data-to-2026-02_PARTIAL.txt": ("tic/slt_table5_text", 18, 234),
    "partial/slt_table5_html-text_data-to-2026-03_PARTIAL.txt": ("tic/slt_table5_text", 18, 234),
    "partial/mfh_text_data-to-2019-02_PARTIAL.txt": ("tic/mfh_text", 18, 234),
    "partial/mfh_text_data-to-2021-07_PARTIAL.txt": ("tic/mfh_text", 16, 208),
}
MARCH, MAY = "mfhhis01_vintage-2026-04-12.txt", "mfhhis01_vintage-2026-06-28.txt"
MFH = "mfh_frozen-data-to-2023-01.txt"
TABLE3 = "slt_table3_EXCERPT_data-to-2026-04.txt"


def artifact(name: str = "a.txt") -> Artifact:
    return Artifact(name, "0" * 64, datetime(2026, 10, 1, tzinfo=UTC))


def parse(table: str, data: bytes | str) -> list[Column]:
    raw = data.encode() if isinstance(data, str) else data
    return list(BY_ID[table].parse(raw, artifact()))


def figures(columns: list[Column]) -> dict[tuple[str, str], Decimal | None]:
    found: dict[tuple[str, str], Decimal | None] = {}
    for column in columns:
        for period, value, _, _ in column.cells():
            assert (column.series, period.label) not in found
            found[column.series, period.label] = value
    return found


@pytest.fixture(scope="module")
def real(shared: Path) -> dict[str, list[Column]]:
    folder = shared / "data/us/tic"
    return {name: parse(FILES[name][0], (folder / name).read_bytes()) for name in FILES}


@pytest.fixture(scope="module")
def raw(shared: Path) -> dict[str, str]:
    folder = shared / "data/us/tic"
    return {name: (folder / name).read_bytes().decode("utf-8") for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_reads_every_real_file_whole(real: dict[str, list[Column]], name: str) -> None:
    _, columns, cells = FILES[name]
    assert len(real[name]) == columns
    assert sum(map(len, real[name])) == cells
    assert not [column.series for column in real[name] if "/x:" in column.series]


@pytest.mark.parametrize("name", FILES)
def test_is_recognised_by_one_table(raw: dict[str, str], name: str) -> None:
    head = raw[name].encode()[:4096]
    assert [t.id for t in TABLES if t.recognise(head, "misnamed.bin")] == [FILES[name][0]]


NOVEMBER = {
    # what a file prints for Japan in November 2025: USD bn, or USD mn in Table 3
    "tic/holdings/JP": [name for name in FILES if "mfh_" not in name and "table3" not in name],
    "tic/position/JP": [TABLE3],
}


@pytest.mark.parametrize(
    ("series", "name"), [(series, name) for series, names in NOVEMBER.items() for name in names]
)
def test_japan_in_november_2025_is_the_same_everywhere(
    real: dict[str, list[Column]], series: str, name: str
) -> None:
    expected = {"tic/holdings/JP": Decimal("1202.7"), "tic/position/JP": Decimal(1202693)}
    assert figures(real[name])[series, "2025-11"] == expected[series]


def test_each_vintage_keeps_what_it_said(real: dict[str, list[Column]]) -> None:
    march, may = figures(real[MARCH]), figures(real[MAY])
    for holder, before, after in (
        ("GB", "889.0", "879.8"),
        ("all", "9359.3", "9349.6"),
        ("official", "3921.6", "3912.3"),
    ):
        cell = (f"tic/holdings/{holder}", "2025-11")
        assert (march[cell], may[cell]) == (Decimal(before), Decimal(after))


def test_only_2025_differs_between_the_two_histories(real: dict[str, list[Column]]) -> None:
    march, may = figures(real[MARCH]), figures(real[MAY])
    assert march.keys() == may.keys()
    moved = {cell for cell in march if march[cell] != may[cell]}
    assert len(moved) == 76
    assert {label[:4] for _, label in moved} == {"2025"}


def test_a_block_is_the_vintage_of_its_own_stamp(real: dict[str, list[Column]]) -> None:
    stamps: dict[int, set[datetime | None]] = {}
    for column in real[MARCH]:
        stamps.setdefault(next(column.cells())[0].start.year, set()).add(column.vintage_at)
    assert stamps[2025] == {datetime(2026, 3, 18, 20, tzinfo=UTC)}  # 16:00 in New York, summer
    assert stamps[2024] == {datetime(2026, 1, 15, 21, tzinfo=UTC)}  # 16:00 in New York, winter
    assert stamps[2007] == {datetime(2018, 8, 15, 20, tzinfo=UTC)}
    assert stamps[2012] == {datetime(2026, 3, 18, 20, tzinfo=UTC)}  # no stamp: the file's date
    unstamped = {c.vintage_at for c in real[MAY] if next(c.cells())[0].start.year == 2012}
    assert unstamped == {datetime(2026, 5, 18, 20, tzinfo=UTC)}
    assert {column.vintage_at for column in real[MFH]} == {datetime(2023, 3, 15, 20, tzinfo=UTC)}


def test_every_tenth_is_printed(real: dict[str, list[Column]]) -> None:
    for name in (MARCH, MAY, MFH):
        assert {places for column in real[name] for places in column.decimals} == {1}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (("tic/holdings/all", "2011-06"), "4690.6"),
        (("tic/holdings_old_basis/all", "2011-06"), "4533.6"),
        (("tic/holdings/all", "2000-03"), "1085.0"),
        (("tic/holdings_old_basis/all", "2000-03"), "1252.1"),
        (("tic/holdings/CN", "2011-06"), "1307.0"),
        (("tic/holdings_old_basis/CN", "2011-06"), "1165.5"),
        (("tic/holdings_bills_old_basis/official", "2002-06"), "176.2"),
        # Belgium's line is Belgium and Luxembourg until May 2002
        (("tic/holdings/BE-LU", "2002-05"), "21.7"),
        (("tic/holdings_old_basis/BE-LU", "2002-06"), "22.9"),
        (("tic/holdings/BE", "2002-06"), "11.3"),
        (("tic/holdings/BE-LU", "2000-12"), "29.6"),
        (("tic/holdings/group:oil_exporters", "2011-12"), "260.8"),
    ],
)
def test_series_breaks(real: dict[str, list[Column]], cell: tuple[str, str], value: str) -> None:
    assert figures(real[MAY])[cell] == Decimal(value)


def test_no_month_is_lost_or_doubled(real: dict[str, list[Column]]) -> None:
    labels = [label for series, label in figures(real[MAY]) if series == "tic/holdings/JP"]
    assert len(labels) == len(set(labels)) == 26 * 12 - 2  # from March 2000
    old = {label for series, label in figures(real[MAY]) if "old_basis/JP" in series}
    assert old == {"2000-03", *(f"{year}-06" for year in range(2002, 2012))}
    assert not [
        series
        for series, label in figures(real[MAY])
        if series.endswith("/BE") and label < "2002-06"
    ]


@pytest.mark.parametrize("name", [name for name in FILES if "slt_table5_html" in name])
def test_partial_pages_agree_with_the_history(real: dict[str, list[Column]], name: str) -> None:
    history, part = figures(real[MAY]), figures(real[name])
    shared_cells = part.keys() & history.keys()
    assert len(shared_cells) == 18 * (10 if "2026-03" in name else 11)
    differ = {cell for cell in shared_cells if part[cell] != history[cell]}
    # the page of April 2026 is a vintage of its own: one cell moved by May
    assert differ == (set() if "2026-03" in name else {("tic/holdings/GB", "2025-09")})


def test_table3_keeps_positions_sales_and_valuation_apart(real: dict[str, list[Column]]) -> None:
    found = figures(real[TABLE3])
    cell = [found[f"tic/{kind}/CN", "2026-04"] for kind in ("position", "net", "net_lt", "net_st")]
    assert cell == [651072, 2155, 5519, -3364]
    assert found["tic/valuation/CN", "2026-04"] == -2740
    assert found["tic/position/non_official", "2020-01"] == 2857438
    assert ("tic/net/JP", "2023-01") not in found  # printed n.a.
    assert min(label for series, label in found if series == "tic/net/JP") == "2023-02"


def test_locators_point_at_the_cell(real: dict[str, list[Column]], raw: dict[str, str]) -> None:
    for name in FILES:
        text = raw[name].replace("\r", "").split("\n")
        for column in real[name][:30]:
            for _, value, _, place in column.cells():
                line = text[place.row - 1]
                if FILES[name][0] in {"tic/slt_table5", "tic/mfhhis01", "tic/slt_table3"}:
                    printed = line.split("\t")[place.column - 1]
                else:
                    printed = line[place.column - 1 :].split()[0]
                assert Decimal(printed) == value


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Japan", ("", "JP")),
        ('"China, Mainland"', ("", "CN")),
        ("China, Mainland", ("", "CN")),
        ("Korea", ("", "KR")),
        ('"Korea, South "', ("", "KR")),
        ("United Kingdom 2/", ("", "GB")),
        ("Belgium  5/", ("", "BE")),
        ("Belgium-Luxembourg ", ("", "BE-LU")),
        ("Carib Bnkng Ctrs 4/", ("", "group:caribbean")),
        ("  For. Official", ("official", "official")),
        ("Of Which: Foreign Official T-Bonds & Notes", ("bonds", "official")),
        ("All Other", ("other", "other")),
        ("Grand Total", ("total", "all")),
        ("Republic of Newland 9/", ("", "x:republic-of-newland")),
    ],
)
def test_names_become_holders(label: str, expected: tuple[str, str]) -> None:
    assert tic.holder(label) == expected


# Files that are not what they should be ------------------------------------------------------

NAMES = ("Japan", "China, Mainland", "Republic of Newland")


def table5(rows: dict[str, list[int]], order: list[int] | None = None) -> str:
    """SLT Table 5 of made-up holdings in tenths; the totals follow from the rows."""
    months = [f"2025-{month:02d}" for month in (3, 2, 1)]
    total = [sum(values) for values in zip(*rows.values(), strict=True)]
    lines = {**rows, "Grand Total": total}
    lines["Of Which: Foreign Official"] = [value // 2 for value in total]
    lines["Of Which: Foreign Official Treasury Bills"] = [0] * 3
    lines["Of Which: Foreign Official T-Bonds & Notes"] = [value // 2 for value in total]
    order = order or [0, 1, 2]
    body = ["Table 5: Major Foreign Holders of Treasury Securities\t\t\t", "\t\t\t"]
    body.append("\t".join(["Country", *(months[i] for i in order)]))
    for name, values in lines.items():
        body.append("\t".join([name, *(f"{values[i] / 10:.1f}" for i in order)]))
    return "\n".join([*body, "\t\t\t", "Notes:\t\t\t", ""])


HOLDINGS = st.dictionaries(
    st.sampled_from([*NAMES, "All Other"]),
    st.lists(st.integers(0, 20000), min_size=3, max_size=3),
    min_size=1,
)


@settings(deadline=None)
@given(rows=HOLDINGS, order=st.permutations([0, 1, 2]))
def test_columns_are_read_by_their_header(rows: dict[str, list[int]], order: list[int]) -> None:
    straight = figures(parse("tic/slt_table5", table5(rows)))
    assert figures(parse("tic/slt_table5", table5(rows, order))) == straight
    for name, values in rows.items():
        _, holder = tic.holder(name)
        assert straight[f"tic/holdings/{holder}", "2025-02"] == Decimal(values[1]) / 10


@settings(deadline=None)
@given(rows=HOLDINGS, data=st.data())
def test_a_table_that_does_not_add_up_is_refused(
    rows: dict[str, list[int]], data: st.DataObject
) -> None:
    text = table5(rows).split("\n")
    row = data.draw(st.sampled_from([i for i, line in enumerate(text) if "." in line and i > 2]))
    cells = text[row].split("\t")
    place = data.draw(st.integers(1, 3))
    by = data.draw(st.integers(10, 9999)) / 10
    cells[place] = f"{float(cells[place]) + by:.1f}"
    text[row] = "\t".join(cells)
    with pytest.raises(ParseError):
        parse("tic/slt_table5", "\n".join(text))


@settings(deadline=None)
@given(rows=HOLDINGS, cut=st.integers(1, 400))
def test_a_table_that_is_cut_is_refused(rows: dict[str, list[int]], cut: int) -> None:
    text = table5(rows)
    last = text.index("\t\t\t\nNotes")
    end = last - 1 - cut % (last - 1)  # somewhere before the end of the last row's last figure
    with pytest.raises(ParseError):
        parse("tic/slt_table5", text[:end])


@pytest.mark.parametrize("name", [name for name in FILES if "partial" not in name])
def test_a_real_file_cut_anywhere_is_refused(raw: dict[str, str], name: str) -> None:
    """Cut at any of its lines before the last that bears figures (or, in the history, stamps)."""
    lines = raw[name].split("\n")
    marks = {MARCH: "(2025 revised", MAY: "(2025 revised", TABLE3: "Notes", MFH: "March 15, 2023"}
    last = next(
        (i for i, line in enumerate(lines) if marks.get(name, "T-Bonds") in line), len(lines)
    )
    for end in range(1, last, max(1, last // 40)):
        with pytest.raises(ParseError):
            parse(FILES[name][0], "\n".join(lines[:end]))


@pytest.mark.parametrize("name", [name for name in FILES if "partial" in name])
def test_a_partial_text_cut_inside_a_line_is_refused(raw: dict[str, str], name: str) -> None:
    whole = raw[name].rstrip()
    for end in range(1, len(whole), 7):
        if whole[end - 1] != "\n":
            with pytest.raises(ParseError):
                parse(FILES[name][0], whole[:end])


@pytest.mark.parametrize("table", list(BY_ID.values()), ids=list(BY_ID))
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \r\n",
        b"<!DOCTYPE html><html>Not found</html>",
        b"\x00\x01",
        b"Country\n",
        b"a\tb\n1\t2",
    ],
)
def test_what_is_no_table_is_refused(table: Table, data: bytes) -> None:
    assert not table.recognise(data, "slt_table5.txt")
    with pytest.raises(ParseError):
        list(table.parse(data, artifact()))


@pytest.mark.parametrize("table", list(BY_ID.values()), ids=list(BY_ID))
@settings(deadline=None)
@given(data=st.binary(max_size=600))
def test_noise_is_refused(table: Table, data: bytes) -> None:
    with pytest.raises(ParseError):
        list(table.parse(data, artifact()))


def test_other_encodings_of_the_same_table_read_alike(raw: dict[str, str]) -> None:
    name = "slt_table5_data-to-2026-04.txt"
    expected = figures(parse("tic/slt_table5", raw[name]))
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert figures(parse("tic/slt_table5", raw[name].encode(encoding))) == expected


def test_a_doubled_month_without_series_numbers_is_refused(raw: dict[str, str]) -> None:
    text = raw[MAY].replace("\t XII\t XI\t", "\t\t\t")
    assert text != raw[MAY]
    with pytest.raises(ParseError, match="stands twice"):
        parse("tic/mfhhis01", text)


def test_a_publishers_gap_that_has_changed_is_noticed(raw: dict[str, str]) -> None:
    """June 2006 on the old basis misses its total by 2.5; were that mended, the note must go."""
    text = raw[MAY].replace("\t2095.3\t", "\t2092.8\t")
    assert text != raw[MAY]
    with pytest.raises(ParseError, match="2006-06 old"):
        parse("tic/mfhhis01", text)


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("\t651072\t", "\t651073\t", "for_treas_pos"),
        ("\t2155\t", "\t2156\t", "for_treas_net"),
        ("606352\t5519\t-2740\t44720", "606353\t5519\t-2740\t44719", "position moved"),
        ("\t651072\t", "\tmany\t", "not a number"),
        ("\t651072\t", "\t651072.5\t", "fraction"),
        ("2026-04\t651072\t2155", "2026-13\t651072\t2155", "month"),
    ],
)
def test_table3_must_add_up(raw: dict[str, str], old: str, new: str, match: str) -> None:
    assert raw[TABLE3].count(old) == 1
    with pytest.raises(ParseError, match=match):
        parse("tic/slt_table3", raw[TABLE3].replace(old, new))


def test_table3_takes_what_is_not_published_for_nothing(raw: dict[str, str]) -> None:
    """A position that is withheld breaks no sum, and stands for no figure."""
    line = next(line for line in raw[TABLE3].split("\n") if "\t651072\t" in line)
    cells = line.split("\t")
    cells[8] = "n.a."
    found = figures(parse("tic/slt_table3", raw[TABLE3].replace(line, "\t".join(cells))))
    assert ("tic/position_st/CN", "2026-04") not in found
    assert found["tic/position/CN", "2026-04"] == 651072


def test_table3_is_read_by_its_machine_names(raw: dict[str, str]) -> None:
    lines = [line.rstrip("\r").split("\t") for line in raw[TABLE3].split("\n")]
    swapped = "\n".join("\t".join([*cells[:3], *reversed(cells[3:])]) for cells in lines)
    assert figures(parse("tic/slt_table3", swapped)) == figures(
        parse("tic/slt_table3", raw[TABLE3])
    )
