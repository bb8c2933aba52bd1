"""Pleas in pasted words: what is plain is told, each with its place in the text; all else stays in the words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st
from sheets_at_hand import ON, PROVINCES

from safeconduct.core.errors import PastedTooLong
from safeconduct.core.facts import Person, Relation, Sex
from safeconduct.sheets.pasted import LONGEST, Pasted, What, read_text


def told(text: str) -> Pasted:
    return read_text(text, on=ON, provinces=PROVINCES)


def people(text: str) -> tuple[Person, ...]:
    return told(text).plea.household.people


def marked(read: Pasted, what: str) -> list[tuple[str, str]]:
    """The parts of the text that were read as something, and their values."""
    return [
        (read.words[span.start : span.end], span.value) for span in read.spans if span.what == what
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call 0700 123 456 please", "+93700123456"),
        ("Call:+44 7700 900123.", "+447700900123"),
        ("شماره ۰۷۰۰۱۲۳۴۵۶", "+93700123456"),
        ("(0093) 700-123-456", "+93700123456"),
        ("07\u200b00 123\u202e 456", "+93700123456"),
        ("\u202a+93 700 123 456\u202c", "+93700123456"),
    ],
)
def test_a_telephone_is_told_and_is_nobodys_until_somebody_places_it(
    text: str, number: str
) -> None:
    read = told(text)
    assert [value for _, value in marked(read, "phone")] == [number]
    assert [span.value for span in read.loose if span.what == "phone"] == [number]
    assert read.plea.caller.phones == ()


@pytest.mark.parametrize(
    "text",
    [
        "on 15/08/2021",
        "room 12345678",
        "£20,000,000",
        "P01234567",
        "1400-0101-12345",
        "ref AB0700123456",
        "2021-08-15 06:12",
    ],
)
def test_other_numbers_are_no_telephones(text: str) -> None:
    assert marked(told(text), "phone") == []


@pytest.mark.parametrize(
    ("text", "what", "value"),
    [
        ("his passport is P01234567", "passport", "P01234567"),
        ("Passport No: O1234567", "passport", "O1234567"),
        ("passport number 123456789", "passport", "123456789"),
        ("پاسپورت نمبر ۱۲۳۴۵۶۷۸", "passport", "12345678"),
        ("tazkira 1400-0101-12345", "tazkira", "1400-0101-12345"),
        ("1400010112345", "tazkira", "1400010112345"),
        ("تذکره: ۱۴۰۰-۰۱۰۱-۱۲۳۴۵", "tazkira", "1400-0101-12345"),
        ("write to sara@example.org", "email", "sara@example.org"),
    ],
)
def test_papers_and_addresses_are_told_by_their_form_or_their_label(
    text: str, what: str, value: str
) -> None:
    assert [found for _, found in marked(told(text), what)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "passport expired 2019",
        "no passport",
        "passport applied for",
        "tazkira yes",
        "passport 0000000",
    ],
)
def test_words_beside_papers_are_no_numbers(text: str) -> None:
    read = told(text)
    assert marked(read, "passport") + marked(read, "tazkira") == []


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("We live in Kabul", "AF01"),
        ("they are hiding in kabul", "AF01"),
        ("She is now in Mazar-e Sharif.", "AF20"),
        ("Province: Herat", "AF24"),
        ("ولایت: هرات", "AF24"),
        ("فعلا در کابل هستیم", "AF01"),
        ("Address: Kabul, PD 5", "AF01"),
    ],
)
def test_where_they_are_is_told_where_the_words_say_so(text: str, province: str) -> None:
    assert told(text).plea.household.province == province


@pytest.mark.parametrize(
    "text",
    [
        "I worked in Herat",
        "we come from Kabul",
        "he used to live in Kabul",
        "we want to go to Kabul airport",
        "We live in Kabul\nnow in Herat",
        "they are not now in Kabul or in Herat",
    ],
)
def test_a_province_that_is_named_is_not_where_they_are(text: str) -> None:
    read = told(text)
    assert read.plea.household.province is None
    assert marked(read, "province")


def test_a_province_that_may_be_a_person_is_neither() -> None:
    class Farah:
        pcode, name, name_dari, spellings = "AF33", "Farah", "فراه", ()

    named = read_text("Farah is my sister", on=ON, provinces=(Farah(),))
    assert marked(named, "province") == []
    there = read_text("She lives in Farah", on=ON, provinces=(Farah(),))
    assert there.plea.household.province == "AF33"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("a family of 7", 7),
        ("We are a family of eight people.", 8),
        ("there are 6 of us", 6),
        ("We are 9 people", 9),
        ("Family size: 5", 5),
        ("ما ۷ نفر هستیم", 7),
        ("فامیل ۸ نفره", 8),
        ("تعداد فامیل: ۶", 6),
    ],
)
def test_the_size_of_a_family_is_told(text: str, size: int) -> None:
    assert told(text).plea.household.told_size == size


@pytest.mark.parametrize(
    "text",
    [
        "some of us",
        "one of us",
        "we are 7 km away",
        "a family of doctors",
        "family of 7. We are 9 people",
        "7 times",
        "we are 400 people",
    ],
)
def test_no_size_is_guessed(text: str) -> None:
    assert told(text).plea.household.told_size is None


@pytest.mark.parametrize("digits", ["፩", "፩፪", "\U00010a40\U00010a41"])
@pytest.mark.parametrize(
    "text",
    [
        "a family of {}",
        "{} of us",
        "Family size: {}",
        "Age: {}",
        "Born: Dec {}",
        "1. Ahmad Karimi, {} years",
        "Wife, wife and {} children",
    ],
)
def test_digits_of_other_scripts_stay_words(text: str, digits: str) -> None:
    read = told(text.format(digits))
    assert read.plea.household.told_size is None
    assert all(person.birth is None for person in read.plea.household.people)
    assert read.plea.household.words[0] == text.format(digits)


def test_a_footnote_behind_a_word_is_no_number() -> None:
    assert told("a family of ²³").plea.household.told_size is None


def test_labels_tell_of_one_person_after_another() -> None:
    read = told(
        "Name: Karim Azimi\nFather's name: Hassan\nDOB: 15/3/1980\nSex: male\nPhone: 0799 111 222\n"
        "Passport: P01234567\nOccupation: interpreter for the army\n\nName: Laila Azimi\nRelation: wife\nAge: 34"
    )
    karim, laila = read.plea.household.people
    assert (karim.given_name, karim.father_name, karim.sex) == ("Karim Azimi", "Hassan", Sex.MALE)
    assert karim.birth is not None
    assert str(karim.birth.earliest) == "1980-03-15"
    assert (karim.phones, karim.passport) == (("+93799111222",), "P01234567")
    assert karim.words == ("work: interpreter for the army",)
    assert (laila.relation, laila.sex, laila.father_name) == (Relation.SPOUSE, Sex.FEMALE, None)
    assert {span.person for span in read.spans} == {"draft-1", "draft-2"}
    assert read.loose == ()


def test_labels_in_dari_on_one_line_are_told() -> None:
    (zahra,) = people("نام: زهرا، نام پدر: کریم، سن: ۳۴")
    assert (zahra.native_name, zahra.father_name, zahra.birth is not None) == ("زهرا", "کریم", True)


@pytest.mark.parametrize(
    "text",
    [
        "Name: Ahmad\nName: Ahmad",
        "Name: Ahmad\nنام: کریم",
        "Name: Ahmad\nDOB: 1980\nDOB: 2001",
        "Relation: son\nRelation: son",
        "First name: Ahmad\nSurname: Karimi\nFirst name: Omar\nSurname: Karimi",
        "Name: Ahmad, Name: Omar",
    ],
)
def test_two_are_never_made_one(text: str) -> None:
    assert len(people(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "First name: Ahmad\nSurname: Karimi",
        "Name: Ahmad Karimi\nName in Dari: احمد کریمی",
        "Name: Ahmad\nDOB: 1987\nAge: 34",
        "DOB: 1987\nName: Ahmad",
    ],
)
def test_one_is_not_made_two(text: str) -> None:
    assert len(people(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Name: unknown",
        "Name: see below",
        "DOB: 31/31/1990",
        "Sex: ?",
        "Phone: no",
        "Name:",
        "Name: my whole family",
        "Father: Karim",
        "Subject: Name",
        "Ref: Ahmad",
        "http://name:80/x",
    ],
)
def test_a_label_without_a_value_of_its_kind_tells_nobody(text: str) -> None:
    assert people(text) == ()


@pytest.mark.parametrize(
    ("text", "name", "relation", "father"),
    [
        ("wife Zahra 34", "Zahra", Relation.SPOUSE, None),
        ("- my wife Zahra, 34", "Zahra", Relation.SPOUSE, None),
        ("2- Ahmad s/o Karim, 1987", "Ahmad", None, "Karim"),
        ("3) Omar son of Karim Azimi (12)", "Omar", None, "Karim Azimi"),
        ("my son Omar, 12", "Omar", Relation.CHILD, None),
        ("Wife: Zahra (34)", "Zahra", Relation.SPOUSE, None),
        ("1. Laila, daughter, 9", "Laila", Relation.CHILD, None),
        ("brother Omar", "Omar", Relation.SIBLING, None),
        ("Ahmad, 34", "Ahmad", None, None),
    ],
)
def test_a_line_of_the_family_is_a_person(
    text: str, name: str, relation: Relation | None, father: str | None
) -> None:
    (person,) = people(text)
    assert (person.given_name, person.relation, person.father_name) == (name, relation, father)


@pytest.mark.parametrize("text", ["خانم زهرا ۳۴", "پسر: احمد، ۱۲ ساله"])
def test_a_line_of_the_family_in_dari_is_a_person(text: str) -> None:
    (person,) = people(text)
    assert person.native_name
    assert person.relation
    assert person.birth


def test_a_member_without_a_name_counts_too() -> None:
    (son,) = people("Son 12")
    assert (son.given_name, son.relation) == (None, Relation.CHILD)


def test_a_number_in_the_line_of_a_member_is_theirs() -> None:
    read = told("brother Omar, 30, 0700 123 456")
    (omar,) = read.plea.household.people
    assert (omar.given_name, omar.phones, omar.birth is not None) == (
        "Omar",
        ("+93700123456",),
        True,
    )
    assert read.loose == ()


@pytest.mark.parametrize(
    "text",
    [
        "Please help us",
        "wife zahra 34",
        "Father: Karim",
        "Room 34",
        "London 2021",
        "brother Omar said they will come",
        "my father was killed in 2019",
        "mother is sick",
        "wife and 4 children",
        "Thanks Omar",
        "Kabul 15",
        "Flight 33",
        "Page 2",
        "Ahmad",
        "his friend Omar",
        "Ahmad and family",
        "My brother and his wife",
        "Best regards, Sara",
        "15 August 2021",
        "مادرم مریض است",
        "sister city Herat",
    ],
)
def test_a_line_that_is_not_plain_is_nobody(text: str) -> None:
    assert people(text) == ()


CHAT = "[15/08/2021, 06:12] Omid Rahimi: Salam\n[16/08/2021, 07:00:11] Omid Rahimi: wife Zahra 34\nson Omar, 12"


@pytest.mark.parametrize(
    "text",
    [
        CHAT,
        CHAT.replace("[", "\u200e[").replace("] ", "] ~ "),
        "15/08/2021, 06:12 - Omid Rahimi: Salam\n16/08/2021, 07:00 - Omid Rahimi: wife Zahra 34\nson Omar, 12",
        "15.08.21, 06:12 - Omid Rahimi: Salam\n16.08.21, 07:00 - Omid Rahimi: wife Zahra 34\nson Omar, 12",
        "[8/15/21, 6:12:00\u202fAM] Omid Rahimi: H\n[8/16/21, 7:00\u202fAM] Omid Rahimi: wife Zahra 34\r\nson Omar, 12",
        "[۱۵/۰۸/۲۰۲۱, ۰۶:۱۲] Omid Rahimi: Salam\n[۱۶/۰۸/۲۰۲۱, ۰۷:۰۰] Omid Rahimi: wife Zahra 34\nson Omar, 12",
    ],
    ids=["iPhone", "hidden marks", "Android", "dots", "American", "Dari digits"],
)
def test_a_chat_tells_its_sender_its_first_day_and_its_people(text: str) -> None:
    plea = told(text).plea
    assert (plea.caller.name, str(plea.received_on)) == ("Omid Rahimi", "2021-08-15")
    assert [person.given_name for person in plea.household.people] == ["Zahra", "Omar"]


def test_a_sender_without_a_name_is_known_by_the_number() -> None:
    caller = told("[15/08/2021, 06:12] \u202a+44 7700 900123\u202c: help").plea.caller
    assert (caller.name, caller.phones) == (None, ("+447700900123",))


def test_of_several_senders_nobody_is_taken_for_the_caller() -> None:
    read = told(CHAT + "\n[16/08/2021, 08:00] Sara Azimi: who is this?")
    assert read.plea.caller.name is None
    assert [value for _, value in marked(read, What.SENDER)] == [
        "Omid Rahimi",
        "Omid Rahimi",
        "Sara Azimi",
    ]
    assert any("Several people" in sentence for sentence in read.noticed)


def test_a_day_that_can_be_read_two_ways_is_not_told() -> None:
    assert told("[03/05/2021, 06:12] Omid: hi").plea.received_on is None


def test_a_letter_tells_its_sender_and_its_day() -> None:
    read = told(
        "From: Sara Azimi <sara@example.org>\nTo: help@office.example\nDate: Sun, 15 Aug 2021 06:12:00 +0430\n"
        "Subject: Name: Nobody\n\nName: Karim Azimi"
    )
    caller = read.plea.caller
    assert (caller.name, caller.email) == ("Sara Azimi", "sara@example.org")
    assert str(read.plea.received_on) == "2021-08-15"
    assert [person.given_name for person in read.plea.household.people] == ["Karim Azimi"]
    assert not any("office" in span.value for span in read.spans)


def test_two_letters_of_two_senders_tell_no_caller() -> None:
    read = told("From: Sara <sara@example.org>\nhello\nFrom: omid@example.org\nhi")
    assert read.plea.caller.email is None


# --- hostile text ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "sign",
    [
        "\u202e",
        "\u202a",
        "\u2066",
        "\u2069",
        "\u200b",
        "\u200f",
        "\ufeff",
        "\u00ad",
        "\0",
        "\x1b",
        "\ud800",
        "\U000e0041",
        "\u2028x\u202e",
    ],
)
def test_signs_that_nobody_sees_are_told_and_shown(sign: str) -> None:
    read = told(f"wife Zah{sign[-1]}ra 34")
    hidden = [span for span in read.spans if span.what == What.HIDDEN]
    assert [(span.start, span.end) for span in hidden] == [(8, 9)]
    assert hidden[0].value.startswith(f"U+{ord(sign[-1]):04X}")
    shown = "".join(piece.text for piece in read.pieces())
    assert sign[-1] not in shown
    assert f"⟨U+{ord(sign[-1]):04X}⟩" in shown
    assert [person.given_name for person in read.plea.household.people] == ["Zahra"]
    assert any("not seen" in sentence for sentence in read.noticed)


def test_the_joiner_that_dari_is_spelt_with_is_no_hidden_sign() -> None:
    assert told("می\u200cخواهم").noticed == ()


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/C calc'!A0",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "'; DROP TABLE cases;--",
        "%s %d {0}",
        "\\u202e",
    ],
)
def test_text_that_is_meant_for_machines_is_text(text: str) -> None:
    read = told(text)
    assert read.plea.household.words == (text,)
    assert "".join(piece.text for piece in read.pieces()) == text


def test_an_oversized_text_is_refused_whole() -> None:
    assert told("x" * LONGEST).words
    with pytest.raises(PastedTooLong, match=str(LONGEST)):
        told("x" * (LONGEST + 1))


def test_nothing_told_is_nothing_read() -> None:
    read = told("")
    assert (read.spans, read.plea.household.words, list(read.pieces())) == ((), (), [])


PARTS = st.sampled_from(
    [
        "Name: ", "نام: ", "wife ", "Zahra", "34", "\n", "\r\n", ", ", "s/o ", "0700 123 456", "+44 7700 900123",
        "Kabul", "in ", "we live ",
        "[15/08/2021, 06:12] ", "Omid: ", "From: a@b.org", "passport P01234567", "1400-0101-12345", "family of 7",
        "\u202e", "\u200b", "۱۲", "زهرا",
        "Relation: son", "DOB: 1987", "- ", "2) ", "(", ")", ":", "\ud800", "\x00", " ", "é", "e\u0301", "ﷲ",
        "²", "\u2029",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(PARTS, max_size=14).map("".join)))
def test_every_letter_stays_in_the_words_and_every_value_has_its_place(text: str) -> None:
    read = told(text)
    assert read.words == text
    assert read.plea.household.words[:1] == ((text,) if text else ())
    for span in read.spans:
        assert 0 <= span.start < span.end <= len(text)
        if span.what in {What.SENDER, "full_name", "father_name", "occupation"}:
            kept = {sign for sign in span.value if sign.isascii() and sign.isalpha()}
            assert kept <= set(text[span.start : span.end])
    assert list(read.spans) == sorted(read.spans)
    assert set(read.loose) <= set(read.spans)
    ids = {person.person_id for person in read.plea.household.people}
    assert {span.person for span in read.spans} - {None} <= ids
    pieces = list(read.pieces())
    hidden = [span for span in read.spans if span.what == What.HIDDEN]
    shown = "".join(piece.text for piece in pieces)
    assert len(shown) == len(text) + sum(
        len(f"⟨U+{ord(text[span.start]):04X}⟩") - 1 for span in hidden
    )
    assert {span for piece in pieces for span in piece.spans} == set(read.spans)
