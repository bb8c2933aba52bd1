"""Names and linkage. SC400 to SC402."""

from __future__ import annotations

from safeconduct.core.errors.refused import NotBuilt
from safeconduct.core.errors.tables import BadTable


class SparkNotBuilt(NotBuilt):
    """Linkage on Spark, which this version does not have."""

    code = "SC400"
    says = "This version cannot link lists on Spark yet."
    mend = "Leave out --engine spark: the engine duckdb links some hundred thousand people on one machine."


class RepeatedPerson(BadTable):
    """Two records of one list have the same person_id, so that no pair could say which it means."""

    code = "SC401"
    says = "The person_id {person} stands twice in this list."
    mend = (
        "Give every record a person_id of its own, also where two records may be the same person."
    )


class NamesNotGiven(BadTable):
    """`safeconduct names` was called with neither two names nor a file of pairs and a place for the scores."""

    code = "SC402"
    says = "There is nothing to compare yet."
    mend = "Give two names in quotes, or --pairs FILE with -o FILE for the scores."
