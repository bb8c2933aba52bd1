"""When was this person born, as far as anybody knows? Dates as strangers write them, held as uncertain as they are."""

from safeconduct.core.dates.problem import DateProblem, DateProblemKind
from safeconduct.core.dates.reading import day_first_in, parse_age, parse_date
from safeconduct.core.dates.uncertain import Precision, UncertainDate, as_birth
from safeconduct.core.dates.written import excel_day
from safeconduct.core.plain_text import says_unknown

__all__ = [
    "DateProblem",
    "DateProblemKind",
    "Precision",
    "UncertainDate",
    "as_birth",
    "day_first_in",
    "excel_day",
    "parse_age",
    "parse_date",
    "says_unknown",
]
