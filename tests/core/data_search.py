"""Fictional people as their papers have them, and what somebody who looks for one may type, made by hand.

Each line: names | father ("" where not told) | what is typed, several with a bar between them.
"""

from __future__ import annotations

_PEOPLE = """
Zahra Ahmadi | Karim | Zahera Ahmady | زهرا احمدی | Zehra Ahm | Захра Ахмади
محمد ظاهر نوابی | عبدالکریم | Mohammad Zaher Nawabi | Mohamad Zahir Navabi | Muhammad Zaheer Nawa
Ahmad Shekib Popalzai | Karim Dad | احمد شکیب پوپلزی | Ahmed Shakib Popalzay | Shekib s/o Karim Dad
نجیب الله ستانکزی | رحمت الله | Najibullah Stanekzai | Najeeb Ullah Stanikzay | Najibullah s/o Rahmatullah
Gul Makai Barakzai | Sher Agha | گل مکی بارکزی | Gulmakai Barakzay | Gul Makay Barak
عبدالبصیر قانع | محمد انور | Abdul Basir Qane | Abdulbaseer Qani | Abd al-Basir Qaneh
Khatera Darwazi | Faizullah | خاطره دروازی | Khatira Darwazi | Хотира Дарвози
ذبیح‌الله مومند | حبیب الله | Zabihullah Momand | Zabiullah Mohmand | Zabihollah Moh
Parwin Shinwari | Gul Rahman | پروین شینواری | Parveen Shinwary | Parvin Shinvari
شمس الدین لودین | غلام محی الدین | Shamsuddin Lodin | Shams ud-Din Loodin | Shamsudin Lod
Yalda Mosawi | Sayed Hashim | یلدا موسوی | Yalda Musavi | Yeldah Mousawi
خوشحال خټک | زرغون | Khushal Khattak | Khoshhal Khatak | Хушҳол Хатак
Mirwais Naderpoor | Ghulam Dastagir | میرویس نادرپور | Mir Wais Naderpur | Mirwaiss Naderpoor
فرشته حیدری زاده | اسدالله | Fereshta Haidarizada | Fershta Heydarizadeh | Fereshteh Haidari
Lutfurrahman Saidkhili | Aminullah | لطف الرحمن سیدخیلی | Lotf ur Rahman Saidkhili | Lutf al-Rahman Sayedkhili
ښایسته منگل | ځلمی | Shaista Mangal | Khaista Mangal | Shaysta Mang
Ghulam Sakhi Rezayar | Mohammad Ewaz | غلام سخی رضایار | Gholam Sakhi Rezayar | Golam Saki Rezayar
وحید الله څرخی | گل محمد | Wahidullah Charkhi | Waheed Ullah Tsarkhi | Vahidullah Charkhy
Somaya Qaderdan | Abdul Qader | سمیه قادردان | Sumaya Qadirdan | Soomaya Ghaderdan
میر ویس اڅکزی | عبدالرازق | Mirwais Achakzai | Meerwais Atsakzai | Mirvais Achekzay
Tahmina Bamyani | Mohammad Juma | تهمینه بامیانی | Tahmineh Bamiani | Тахмина Бамиёни
ابو بکر جلالزی | شیر محمد | Abubakr Jalalzai | Abu Bakr Jalalzay | Abobakar Jalal
Umm Kulthum Farahmand | Rostam | ام کلثوم فرهمند | Omm Kolsum Farahmand | Umkulsum Farahmand
حشمت نورستانی | عبدالوکیل | Hashmat Nuristani | Heshmat Nooristani | H. Nuristani s/o Abdul Wakil
"""


def people() -> list[tuple[str, str, tuple[str, ...]]]:
    """Names, father and the queries of each."""
    told = [[cell.strip() for cell in line.split("|")] for line in _PEOPLE.strip().splitlines()]
    return [(names, father, tuple(queries)) for names, father, *queries in told]
