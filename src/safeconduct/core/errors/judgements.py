"""Judgements of pairs of records. SC410 to SC412."""

from __future__ import annotations

from safeconduct.core.errors.tables import BadTable


class JudgementIncomplete(BadTable):
    """A judgement or its withdrawal lacks what makes it count, or says what no judgement can say."""

    code = "SC410"
    says = "The {kind} {id} cannot be kept: {what}."
    mend = "Name the two records, the verdict, who says so, for which office, and when (with the zone)."


class RepeatedJudgement(BadTable):
    """Two judgements that say different things bear one id, so that no withdrawal could say which it means."""

    code = "SC411"
    says = "Two judgements that differ bear the id {judgement}."
    mend = (
        "Give every judgement an id of its own; what was judged is never altered, only withdrawn."
    )


class NotAsJudged(BadTable):
    """A file of judgements or of persons is not as this software writes it, so nothing of it was taken."""

    code = "SC412"
    says = "Line {line} is not as it was written: {what}."
    mend = "Take the file from where it was written once more; it is not meant to be edited."
