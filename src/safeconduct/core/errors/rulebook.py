"""Rules as data, and the cases they are asked about. SC230 to SC243, SC350 to SC359."""

from __future__ import annotations

from safeconduct.core.errors.packs import BadPack
from safeconduct.core.errors.refused import Refused


class UnknownFact(BadPack):
    """A rule or a phrase that asks for a fact which the vocabulary does not have."""

    code = "SC230"
    says = "{file}, line {line}: '{found}' is not a fact of this rulebook."
    mend = "{advice} The facts are in facts.yaml; a new one is added there first."


class UnknownFactValue(BadPack):
    """A value that a fact can never have: a rule that asks for it would never hold."""

    code = "SC231"
    says = "{file}, line {line}: '{found}' is not a value of the fact '{fact}'."
    mend = "{advice}"


class FactOutOfPlace(BadPack):
    """A fact of a person asked of the household, or the other way round."""

    code = "SC232"
    says = "{file}, line {line}: '{fact}' is a fact of a {of}, and here the rule speaks of a {spoken_of}."
    mend = "{advice}"


class UnlessInBandRule(BadPack):
    """An exclusion where telling more could lower the band."""

    code = "SC233"
    says = "{file}, line {line}: '{found}' may stand in a rule of a scheme only, not in one of a band or of points."
    mend = "Say what must hold instead: a family must never become less urgent because it told us more."


class SchemeOrBand(BadPack):
    """A rule that is of no scheme and no band, or of both."""

    code = "SC234"
    says = (
        "{file}, line {line}: the rule '{rule}' needs either 'scheme' or 'band', and has {found}."
    )
    mend = "Give the scheme it opens, or the band it raises to; write two rules if it does both."


class UnknownPlaceInReason(BadPack):
    """A reason with a place that nothing fills."""

    code = "SC235"
    says = "{file}, line {line}: the sentence has a place '{{{found}}}' that nothing fills."
    mend = "{advice}"


class EmptyCondition(BadPack):
    """A condition that asks nothing: it would hold for everyone, or for no one."""

    code = "SC236"
    says = "{file}, line {line}: '{found}' asks nothing."
    mend = "Write at least one fact under it, as 'fact: value'."


class AnyoneWithinAnyone(BadPack):
    """A person within a person."""

    code = "SC237"
    says = "{file}, line {line}: 'anyone' stands within 'anyone'."
    mend = "Write the two beside each other, under 'all of'."


class FactIsDerived(BadPack):
    """A fact that is worked out from the records and cannot be declared or told."""

    code = "SC238"
    says = "{file}, line {line}: '{found}' is worked out from ages, sexes and relations; it cannot be given."
    mend = "Take it out here. Rules may ask for it as for any other fact."


class PointsOutOfOrder(BadPack):
    """Points by which a less urgent band would go first."""

    code = "SC239"
    says = "{file}, line {line}: '{band}' has {points} points, which does not fit its place among the bands."
    mend = (
        "Points must be over 0 and rise with urgency; 'not assessed' has those of 'routine', since "
        "not to have been asked is no fault."
    )


class NoRules(BadPack):
    """A rulebook without a single rule."""

    code = "SC240"
    says = "{file} holds no rules."
    mend = "Add at least one file whose name ends in '.rules.yaml'."


class NoReasonHere(BadPack):
    """A rule that would decide without being able to say why."""

    code = "SC241"
    says = "{file}, line {line}: the rule '{rule}' needs '{field}': every outcome is said with its reason."
    mend = "{advice}"


class ExtraPointsUnclear(BadPack):
    """Extra points of which it cannot be said how often they count."""

    code = "SC243"
    says = "{file}, line {line}: extra points must be of each person or of the household, and these are {found}."
    mend = "Ask for facts of a person (counted for each) or of the household (counted once), without 'anyone'."


class TrialNotUnderstood(BadPack):
    """A trial of the rules whose people cannot be read."""

    code = "SC242"
    says = "{file}, line {line}: this trial cannot be tried: {problem}"
    mend = "The line that the sentence names is where the trial begins."


class BadFacts(Refused):
    """A case whose facts the rulebook does not know."""


class NotACase(BadFacts):
    """A line that is not one JSON object."""

    code = "SC350"
    says = "Line {line} is not a case: {problem}."
    mend = "Each line holds one case as a JSON object, as docs/formats.md shows; an empty line is passed over."


class UnknownCaseKey(BadFacts):
    """A key that the format does not have: most often a slip of the pen."""

    code = "SC351"
    says = "Line {line}: '{found}' is not a key of {of}."
    mend = "{advice}"


class MissingCaseKey(BadFacts):
    """A key that every case or person must have."""

    code = "SC352"
    says = "Line {line}: {of} has no '{key}'."
    mend = "Add '{key}'. {advice}"


class BadCaseValue(BadFacts):
    """A value of the wrong kind, or one that cannot be."""

    code = "SC353"
    says = "Line {line}: {where}: {problem}."
    mend = "{advice}"


class UnknownFactTold(BadFacts):
    """A fact that the rulebook does not know."""

    code = "SC354"
    says = "Line {line}: {where}: '{found}' is not a fact of this rulebook."
    mend = "{advice}"


class UnknownValueTold(BadFacts):
    """A value that the fact cannot have."""

    code = "SC355"
    says = "Line {line}: {where}: '{found}' is not a value of '{fact}'."
    mend = "{advice} Leave the fact out if it is not known: unknown is never read as no."


class FactToldElsewhere(BadFacts):
    """A fact of the household told of a person."""

    code = "SC356"
    says = "Line {line}: {where}: '{fact}' is told of the whole household, not of one person."
    mend = "Move it to the 'facts' of the case, beside 'people'."


class FactNotTold(BadFacts):
    """A fact that is worked out from the records."""

    code = "SC357"
    says = "Line {line}: {where}: '{fact}' is worked out from ages, sexes and relations, and cannot be told."
    mend = "Leave it out, and give {instead}."


class RepeatedCase(BadFacts):
    """Two cases, or two people of one case, with one id: nothing could tell them apart."""

    code = "SC358"
    says = "Line {line}: the {key} '{found}' is used already{first}."
    mend = "Give each its own, or take one of the two out."


class CasesNotText(BadFacts):
    """A file of cases that cannot be read as text."""

    code = "SC359"
    says = "{path} cannot be read: {problem}."
    mend = "Give a file with one JSON object on each line, saved as UTF-8."
