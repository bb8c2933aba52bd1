"""Write the translations of the desk's words anew: src/safeconduct/locale. How a speaker reviews: docs/translating.md.

.venv/bin/python scripts/write_translations.py            after words changed: the catalogues, and what is reviewed
.venv/bin/python scripts/write_translations.py --check    writes nothing; says what is out of step or not translated
.venv/bin/python scripts/write_translations.py --missing prs           what has no translation yet, as JSON
.venv/bin/python scripts/write_translations.py --take prs made.json    takes {sentence: translation} made by a machine;
                                                  for a plural, [one, several]. What a speaker reviewed stays as it is

Words are found in templates ({% translate %}, {% blocktranslate %}) by Django's own parser, in Python (gettext and its
kin, under whatever name a module imports them) by Python's own, among the fixed words that are stored in English
(states, deeds, roles), in the catalogue of errors, and among the few sentences of Django's that a form may say.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from importlib import import_module
from itertools import chain
from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings
from django.template import Engine, Template
from django.template.base import Node
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "safeconduct"
LOCALE = SOURCE / "locale"
LANGUAGES = {"prs": "Dari", "ps": "Pashto"}
BY_MACHINE = "machine-made, not yet reviewed by a speaker"
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"

# Rooms below those with pages whose refusals a page may show, by their module in core/errors.
REFUSALS = "people cases exports papers vault sheets intake matching triage judgements".split()
# The places of a refusal that are filled in with words of ours.
FILLED_IN = {"what", "how"}
# Enumerations that are stored in English and shown through the filter `in_words`, by their value and their label.
FIXED_WORDS = (
    "safeconduct.cases.models:State",
    "safeconduct.cases.models:Ground",
    "safeconduct.cases.purposes:Purpose",
    "safeconduct.exports.consents:LeftOut",
    "safeconduct.exports.models:Form",
    "safeconduct.exports.models:Purpose",
    "safeconduct.exports.states:Stand",
    "safeconduct.intake.models:End",
    "safeconduct.intake.models:State",
    "safeconduct.jobs.models:State",
    "safeconduct.journal.deeds:Deed",
    "safeconduct.people.models:Role",
)
# Tables and words of their own that are told in English: whatever text stands in them, however deep.
WORD_TABLES = (
    "safeconduct.core.dates.problem:_SENTENCES",
    "safeconduct.core.linkage.apart:BIRTHS_APART",
    "safeconduct.core.linkage.apart:DIFFERENT_FATHER",
    "safeconduct.core.linkage.apart:DIFFERENT_GIVEN",
    "safeconduct.core.linkage.apart:DIFFERENT_PASSPORT",
    "safeconduct.core.linkage.apart:DIFFERENT_SEX",
    "safeconduct.core.linkage.apart:DIFFERENT_TAZKIRA",
    "safeconduct.core.linkage.apart:GENERATION",
    "safeconduct.core.linkage.apart:ONE_HOUSEHOLD",
    "safeconduct.core.linkage.apart:PARENT",
    "safeconduct.core.linkage.evidence:_OTHERS",
    "safeconduct.core.linkage.evidence:_WORDS",
    "safeconduct.core.rulebook.sentences:_BY_RELATION",
    "safeconduct.core.rulebook.sentences:_GIRL_OR_BOY",
    "safeconduct.core.rulebook.sentences:_NOT_TOLD",
    "safeconduct.core.rulebook.sentences:_OF_THE_FAMILY",
    "safeconduct.sheets.container:SAVE_AS",
    "safeconduct.sheets.fields:FIELDS",
    "safeconduct.sheets.kobo_sheets:A_FORM",
    "safeconduct.sheets.kobo_sheets:NO_EXPORT",
    "safeconduct.sheets.reasons:SENTENCES",
)
# What core/linkage/evidence composes of a few words, whole.
EVIDENCE = (
    "names agree",
    "names agree across scripts",
    "names nearly agree",
    "names nearly agree across scripts",
    "names differ",
    "father's names differ",
    "father's names agree only in part",
    "father's names agree",
    "same passport number",
    "same tazkira number",
    "same tazkira number of an old office, which others may have too",
    "same other number",
    "passport numbers one slip apart",
    "tazkira numbers one slip apart",
    "other numbers one slip apart",
    "passport numbers differ",
    "tazkira numbers differ",
    "other numbers differ",
    "same day of birth",
    "births may be the same day",
    "births agree as far as they are known, to the year or better",
    "days of birth differ as a slip of the pen does",
    "births lie about a year apart",
    "births lie within a year",
)
# Operations that ship: their rulebook's words are shown through `rule_sentence` and its kin of cases/wording.py.
PACKS = ("afghanistan-2021",)
# Django has no Dari, and its Pashto is not whole.
DJANGO_SAYS: tuple[str | tuple[str, str], ...] = (
    "This field is required.",
    "Enter a whole number.",
    "Enter a valid date.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Ensure this value is less than or equal to %(limit_value)s.",
    "Ensure this value is greater than or equal to %(limit_value)s.",
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    "Null characters are not allowed.",
    "The submitted file is empty.",
    "No file was submitted. Check the encoding type on the form.",
)
_SINGULAR = {"gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[A-Za-z_]*\}|</?[a-z]+[^>]*>")

Said = tuple[str, str]  # a sentence and its plural; "" where it has none


def said_everywhere() -> dict[Said, list[str]]:
    """Every sentence to translate, with the files where it stands, in the order of reading."""
    found: dict[Said, list[str]] = {}
    finders = (
        _templates,
        _modules,
        _fixed_words,
        _tables,
        _packs,
        _refusals,
        _fillings,
        _django,
    )
    for said, where in chain.from_iterable(find() for find in finders):
        files = found.setdefault(said, [])
        if where not in files:
            files.append(where)
    for one, several in [each for each in found if each[1]]:
        # gettext knows a sentence once: said alone as well, it is the plural's singular.
        files = found.pop((one, ""), [])
        found[one, several] += [file for file in files if file not in found[one, several]]
    return found


# --- where words stand -----------------------------------------------------------


def _templates() -> Iterator[tuple[Said, str]]:
    engine = Engine.get_default()
    for room in apps.get_app_configs():
        folder = Path(room.path) / "templates"
        if not folder.is_relative_to(SOURCE):
            continue
        for path in sorted(folder.rglob("*.html")):
            template = Template(path.read_text("utf-8"), engine=engine)
            for node in _nodes(template.nodelist):
                if said := _said_by(node):
                    yield said, _named(path)


def _nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        for name in getattr(node, "child_nodelists", ()):
            yield from _nodes(getattr(node, name, None) or ())
        for _condition, inner in getattr(node, "conditions_nodelists", ()):
            yield from _nodes(inner)


def _said_by(node: Node) -> Said | None:
    if isinstance(node, TranslateNode):
        told = getattr(node.filter_expression.var, "literal", None)
        return (told.replace("%", "%%"), "") if isinstance(told, str) else None
    if isinstance(node, BlockTranslateNode):
        one = node.render_token_list(node.singular)[0]
        several = node.render_token_list(node.plural)[0] if node.plural else ""
        return one, several
    return None


def _modules() -> Iterator[tuple[Said, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        if "django.utils.translation" not in text:
            continue
        tree = ast.parse(text)
        names = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for alias in node.names
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            called = names.get(node.func.id)
            wanted = 2 if called in _PLURAL else 1 if called in _SINGULAR else 0
            texts = [word.value for word in node.args[:wanted] if isinstance(word, ast.Constant)]
            if wanted and len(texts) == wanted:
                yield (texts[0], texts[1] if wanted == 2 else ""), _named(path)


def _fixed_words() -> Iterator[tuple[Said, str]]:
    for address in FIXED_WORDS:
        module, name = address.split(":")
        kind: type[Enum] = getattr(import_module(module), name)
        for each in kind:
            label = str(getattr(each, "label", each.value))
            # Django makes a label of the constant's name where there is none; then the value is the word.
            made = each.name.replace("_", " ").title()
            where = module.removeprefix("safeconduct.").replace(".", "/") + ".py"
            yield (str(each.value) if label == made else label, ""), where


def _tables() -> Iterator[tuple[Said, str]]:
    for address in WORD_TABLES:
        module, name = address.split(":")
        for text in _texts(getattr(import_module(module), name)):
            yield (text, ""), module.removeprefix("safeconduct.").replace(".", "/") + ".py"
    for text in EVIDENCE:
        yield (text, ""), "core/linkage/evidence.py"
    for column in import_module("safeconduct.exports.files.columns").COLUMNS:
        yield (column.heading, ""), "exports/files/columns.py"
    for kind in import_module("safeconduct.sheets.reasons").SENTENCES:
        yield (kind, ""), "sheets/reasons.py"
    for _way, label in import_module("safeconduct.intake.models").WAYS:
        yield (label, ""), "intake/models.py"


def _texts(words: object) -> Iterator[str]:
    if isinstance(words, str):
        yield from (words,) if words else ()
    elif isinstance(words, Mapping):
        yield from chain.from_iterable(map(_texts, words.values()))
    elif isinstance(words, Iterable):
        yield from chain.from_iterable(map(_texts, words))


def _packs() -> Iterator[tuple[Said, str]]:
    """What is asked, what may be answered, why a rule holds: templates too, their places filled in afterwards."""
    load = import_module("safeconduct.packs").load
    derived = import_module("safeconduct.core.rulebook.known").DERIVED_FACTS
    for pack in PACKS:
        operation = load(pack)
        rulebook = operation.rulebook
        for kind in (*rulebook.facts.values(), *derived.values()):
            for text in (kind.question, kind.label, *kind.words.values()):
                yield (text, ""), f"packs/{pack}"
        for rule in rulebook.rules:
            for text in (rule.title, rule.reason, rule.reason_not, rule.reason_unless):
                if text:
                    yield (text, ""), f"packs/{pack}"
        for scheme in operation.schemes:
            yield (scheme.name, ""), f"packs/{pack}"
        for extra in rulebook.points.extra:
            yield (extra.title, ""), f"packs/{pack}"


def _refusals() -> Iterator[tuple[Said, str]]:
    errors = import_module("safeconduct.core.errors.refused")
    for room in REFUSALS:
        path = SOURCE / "core" / "errors" / f"{room}.py"
        if not path.exists():
            continue
        module = import_module(f"safeconduct.core.errors.{room}")
        for kind in vars(module).values():
            if (
                isinstance(kind, type)
                and issubclass(kind, errors.Refused)
                and kind.__module__ == module.__name__
            ):
                for text in (kind.says, kind.mend):
                    if kind.code and text:
                        yield (text, ""), _named(path)


def _django() -> Iterator[tuple[Said, str]]:
    for said in DJANGO_SAYS:
        yield (said if isinstance(said, tuple) else (said, "")), "django"


def _fillings() -> Iterator[tuple[Said, str]]:
    """What a refusal of a sheet is filled in with, where it stands written out, and the formats that are not read."""
    for path in sorted((SOURCE / "sheets").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for value in _filled_in(node):
                if isinstance(value, ast.Constant) and value.value:
                    yield (str(value.value), ""), _named(path)


def _filled_in(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.keyword) and node.arg in FILLED_IN:
        return [node.value]
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Stranger"
    ):
        return node.args
    return []


def _named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


# --- the catalogues -------------------------------------------------------------------


def written(language: str) -> polib.POFile:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def made(language: str, said: dict[Said, list[str]], taken: dict[str, object]) -> polib.POFile:
    """The catalogue as it ought to be: every sentence that is said, with what was translated so far."""
    known = {(entry.msgid, entry.msgid_plural): entry for entry in written(language)}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Safeconduct",
        "Language": language,
        "Language-Team": LANGUAGES[language],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS,
    }
    for (one, several), files in said.items():
        entry = known.get((one, several)) or polib.POEntry(msgid=one, msgid_plural=several)
        fresh = taken.get(one)
        if fresh is not None and (is_by_machine(entry) or not is_translated(entry)):
            _fill(entry, fresh)
        entry.occurrences = [(file, "") for file in files]
        entry.flags = []
        if not is_translated(entry):
            entry.tcomment = ""
        catalogue.append(entry)
    return catalogue


def _fill(entry: polib.POEntry, fresh: object) -> None:
    if entry.msgid_plural:
        forms = fresh if isinstance(fresh, list) else [fresh, fresh]
        entry.msgstr_plural = {number: str(form) for number, form in enumerate(forms)}
    else:
        entry.msgstr = str(fresh[0] if isinstance(fresh, list) else fresh)
    entry.tcomment = BY_MACHINE


def is_translated(entry: polib.POEntry) -> bool:
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return bool(texts) and all(texts)


def is_by_machine(entry: polib.POEntry) -> bool:
    return BY_MACHINE in entry.tcomment


def reviewed(catalogues: dict[str, polib.POFile]) -> str:
    """What the foot of a page tells, as JSON."""
    told = {
        language: {
            "reviewed": sum(is_translated(each) and not is_by_machine(each) for each in catalogue),
            "all": len(catalogue),
        }
        for language, catalogue in catalogues.items()
    }
    return json.dumps(told, indent=1) + "\n"


def compiled(catalogue: polib.POFile) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "django.mo"
        catalogue.save_as_mofile(str(path))
        return path.read_bytes()


# --- what is out of step ------------------------------------------------------------------


def out_of_step() -> list[str]:
    """What must be mended; a sentence that is not translated yet is none of it."""
    said = said_everywhere()
    catalogues = {language: written(language) for language in LANGUAGES}
    told = []
    for language, catalogue in catalogues.items():
        for entry in catalogue:
            if (entry.msgid, entry.msgid_plural) not in said:
                told.append(f"{language}: nothing says this any more: {entry.msgid!r}")
            told += [f"{language}: {wrong}" for wrong in wrong_in(entry)]
        path = LOCALE / language / "LC_MESSAGES" / "django.mo"
        if not path.exists() or path.read_bytes() != compiled(catalogue):
            told.append(f"{language}: django.mo is not made of django.po")
    path = LOCALE / "reviewed.json"
    if not path.exists() or path.read_text("utf-8") != reviewed(catalogues):
        told.append("reviewed.json does not tell what the catalogues hold")
    return told


def wrong_in(entry: polib.POEntry) -> Iterator[str]:
    """A translation must name the same things, in the same marks, and keep the line's ends."""
    if not is_translated(entry):
        return
    pairs = [(entry.msgid, entry.msgstr)]
    if entry.msgid_plural:
        # "One case" may leave its number out, in any language.
        pairs = [(entry.msgid_plural, entry.msgstr_plural[1])]
        spare = set(_marks(entry.msgstr_plural[0])) - set(_marks(entry.msgid_plural))
        if spare:
            yield f"{entry.msgid!r} has {sorted(spare)} in its singular, which nothing fills"
    for there, here in pairs:
        if _marks(there) != _marks(here):
            yield f"{there!r} has {_marks(there)}, its translation {_marks(here)}"
        if there[:1].isspace() != here[:1].isspace() or there[-1:].isspace() != here[-1:].isspace():
            yield f"{there!r} begins or ends with a space, its translation does not, or the other way"


def _marks(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


def not_translated(language: str, said: dict[Said, list[str]]) -> list[Said]:
    known = {(each.msgid, each.msgid_plural) for each in written(language) if is_translated(each)}
    return [each for each in said if each not in known]


def _write(taken: dict[str, dict[str, object]]) -> None:
    said = said_everywhere()
    catalogues = {language: made(language, said, taken.get(language, {})) for language in LANGUAGES}
    for language, catalogue in catalogues.items():
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(folder / "django.po"))
        (folder / "django.mo").write_bytes(compiled(written(language)))
    (LOCALE / "reviewed.json").write_text(reviewed(catalogues), "utf-8")


def main(words: list[str]) -> int:
    if words[:1] == ["--missing"]:
        missing = not_translated(words[1], said_everywhere())
        print(
            json.dumps(
                [list(each) if each[1] else each[0] for each in missing],
                ensure_ascii=False,
                indent=0,
            )
        )
        return 0
    if words[:1] == ["--take"]:
        _write({words[1]: json.loads(Path(words[2]).read_text("utf-8"))})
    elif not words:
        _write({})
    elif words != ["--check"]:
        print(__doc__)
        return 2
    said = said_everywhere()
    for language, name in LANGUAGES.items():
        missing = len(not_translated(language, said))
        print(
            f"{name}: {len(said) - missing} of {len(said)} sentences translated, {missing} are not"
        )
    wrong = out_of_step()
    print("\n".join(wrong) or "everything is in step")
    return 1 if wrong else 0


if not settings.configured:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeconduct.config.settings")
    django.setup()

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
