"""The words a date or an age is written with, in English, Dari and Pashto. Read by core/dates."""

from __future__ import annotations

from safeconduct.core.plain_text import plain


def _listed(table: str) -> dict[str, int]:
    """Each line's words, in plain form, with the line's number from 1."""
    lines = table.strip().splitlines()
    return {plain(word): n for n, line in enumerate(lines, start=1) for word in line.split()}


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(word) for word in text.split())


GREGORIAN_MONTHS = _listed("""
jan january januari جنوری جنوري ژانویه
feb febr february فبروری فبروري فوریه
mar march مارچ مارس
apr april اپریل اپریل آوریل
may می مئی مې مه
jun june جون ژوئن
jul july جولای جولايي ژوئیه
aug august اگست آگست اوت
sep sept september سپتمبر سپتامبر سپټمبر
oct october اکتوبر اکتبر اکټوبر
nov november نومبر نوامبر
dec december دسمبر دسامبر ډسمبر
""")

# Dari, Iranian and Pashto names of the same twelve months, and their usual Latin spellings.
HIJRI_MONTHS = _listed("""
hamal حمل فروردین وری wray farvardin
sawr saur sowr thawr thaur sour ثور اردیبهشت غویی غوایی ghwayay ordibehesht
jawza jauza jowza jawzah جوزا خرداد غبرګولی ghbargolay khordad
saratan sartan سرطان تیر چنګاښ چنگاښ changakh tir
asad اسد مرداد زمری زمرې zmaray mordad
sonbola sunbula sonbula sunbola sonbolah sombola سنبله شهریور وږی wazhay shahrivar
mizan meezan میزان مهر تله tala mehr
aqrab aqrob akrab عقرب آبان لړم laram aban
qaws qaus qows qavs قوس آذر لیندۍ lindai azar
jadi jady jaddi جدی دی مرغومی marghumay dey
dalw dalv dalwa dalu دلو بهمن سلواغه salwagha bahman
hut hoot حوت اسفند کب kab esfand
""")

# Words that stand beside a date and change nothing: ordinals, weekdays, the calendar's own name.
BESIDE = _words("""
st nd rd th of the on in born year dob ad ce ap ah sh hs shamsi hijri solar gregorian date birth or یا
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat
سال ماه روز تاریخ تولد متولد مورخ هجری شمسی خورشیدی میلادی ه ش هش م ع کال نېټه
""")
ABOUT = _words("""
c ca circa approx approximate approximately about around roughly est estimated maybe probably
perhaps حدود تقریبا حدودا تقریباً شاید شاوخوا
""")

# No single letters but y: "35 M" is as likely a man of 35 as a child of 35 months.
_UNITS = {
    "years": "years year yrs yr y yo yro سال ساله سالگی کال کلن کلنه کاله",
    "months": "months month mths mth mos mo ماه ماهه میاشتې میاشت میاشتني",
    "weeks": "weeks week wks wk هفته هفتې اونۍ",
    "days": "days day روز روزه ورځ ورځې ورځو",
}
AGE_UNITS = {word: unit for unit, words in _UNITS.items() for word in _words(words)}
BESIDE_AGE = _words("age aged old is of and at just now o s only baby infant سن عمر و دارد to تا")
NEWBORN = _words("newborn نوزاد")
SAYS_AGE = _words("age aged old سن عمر")
