"""A rulebook as one text, as an office keeps its own: the three parts of a rulebook's folder under three headings.

    facts:    what stands in facts.yaml
    rules:    what stands in the *.rules.yaml files, one after the other
    points:   what stands in points.yaml

The words in sheets by which facts are known (phrases.csv) stay those of the operation.
"""

from __future__ import annotations

import string
import textwrap
from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Final

from safeconduct.core.errors import RulesTextUnfit, RuleWithoutScheme
from safeconduct.core.rulebook.rules import Rulebook
from safeconduct.packs.folders import folder_of
from safeconduct.packs.located import did_you_mean
from safeconduct.packs.reading import read_text, yaml_in
from safeconduct.packs.rulebook import Folder, files_ending, rulebook_from

LARGEST: Final = 1_000_000  # bytes: the shipped one has 75 kB
MOST_RULES: Final = 2_000
_PARTS: Final = ("facts", "rules", "points")
_DIGITS: Final = 16


def digest_of(text: str) -> str:
    """What a text is known by: 16 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def read_rulebook(text: str, *, called: str, schemes: Collection[str]) -> Rulebook:
    """The rulebook of a text, checked as a pack's is; `schemes` are those that its rules may speak of.

    Raises RulesTextUnfit for a text that is too long or holds what no sentence may, RuleWithoutScheme, and what
    `load_rulebook` raises: each names the line and the mend.
    """
    _check_size(text)
    parts = yaml_in(text, called).fields(_PARTS, required=_PARTS, of="a rulebook")
    rulebook = rulebook_from(
        parts["facts"], [parts["rules"]], parts["points"], version=digest_of(text), shown=called
    )
    if len(rulebook.rules) > MOST_RULES:
        raise RulesTextUnfit(
            problem=f"it has more than {MOST_RULES} rules",
            advice="Put rules that differ in one value into one, with any_of.",
        )
    for rule in rulebook.rules:
        if rule.scheme is not None and rule.scheme not in schemes:
            advice = did_you_mean(rule.scheme, schemes, what="The operation's schemes are")
            raise RuleWithoutScheme(
                folder=called, rule=rule.rule_id, found=rule.scheme, advice=advice
            )
        for sentence in (rule.reason, rule.reason_not, rule.reason_unless):
            if any(_is_dressed(sentence)):
                raise RulesTextUnfit(
                    problem=f"a sentence of the rule '{rule.rule_id}' says how a value is to be set out",
                    advice="Write the name alone between the braces: {who}, not {who:>20} or {who!r}.",
                )
    return rulebook


def as_text(pack: str) -> str:
    """The rulebook of a shipped pack as one such text, to begin one's own from."""
    folder = folder_of(pack) / "rulebook"
    return "\n".join(_laid_out(folder)) + "\n"


def _laid_out(folder: Folder) -> Iterator[str]:
    rules = files_ending(folder, ".rules.yaml")
    for heading, files in zip(
        _PARTS, ([folder / "facts.yaml"], rules, [folder / "points.yaml"]), strict=True
    ):
        yield f"{heading}:"
        yield from (textwrap.indent(read_text(file).rstrip("\n"), "  ") for file in files)


def _check_size(text: str) -> None:
    if len(text.encode(errors="surrogatepass")) > LARGEST:
        raise RulesTextUnfit(
            problem=f"it is over {LARGEST // 1_000_000} MB",
            advice="A rulebook is written by hand and is shorter. Check that this is the right file.",
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise RulesTextUnfit(
            problem="it holds halves of letters, which come from a broken copy",
            advice="Copy the text once more, or choose the file itself.",
        ) from None
    if "\0" in text:
        raise RulesTextUnfit(
            problem="it is not a text", advice="Choose the YAML file itself, saved as UTF-8."
        )


def _is_dressed(sentence: str) -> Iterator[bool]:
    """A width or a conversion beside a place: {who:>999999999} would fill the memory with spaces."""
    for _, _, spec, conversion in string.Formatter().parse(sentence):
        yield bool(spec) or bool(conversion)
