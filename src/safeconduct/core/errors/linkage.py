"""Names and linkage. SC400 to SC403."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused
from safeconduct.core.errors.tables import BadTable


class LinkageNotRun(Refused):
    """The engine that was asked for cannot link this list here."""


class SparkMissing(LinkageNotRun):
    """Linkage on Spark was asked for and Spark does not start here."""

    code = "SC400"
    says = "Spark cannot be started: {problem}."
    mend = (
        "See to it, or install pyspark 4 (make spark) and Java 17 or newer (Debian: apt-get install "
        "default-jre-headless), or leave out --engine spark: one machine links a million people without it."
    )


class SparkUnguarded(LinkageNotRun):
    """A Spark session that is open already would write or send people's data in clear."""

    code = "SC403"
    says = "The Spark session has {setting} = {told}, so that people's data could be read on a disk or a network."
    mend = "Set {setting} to {wanted} where that session is started (docs/operator.md, Linkage on Spark)."


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
