"""No number that shapes a fictional caseload hides in the code: each stands in `assumed`, and in distributions.csv."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal import caseload
from safeconduct.rehearsal.caseload import assumed, files

FOLDER = Path(caseload.__file__).parent
MODULES = sorted(path.name for path in FOLDER.glob("*.py") if path.name != "assumed.py")

COUNTING = {0, 1}
"""Places, steps and nothing: they weigh nobody. As weights they are even, or leave out."""

# Numbers that are no assumption about people, with what each is. Nothing else may stand in a module.
ALLOWED: Mapping[str, Mapping[float, str]] = {
    "dates.py": {10: "letters of a date", 7: "letters", 6: "letters", 4: "letters", 3: "letters", 2: "half, words"},
    "families.py": {32: "numbers kept for the people of a family"},
    "kin.py": {18: "of age, as the law has it", 364: "days of a year after its first"},
    "naming.py": {2: "names in a name: one beside the main one"},
    "numbers.py": {
        100: "lines of an American area", 1000: "lines of a British range", 201: "first area", 990: "after the last",
        10: "a digit", 11: "areas of services", 9: "a digit", 6_180_339: "step", 61_803_399: "step",
        381_966_011: "step", 10_507: "step", 38_561: "step", 9_999_998: "telephones", 100_000_000: "passports",
        1_000_000_000: "tazkiras",
    },
    "papers.py": {2: "telephones kept for a person"},
    "sheets.py": {2: "the second file of a name"},
    "simulating.py": {500: "families between two words of progress"},
    "slips.py": {2: "the next key's end", 9: "other digits", 10: "digits"},
    "told_births.py": {12: "months", 31: "the last of December"},
}  # fmt: skip


def tree_of(name: str) -> ast.Module:
    return ast.parse((FOLDER / name).read_text(encoding="utf-8"))


def number_of(node: ast.AST) -> float | None:
    """The number that is written here; None where none is."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return None if isinstance(node.value, bool) else node.value
    return None


def numbers_in(tree: ast.AST) -> Iterator[float]:
    found = (number_of(node) for node in ast.walk(tree))
    return (number for number in found if number is not None)


def hidden_in(tree: ast.AST) -> list[str]:
    """Draws by a number or a list that is written where it is drawn, and weights that fall by no power of ours."""
    taken = {each.name for node in ast.walk(tree) for each in imported(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of = node.args[0]
            by_number = node.func.attr == "chance" and number_of(of) is not None
            by_list = node.func.attr == "pick" and isinstance(of, ast.Tuple | ast.List)
            if by_number or by_list:
                found.append(ast.unparse(node))
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Div)
            and number_of(node.left) is not None
        ):
            names = {each.id for each in ast.walk(node.right) if isinstance(each, ast.Name)}
            if not names & taken:
                found.append(ast.unparse(node))
    return found


def imported(node: ast.AST) -> list[ast.alias]:
    """What is taken from `assumed`."""
    if isinstance(node, ast.ImportFrom) and node.module == assumed.__name__:
        return node.names
    return []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_no_number_of_its_own_but_those_allowed(name: str):
    known = COUNTING | set(ALLOWED.get(name, {}))
    assert sorted(set(numbers_in(tree_of(name))) - known) == []
    assert hidden_in(tree_of(name)) == []


def test_nothing_is_allowed_that_no_module_has():
    spare = {
        (name, number)
        for name, allowed in ALLOWED.items()
        for number in set(allowed) - set(numbers_in(tree_of(name)))
    }
    assert spare == set()


@pytest.mark.parametrize("code", ["dice.chance(0)", "dice.pick((-1, 1))", "1 / place", "1 / 3"])
def test_a_hidden_weight_would_be_seen(code: str):
    assert hidden_in(ast.parse(code)) == [ast.unparse(ast.parse(code))]


def told_names() -> list[str]:
    return [each.name for each in (*assumed.NUMBERS, *assumed.DRAWS)]


def constants() -> dict[str, object]:
    told = {"NUMBERS", "DRAWS", "OURS"}
    return {
        name: value
        for name, value in vars(assumed).items()
        if name.isupper() and len(name) > 1 and name not in told
    }


def test_every_number_assumed_is_one_that_the_code_takes():
    taken = {
        each.name for name in MODULES for node in ast.walk(tree_of(name)) for each in imported(node)
    }
    assert set(constants()) - taken == set()


def test_every_number_assumed_is_told_under_its_own_name():
    told = {each.name.upper(): each.value for each in assumed.NUMBERS}
    found = {name: value for name, value in constants().items() if not isinstance(value, tuple)}
    assert told == found
    lists = {tuple(map(str, value)) for value in constants().values() if isinstance(value, tuple)}
    assert lists <= {tuple(draw.choices) for draw in assumed.DRAWS}


def test_everything_assumed_stands_in_the_file_of_distributions_with_a_sentence():
    nothing = CaseloadModel(names=(), profiles=(), distributions={}, rates={}, arrivals=())
    rows = [
        dict(zip(files.DISTRIBUTIONS_COLUMNS, row, strict=True))
        for row in files.distribution_rows(nothing)
    ]
    assert {row["name"] for row in rows} == set(told_names())
    assert len(set(told_names())) == len(told_names())
    for row in rows:
        assert (row["kind"], row["source"], row["verified"]) == ("in the code", "assumption", "no")
        assert isinstance(row["value"], int | float)
        assert str(row["what"]).endswith("."), row
        assert len(str(row["what"])) > 20, row
