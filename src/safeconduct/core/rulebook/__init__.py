"""The rulebook: dated, sourced rules as data, and what they say of a household."""

from safeconduct.core.rulebook.assess import Assessor, assess, assess_all
from safeconduct.core.rulebook.assessment import Assessment, Eligibility
from safeconduct.core.rulebook.rules import BANDS, Band, Rulebook
from safeconduct.core.rulebook.wording import Phrasebook, facts_from_words, with_told_facts

__all__ = [
    "BANDS",
    "Assessment",
    "Assessor",
    "Band",
    "Eligibility",
    "Phrasebook",
    "Rulebook",
    "assess",
    "assess_all",
    "facts_from_words",
    "with_told_facts",
]
