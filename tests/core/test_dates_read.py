"""Dates as strangers write them are read, or said to be unreadable, and never guessed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.dates import (
    DateProblem,
    DateProblemKind,
    Precision,
    UncertainDate,
    as_birth,
    day_first_in,
    parse_age,
    parse_date,
    says_unknown,
    solar_hijri,
)
from safeconduct.core.dates.written import excel_day

ON = date(2021, 8, 15)
BIRTHDAYS = st.dates(date(1910, 1, 2), ON)
EASTERN = (str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

LAST_DAY_OF_1990 = """1990-12-31|31/12/1990|31.12.90|31-Dec-1990|Dec 31 1990|12/31/1990|December 31st, 1990
Monday, 31 December 1990|31 12 1990|1990/12/31|1990.12.31|19901231|31121990|1990-12-31 00:00:00
1990-12-31T00:00:00Z|31/12/1990 12:00 AM|33238|33238.0|۳۱/۱۲/۱۹۹۰|31 دسمبر 1990| 31 / 12 / 1990
۱۰ جدی ۱۳۶۹|10 Jadi 1369|1369/10/10|10/10/1369|۱۳۶۹-۱۰-۱۰|١٠/١٠/١٣٦٩|10 دی 1369|10 مرغومی ۱۳۶۹|13691010"""


def read(value: object, **how: object) -> UncertainDate | DateProblem | None:
    return parse_date(value, **{"on": ON, **how})  # type: ignore[arg-type]


def interval(value: object, **how: object) -> tuple[str, str, str]:
    told = read(value, **how)
    assert isinstance(told, UncertainDate), value
    return told.earliest.isoformat(), told.latest.isoformat(), told.precision.value


@pytest.mark.parametrize("value", [v for x in LAST_DAY_OF_1990.splitlines() for v in x.split("|")])
def test_every_way_to_write_one_day_is_that_day(value: str) -> None:
    assert read(value) == UncertainDate.of_day(date(1990, 12, 31))


@pytest.mark.parametrize("value", [1990, 1990.0, "1990", "1990.0", "۱۹۹۰", "born 1990", "1/1/1990"])
def test_every_way_to_write_one_year_is_that_year(value: object) -> None:
    assert read(value) == UncertainDate.of_year(1990)


@pytest.mark.parametrize(
    "value", [1369, 1369.0, "۱۳۶۹", "سال ۱۳۶۹", "1369 هـ ش", "1/1/1369", "1 حمل 1369"]
)
def test_every_way_to_write_one_hijri_year_is_that_year(value: object) -> None:
    assert read(value) == UncertainDate.of_hijri_year(1369)


@pytest.mark.parametrize("value", ["1990-02", "02/1990", "Feb 1990", "Feb-90", "فبروری 1990"])
def test_a_month_is_a_month(value: str) -> None:
    assert read(value) == UncertainDate.of_month(1990, 2)


@pytest.mark.parametrize("value", ["1369/5", "Asad 1369", "اسد ۱۳۶۹", "زمری ۱۳۶۹"])
def test_a_hijri_month_is_a_month(value: str) -> None:
    assert read(value) == UncertainDate.of_hijri_month(1369, 5)


@pytest.mark.parametrize(
    "value", ["35 years old", "35 yrs", "age 35", "aged 35", "35 ساله", "۳۵ ساله", "سن ۳۵", "35y"]
)
def test_an_age_in_words_is_the_year_in_which_the_birthday_lies(value: str) -> None:
    assert read(value) == UncertainDate.of_age(35, on=ON)
    assert parse_age(value, on=ON) == UncertainDate.of_age(35, on=ON)


@pytest.mark.parametrize("value", ["8 months", "۸ ماهه", "8 mths old", "8 months baby"])
def test_months_are_months(value: str) -> None:
    assert read(value) == UncertainDate.of_age_in_months(8, on=ON)


def test_infants_are_read_by_the_week_and_the_day() -> None:
    assert interval("3 weeks old") == ("2021-07-19", "2021-07-25", "month")
    assert interval("10 days") == ("2021-08-05", "2021-08-05", "month")
    assert read("newborn") == UncertainDate.of_age(0, on=ON)
    assert read("2 years 6 months") == read("2.5 years") == UncertainDate.of_age(2, on=ON)


def test_two_ages_are_the_interval_of_both() -> None:
    assert interval("35-40 years") == ("1980-08-16", "1986-08-15", "year")


@pytest.mark.parametrize("value", [35, 35.0, "35", "۳۵"])
def test_a_bare_number_is_an_age_only_in_a_column_of_ages(value: object) -> None:
    assert read(value) == DateProblem(DateProblemKind.AMBIGUOUS)
    assert parse_age(value, on=ON) == UncertainDate.of_age(35, on=ON)  # type: ignore[arg-type]


def test_a_column_of_ages_may_hold_dates() -> None:
    assert parse_age("31.12.90", on=ON) == UncertainDate.of_day(date(1990, 12, 31))
    assert parse_age(1369, on=ON) == UncertainDate.of_hijri_year(1369)
    assert parse_age("about 35", on=ON) == read("about 35 years")
    assert parse_age("n/a", on=ON) is None


def test_a_letter_beside_a_number_is_not_taken_for_months() -> None:
    assert isinstance(parse_age("35 M", on=ON), DateProblem)


def test_day_or_month_first_is_not_guessed() -> None:
    assert interval("03/04/1990") == ("1990-03-04", "1990-04-03", "year")
    assert interval("03/04/1990", day_first=True) == ("1990-04-03", "1990-04-03", "day")
    assert interval("03/04/1990", day_first=False) == ("1990-03-04", "1990-03-04", "day")
    assert interval("04/04/1990") == ("1990-04-04", "1990-04-04", "day")


def test_a_reading_in_the_future_is_no_reading_of_a_birth() -> None:
    assert interval("03/09/2021") == ("2021-03-09", "2021-03-09", "day")


def test_the_other_cells_may_settle_the_order() -> None:
    assert day_first_in(["31/12/1990", "03/04/1990", None, 5]) is True
    assert day_first_in(["12/31/1990", "03/04/1990"]) is False
    assert day_first_in(["03/04/1990", "1990-12-31", "1369/12/20"]) is None
    assert day_first_in(["12/31/1990", "31/12/1990"]) is None


@pytest.mark.parametrize(
    "value", ["1985 (approx)", "c. 1985", "about 1985", "~1985", "1985?", "حدود 1985"]
)
def test_an_approximate_year_has_a_year_on_either_side(value: str) -> None:
    assert interval(value) == ("1984-01-01", "1986-12-31", "year")


def test_an_approximate_day_leaves_its_year() -> None:
    assert interval("about 12 March 1985") == ("1985-01-01", "1985-12-31", "year")


def test_what_is_about_a_birth_does_not_lie_ahead() -> None:
    assert interval("about 2021") == ("2020-01-01", "2021-08-15", "year")
    assert interval("about 12 March 2021") == ("2021-01-01", "2021-08-15", "year")
    told = parse_age("about 3 weeks", on=ON)
    assert isinstance(told, UncertainDate)
    assert told.latest == ON
    assert interval("about 2021", birth=False) == ("2020-01-01", "2022-12-31", "year")


def test_two_years_are_both() -> None:
    for value in ("1990/1991", "1990-91", "1990 or 1991"):
        assert interval(value) == ("1990-01-01", "1991-12-31", "year")


def test_two_digits_are_the_latest_year_that_has_been() -> None:
    assert interval("05/05/21") == ("2021-05-05", "2021-05-05", "day")
    assert interval("05/05/22") == ("1922-05-05", "1922-05-05", "day")
    assert interval("12 Asad 69") == ("1990-08-03", "1990-08-03", "day")
    assert interval("31/12/25", birth=False) == ("2025-12-31", "2025-12-31", "day")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("1990-02-30", "no such day"),
        ("31/07/1369", "no such day"),
        ("30 Hut 1398", "no such day"),
        ("hello", "not a date"),
        ("John 35", "not a date"),
        ("1990-W01-1", "not a date"),
        (True, "not a date"),
        (-5, "not a date"),
        (1990.5, "not a date"),
        (float("inf"), "not a date"),
        (time(3, 0), "not a date"),
        ("9" * 30, "not a date"),
        ("2022-01-01", "in the future"),
        (date(2030, 1, 1), "in the future"),
        ("31/12/21", "in the future"),
        ("1895", "too long ago"),
        ("200 years", "too long ago"),
        ("69/05/12", "ambiguous"),
        ("۱۲/۵/۶۹", "ambiguous"),
        ("12 Feb", "ambiguous"),
        (120, "ambiguous"),
        ("1850", "unlikely year"),
        ("1442", "unlikely year"),
        ("12 Asad 1990", "two calendars"),
        ("12 March 1369", "two calendars"),
    ],
)
def test_what_cannot_be_read_is_said_so(value: object, kind: str) -> None:
    told = read(value)
    assert isinstance(told, DateProblem)
    assert told.kind == kind


def test_every_problem_has_a_sentence_that_quotes_nothing() -> None:
    for kind in DateProblemKind:
        assert DateProblem(kind).text.endswith(".")
        assert "{" not in DateProblem(kind).text


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "  ",
        "unknown",
        "N/A",
        "-",
        "??",
        "TBC",
        "نامعلوم",
        "معلوم نیست",
        float("nan"),
        "(unknown)",
    ],
)
def test_unknown_is_none(value: object) -> None:
    assert read(value) is None
    assert parse_age(value, on=ON) is None  # type: ignore[arg-type]


def test_words_that_say_something_are_not_unknown() -> None:
    assert not any(map(says_unknown, ["0", "1990", "no", "yes", "x", "✓", "Nasir"]))


def test_other_dates_may_lie_ahead_and_keep_their_first_of_january() -> None:
    assert interval("2022-01-01", birth=False) == ("2022-01-01", "2022-01-01", "day")
    assert interval("1/1/1401", birth=False) == ("2022-03-21", "2022-03-21", "day")
    assert isinstance(read("35 years", birth=False), DateProblem)


def test_excel_counts_a_day_that_never_was() -> None:
    assert excel_day(1) == date(1900, 1, 1)
    assert excel_day(59) == date(1900, 2, 28)
    assert excel_day(60) is None
    assert excel_day(61) == date(1900, 3, 1)
    assert excel_day(33000.7) == date(1990, 5, 7)
    assert excel_day(0) is None


def test_a_cell_may_hold_a_date_or_a_moment() -> None:
    assert read(datetime(1990, 5, 7, 3, 0)) == read(date(1990, 5, 7)) == read(33000)
    assert read(date(1990, 1, 1)) == UncertainDate.of_year(1990)


FORMATS = ["%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%B %d, %Y", "%Y/%m/%d", "%b %d %Y", "%Y.%m.%d"]


@settings(max_examples=150, deadline=None)
@given(BIRTHDAYS, st.sampled_from(FORMATS))
def test_a_day_written_without_doubt_is_that_day(day: date, form: str) -> None:
    assert read(day.strftime(form)) == as_birth(UncertainDate.of_day(day))


@settings(max_examples=150, deadline=None)
@given(BIRTHDAYS, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d%m%Y"]))
def test_a_day_written_with_doubt_is_among_what_is_read(day: date, form: str) -> None:
    told = read(day.strftime(form))
    assert isinstance(told, UncertainDate)
    assert told.earliest <= day <= told.latest


@settings(max_examples=150, deadline=None)
@given(
    BIRTHDAYS,
    st.sampled_from(["{0}/{1}/{2}", "{0:04}-{1:02}-{2:02}", "{2}/{1}/{0}", "{2:02}.{1:02}.{0}"]),
)
def test_a_hijri_day_is_that_day_in_any_digits(day: date, form: str) -> None:
    year, month, number = solar_hijri.from_gregorian(day)
    told = UncertainDate.of_day(day)
    if (month, number) == (1, 1):
        told = UncertainDate.of_hijri_year(year)
    written = form.format(year, month, number)
    assert read(written, birth=True) == told
    assert all(read(written.translate(eastern)) == told for eastern in EASTERN)


@settings(max_examples=150, deadline=None)
@given(st.one_of(
    st.builds(UncertainDate.of_day, BIRTHDAYS),
    st.builds(UncertainDate.of_year, st.integers(1905, 2021)),
    st.builds(UncertainDate.of_month, st.integers(1905, 2020), st.integers(1, 12)),
))  # fmt: skip
def test_what_is_written_is_read_back(told: UncertainDate) -> None:
    assert read(str(told)) == as_birth(told)


@settings(max_examples=300, deadline=None)
@given(st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789۰۱۳۵ /-.,:()~?abcdjnerys اسحمل", max_size=16),
    st.integers(-10, 10**9),
    st.floats(),
), st.booleans())  # fmt: skip
def test_nothing_that_is_written_can_stop_the_reader(value: str | float, birth: bool) -> None:
    for told in (read(value, birth=birth), parse_age(value, on=ON)):
        assert told is None or isinstance(told, (UncertainDate, DateProblem))
        if birth and isinstance(told, UncertainDate):
            assert told.earliest <= ON
            assert told.precision in Precision


@pytest.mark.parametrize(
    ("value", "ages"),
    [
        ("65+", (65, 120)),
        ("over 60", (60, 120)),
        ("18+ years", (18, 120)),
        ("under 5", (0, 4)),
        ("<1", (0, 0)),
        ("late 40s", (45, 49)),
        ("20's", (20, 29)),
    ],
)
def test_a_bound_on_an_age_is_all_the_ages_it_allows(value: str, ages: tuple[int, int]) -> None:
    told = parse_age(value, on=ON)
    assert isinstance(told, UncertainDate)
    assert told.ages_on(ON) == ages


def test_months_or_years_told_by_a_letter_are_both() -> None:
    told = parse_age("6m", on=ON)
    assert isinstance(told, UncertainDate)
    assert told.ages_on(ON) == (0, 6)
    months = parse_age("1yr 6m", on=ON)
    assert isinstance(months, UncertainDate)
    assert months.ages_on(ON) == (1, 1)
    assert isinstance(parse_age("under 6 months", on=ON), DateProblem)


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("1366/1987", "1987-03-21", "1987-12-31"),
        ("1366/12/21 - 11/03/1988", "1988-03-11", "1988-03-11"),
        ("11 March 1988 (1366)", "1988-03-11", "1988-03-11"),
        ("1988 (33 years)", "1988-01-01", "1988-08-15"),
    ],
)
def test_a_birth_told_twice_is_what_both_have(value: str, earliest: str, latest: str) -> None:
    told = read(value)
    assert isinstance(told, UncertainDate)
    assert (told.earliest.isoformat(), told.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize("value", ["1366/1999", "1366/12/21 - 1999-01-02", "1988 (70 years)"])
def test_a_birth_told_twice_and_differently_is_asked_about(value: str) -> None:
    assert isinstance(read(value), DateProblem)


def test_a_hijri_day_that_a_spreadsheet_took_for_its_own_is_read_as_hijri() -> None:
    assert interval(date(1366, 12, 21))[0] == "1988-03-11"


@pytest.mark.parametrize("value", ["2021/08/18 3:45:12 PM GMT+1", "2021-08-18T10:00:00.000+01:00"])
def test_the_hour_and_its_zone_are_left_out(value: str) -> None:
    assert interval(value, birth=False)[:2] == ("2021-08-18", "2021-08-18")


@pytest.mark.parametrize("digits", ["፩", "\U00010a40", "፩፪"])
@pytest.mark.parametrize(
    "told", ["{}", "{} years", "age {}", "12 {} 1990", "{} Dec 1990", "Dec {}"]
)
def test_digits_that_no_number_is_written_with_are_not_read(told: str, digits: str) -> None:
    assert isinstance(read(told.format(digits)), DateProblem)
    assert isinstance(parse_age(told.format(digits), on=ON), DateProblem)
