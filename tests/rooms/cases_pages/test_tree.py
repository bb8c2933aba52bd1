"""The household as a tree: everybody is in it once, drawn from what was told and from nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, strategies as st

from safeconduct.cases.entries import Person
from safeconduct.cases.reading import Kept
from safeconduct.cases.views.tree import Family, Leaf, Tree, tree_of
from safeconduct.core.answers import Answer
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Relation

ON = date(2021, 8, 15)
AT = datetime(2021, 8, 15, tzinfo=UTC)


def household(*told: tuple[str, Relation | None, int | None]) -> list[Kept[Person]]:
    return [
        Kept(
            f"E{number}",
            1,
            Person(
                given_name=name,
                relation=relation,
                birth=UncertainDate.of_year(born) if born else None,
            ),
            AT,
            "M1",
        )
        for number, (name, relation, born) in enumerate(told)
    ]


def leaves_of(tree: Tree) -> list[Leaf]:
    def within(family: Family) -> list[Leaf]:
        return [*family.pair, *(leaf for each in family.below for leaf in within(each))]

    found = [leaf for family in tree.families for leaf in within(family)]
    return [*found, *tree.aside, *tree.unplaced]


def names(leaves) -> list[str]:
    return [leaf.kept.says.given_name for leaf in leaves]


def test_three_generations():
    people = household(
        ("Omid", Relation.CHILD, 2012),
        ("Maryam", Relation.PRINCIPAL, 1987),
        ("Laila", Relation.CHILD, 2009),
        ("Nargis", Relation.CHILD, None),
        ("Jawad", Relation.SPOUSE, 1980),
        ("Farid", Relation.SIBLING, 1999),
        ("Bibi", Relation.PARENT, 1951),
        ("Rahim", None, None),
        ("Zia", Relation.NOT_RELATED, None),
    )
    tree = tree_of(people, size=11, on=ON)
    (top,) = tree.families
    own, sibling = top.below
    assert names(top.pair) == ["Bibi"]
    assert names(own.pair) == ["Maryam", "Jawad"]
    assert [names(each.pair) for each in own.below] == [["Laila"], ["Omid"], ["Nargis"]]
    assert names(sibling.pair) == ["Farid"]
    assert (names(tree.unplaced), names(tree.aside)) == (["Rahim"], ["Zia"])
    assert tree.unnamed == 2


def test_a_principal_whom_nobody_named_is_asked_for_and_not_guessed():
    tree = tree_of(
        household(("Jawad", Relation.SPOUSE, 1980), ("Omid", Relation.CHILD, 2012)),
        size=None,
        on=ON,
    )
    (own,) = tree.families
    assert own.asked
    assert names(own.pair) == ["Jawad"]
    assert tree_of(household(("Rahim", None, 1980)), size=1, on=ON).families == []


def test_an_infant_is_marked_and_one_who_may_be_is_asked_about():
    told = household(
        ("Surely", Relation.CHILD, 2021),
        ("Perhaps", Relation.CHILD, 2019),
        ("No", Relation.CHILD, 2012),
        ("Who knows", Relation.CHILD, None),
    )
    found = {
        leaf.kept.says.given_name: leaf.infant for leaf in leaves_of(tree_of(told, size=4, on=ON))
    }
    unknown = Answer.UNKNOWN
    assert found == {
        "Surely": Answer.YES, "Perhaps": unknown, "No": Answer.NO, "Who knows": unknown
    }  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.just("x"), st.none() | st.sampled_from(Relation), st.none() | st.integers(1930, 2021)
        ),
        max_size=14,
    ),
    st.none() | st.integers(1, 20),
)
def test_everybody_is_in_it_once_and_everybody_counts(told, size):
    people = household(*told)
    tree = tree_of(people, size=size, on=ON)
    assert sorted(leaf.kept.code for leaf in leaves_of(tree)) == sorted(p.code for p in people)
    assert len(people) + tree.unnamed >= (size or 0)
