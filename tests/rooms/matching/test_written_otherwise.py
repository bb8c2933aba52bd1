"""Side by side, what is one name in other letters is told so; what contradicts stands out, and nothing else does."""

from __future__ import annotations

import pytest

from safeconduct.matching.rows import alike_otherwise


@pytest.mark.parametrize(
    ("field", "one", "two", "alike"),
    [
        ("father_name", "قربان علی", "Qurban Ali", True),
        ("given_name", "Yousuf", "Yusof", True),
        ("father_name", "Qurban Ali", "Mirwais", False),
        ("given_name", "Zahra", "Zarmina", False),
        ("tazkira", "۱۴۰۰-۰۰۰۰-۱۱۲۸۰", "1400 0000 11280", True),
        ("passport", "P1234567", "P7654321", False),
        ("nationality", "Afghan", "afghan", True),
    ],
)
def test_written_otherwise_or_contradicting(field: str, one: str, two: str, alike: bool):
    assert alike_otherwise(field, one, two) is alike
