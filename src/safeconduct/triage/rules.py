"""Which rulebook counts in an office: the one that ships with the operation, or one that a coordinator put in force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from safeconduct.cases.wording import operation
from safeconduct.core.errors import RulesAltered
from safeconduct.core.rulebook import Rulebook
from safeconduct.packs.rulebook_text import digest_of, read_rulebook
from safeconduct.triage.models import LoadedRules, RulesInForce

CALLED = "the rulebook"  # what messages call a text that a member gave


@dataclass(frozen=True, slots=True)
class Rules:
    """A rulebook ready to be asked. `version` is a short digest of its text."""

    rulebook: Rulebook
    version: str
    name: str


def rules_for(office: str) -> Rules:
    """The rulebook in force in an office. Raises RulesAltered where its text is not the one that was loaded."""
    newest = in_force(office)
    return shipped_rules() if newest is None or newest.loaded is None else rules_of(newest.loaded)


def in_force(office: str) -> RulesInForce | None:
    """Since when, by whom, and why; None: the shipped one, of which nobody has decided."""
    rows = RulesInForce.objects.filter(office=office).select_related("loaded", "by", "office")
    return rows.order_by("-since", "-id").first()


def version_in_force(office: str) -> str:
    """Its version, whether or not its text is still as it was loaded."""
    newest = in_force(office)
    shipped = newest is None or newest.loaded is None
    return shipped_rules().version if shipped or newest is None else newest.version


def is_readable(office: str) -> bool:
    """Whether the text in force is as it was loaded: else another is put in force without comparing."""
    newest = in_force(office)
    loaded = newest.loaded if newest else None
    return loaded is None or digest_of(loaded.text) == loaded.version


def shipped_rules() -> Rules:
    rulebook = operation().rulebook
    return Rules(rulebook, rulebook.version, operation().name)


def rules_of(loaded: LoadedRules) -> Rules:
    """Raises RulesAltered: whoever may write into the database is not thereby whoever makes the rules."""
    if digest_of(loaded.text) != loaded.version:
        raise RulesAltered(version=loaded.version)
    return Rules(_read(loaded.text), loaded.version, loaded.name)


def rules_by(office: str, version: str) -> Rules | None:
    """A rulebook that this office has, by its version; None where there is none."""
    if version == shipped_rules().version:
        return shipped_rules()
    loaded = LoadedRules.objects.filter(office=office, version=version).first()
    return rules_of(loaded) if loaded else None


@lru_cache(maxsize=16)
def _read(text: str) -> Rulebook:
    return read_rulebook(text, called=CALLED, schemes=[each.code for each in operation().schemes])
