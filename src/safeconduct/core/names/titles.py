"""Words that stand in names without being a name, or that are sometimes one: they weigh little or nothing.

ASSUMPTION: the lists and weights were written by hand for this project.
"""

from __future__ import annotations

# Titles and honorifics. Sayed, Khan, Jan, Shah, Mir and Gul are often names: they stand in `common` instead.
TITLES = frozenset(
    """
    mullah mulla mula molla mullo ملا haji hajji hajee hadji alhaj alhaji hajj حاجی الحاج حاج
    ustad ostad ustaz ustadh استاد استاذ doctor dr daktar doktor داکتر دکتر دوکتور eng engr
    engineer enginer injinir انجنیر انجینیر مهندس mr mrs ms miss mister madam sir qari qaree
    qare قاری mawlawi maulvi mawlavi moulavi maulavi molavi mowlawi مولوی mawlana maulana
    molana مولانا agha aqa agah آغا آقا اقا اغا bibi بیبی janab jenab جناب begum baigum بیگم
    khanum khanom خانم shaikh sheikh shaykh shekh شیخ karbalai karbalayi کربلایی mashhadi مشهدی
    general gen جنرال ژنرال colonel col capt captain major sgt lt commander qomandan قومندان
    malik malek ملک khalifa خلیفه pir پیر akhund akhond آخوند اخوند prof professor
    پروفیسور judge qazi قاضی مرحوم شهید marhum mawlavizada زوی سیده sayeda sayida syeda الشیخ
    السید الدکتور cheikh sheik seyh scheich sheykh molah mollah mola mufti مفتی ayatollah ayatullah
    ایت‌الله imam امام emir prince princess king queen pope president lord lady saint allama علامه
    ملکه الملک البابا الرییس شاهزاده الامیر mian میاں
    """.split()
)
TITLE_WEIGHT = 0.15
# Khan, Jan and Sayed as honours: names often enough to count for something.
HALF_TITLES = frozenset(
    ("khan jan jaan khaan sayed sayyed said syed sayid sayyid خان جان سید").split()
)
HALF_TITLE_WEIGHT = 0.25

# Words that say whose child someone is. Dropped where anything else stands.
PATRONYMICS = frozenset(
    """
    bin ben ibn bint binti wald walad weld wld valad son daughter of ebn aka alias nee
    بن ابن بنت ولد فرزند پسر دختر زوجه بنتی ولدیت
    """.split()
)
PARTICLES = frozenset(
    """
    de del della delle di da das do dos du des van von vom zu zur der den ter ten la le los las af av
    فان فون دی دا دو دل دیل دوس دوس فن ون دلا
    """.split()
)
PARTICLE_WEIGHT = 0.2

ARTICLES = frozenset(("al", "el", "ul", "ال"))
# "Abd al-Rahman" is spoken Abdur-Rahman: the article takes on the letter that follows.
ASSIMILATED = frozenset(
    "ar as ad at an az ash ur us ud ut un uz ush er es ed et en ez esh or os od on oz".split()
)

ABBREVIATIONS = {
    "md": "mohammad", "mhd": "mohammad", "mohd": "mohammad", "muhd": "mohammad", "moh": "mohammad",
    "mohm": "mohammad", "ghm": "ghulam", "abd": "abdul", "syd": "sayed",
}  # fmt: skip

# Arabic-script names that begin with ال as part of the name, not with the article.
OWN_AL = frozenset("الیاس الهام الماس الهه الناز المیرا الفت الیزا الیار التاف".split())
