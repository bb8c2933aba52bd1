"""Pairs of fictional people's names, made by hand: the same name in two spellings, and names that only look alike.

Each line holds two names with a bar between them. SAME pairs must meet, DIFFERENT pairs must not.
"""

from __future__ import annotations

_SAME = """
Naeem Barech | نعیم بریڅ
Naim Barich | Naeem Barech
Mohammad Karimi | محمد کریمی
Muhammad Kareemi | محمد كريمي
Mohamed Karimi | Mohammad Karimi
M. Karimi | Mohammad Karimi
Md Karimi | Mohammad Karimi
Ahmad Wardak | احمد وردک
Ahmed Wardag | Ahmad Wardak
Hussain Rezai | حسین رضایی
Hosein Rezaee | Hussain Rezaie
Hassan Noorzai | حسن نورزی
Hasan Nurzay | Hassan Noorzai
Hasan Noor Zai | حسن نورزی
Zahra Qureshi | زهرا قریشی
Zehra Quraishi | Zahra Qureshi
Fatima Ahmadi | فاطمه احمدی
Fatema Ahmady | Fatima Ahmadi
Fatemeh Ahmadi | فاطمة أحمدي
Abdul Rahman | عبدالرحمن
Abdurrahman | عبد الرحمن
Abd al-Rahman | Abdul Rahman
Abdulrahman | عبدالرحمان
Abdur Rahman Popal | Abdul Rahman Popal
Abdul Rahman Popal | عبدالرحمن پوپل
Abdullah Sharifi | عبدالله شریفی
Abdulla Shareefi | Abdullah Sharifi
Abd Allah Sharifi | عبد الله شریفی
Habibullah Stanikzai | حبیب الله ستانکزی
Habib Ullah Stanekzai | Habibullah Stanikzai
Habibollah | حبیب‌الله
Najmuddin Safi | نجم الدین ساپی
Najm al-Din Safi | نجم‌الدین صافی
Nooruddin Mangal | نورالدین منگل
Nur ud Din Mangal | Nooruddin Mangal
Salahuddin Zadran | صلاح الدین ځدران
Jadran Salahudin | Salahuddin Zadran
Yousuf Haidari | یوسف حیدری
Yusef Heydari | Yousuf Haidari
Ibrahim Yaqubi | ابراهیم یعقوبی
Ebrahim Yaqoobi | Ibrahim Yaqubi
Ismail Hashimi | اسماعیل هاشمی
Esmael Hashemi | اسمعیل هاشمی
Dawood Sultani | داود سلطانی
Daud Soltani | Dawud Sultani
Suleiman Nazari | سلیمان نظری
Solaiman Nazary | Sulaiman Nazari
Osman Ghani | عثمان غنی
Uthman Ghani | Usman Ghany
Omar Zakhilwal | عمر زاخیلوال
Omer Zakhelwal | Umar Zakhilwal
Mustafa Rasuli | مصطفی رسولی
Mostafa Rasooli | Mustafa Rasuli
Murtaza Amiri | مرتضی امیری
Morteza Ameeri | Murtaza Amiri
Musa Alizada | موسی علیزاده
Mousa Ali Zada | Musa Alizada
Alireza Jafari | علی رضا جعفری
Ali Reza Jaffari | Alireza Jafari
Mohammadzai Gul | Mohammad Zai Gul
Ghulam Nabi Azizi | غلام نبی عزیزی
Gholam Nabi Azizi | Ghulam Nabee Azizi
Mirwais Ahmadzai | میرویس احمدزی
Mir Wais Ahmadzay | Mirwais Ahmadzai
Nawid Faizi | نوید فیضی
Naveed Fayzi | Navid Faizi
Jawid Kohistani | جاوید کوهستانی
Jawed Kohestani | Javid Kohistani
Wahid Omari | وحید عمری
Vahid Omary | Waheed Omari
Zia Mahmoud | ضیا محمود
Ziya Masood | Zia Masoud
Qasim Mohseni | قاسم محسنی
Kasem Mohsini | Qasim Mohseni
Khadija Samadi | خدیجه صمدی
Khadijeh Samady | Khadija Samadi
Zainab Mosawi | زینب موسوی
Zeinab Musavi | Zaynab Mosawi
Maryam Sadat | مریم سادات
Mariam Sadaat | Maryam Sadat
Leila Rahmani | لیلا رحمانی
Laila Rahmany | Leyla Rahmani
Parwin Joya | پروین جویا
Parveen Joia | Parwin Joya
Shukria Wardak | شکریه وردک
Shokriya Wardag | Shukria Wardak
Spozhmai Wardak | سپوږمۍ وردک
Spogmai Wardak | Spozhmai Wardak
Palwasha Shinwari | پلوشه شینواری
Nargis Tokhi | نرگس توخی
Narges Tokhi | Nargis Tukhi
Khalid Payenda | خالد پاینده
Khaled Payanda | Khalid Payenda
Rashid Dostyar | رشید دوستیار
Rasheed Dostiyar | Rashid Dostyar
Qudratullah Hotak | قدرت الله هوتک
Qodrat Ullah Hotak | Qudratullah Hotak
Asadullah Sadiq | اسدالله صادق
Assadullah Sadeq | Asadullah Sadiq
Enayatullah Momand | عنایت‌الله مومند
Inayat Ullah Mohmand | Enayatullah Momand
Haji Mohammad Nabi | Mohammad Nabi
Dr Naser Rahimi | Nasir Rahimi
Mullah Akhtar Samim | Akhtar Samim
Sayed Jamal Hosseini | سید جمال حسینی
Syed Jamal Hussaini | Sayed Jamal Hosseini
Eng. Tariq Osmani | Tareq Usmani
Mawlawi Qalamuddin Zaher | قلم الدین ظاهر
Bashir Ahmad Tahiri | بشیراحمد طاهری
Basheer Ahmad Tahiri | Bashir Ahmed Taheri
Shir Mohammad Nasiri | شیرمحمد ناصری
Sher Mohammad Naseri | Shirmohammad Nasiri
Gul Agha Noorzai | گل آغا نورزی
Gulagha Nurzay | Gul Agha Noorzai
Karim son of Latif Sorosh | Karim Sorosh Latif
Naeem bin Karim Bareech | Naeem Karim Bareech
Barech Naeem | Naeem Barech
RAHIMI, Nasir | Nasir Rahimi
Zalmai Rassoul | زلمی رسول
Zalmay Rasool | Zalmai Rasul
Ruhullah Nikpa | روح الله نیکپا
Rohullah Nikpai | Ruhullah Nikpa
Tamim Ahmadyar | تمیم احمدیار
Humayun Latifi | همایون لطیفی
Homayoon Lateefi | Humayun Latifi
Ghazal Sharifyar | غزل شریفیار
Freshta Kohistani | فرشته کوهستانی
Fereshta Kohestani | Freshta Kohistani
Malalai Ishaqzai | ملالی اسحاقزی
Malalay Ishaqzay | Malalai Ishaqzai
Hekmatullah Shahbaz | حکمت الله شهباز
Hikmat Ullah Shahbaz | Hekmatullah Shahbaz
Faisal Dehqan | فیصل دهقان
Feisal Dehghan | Faisal Dehqan
Shafiq Hamdam | شفیق همدم
Shafique Hamdam | Shafiq Hamdam
Razia Sayar | رضیه سیار
Yahya Wiar | یحیی ویار
Isa Danesh | عیسی دانش
Eissa Danish | Isa Danesh
Farooq Wardak | فاروق وردک
Faruk Wardak | Farouq Wardak
Sibghatullah Sanjar | صبغت الله سنجر
Юсуф Рахими | Yusuf Rahimi
Nasratullah Haqpal | نصرت الله حقپال
Obaidullah Ramin | عبیدالله رامین
Ubaid Ullah Rameen | Obaidullah Ramin
Ramazan Bashardost | رمضان بشردوست
Ramadan Bashardoost | Ramazan Bashardost
Zakaria Mayar | زکریا معیار
Tooryalai Wesa | توریالی ویسا
Abdul Ghafoor Lewal | عبدالغفور لیوال
Abdulghafur Lewal | Abdul Ghafoor Lewal
Mohmmad Karimi | Mohammad Karimi
Hamidulah Farooqi | Hamidullah Farooqi
Stanikzia Naeem | Stanikzai Naeem
"""

_DIFFERENT = """
Karim Ahmadi | Karima Ahmadi
کریم احمدی | Karima Ahmadi
Hamid Rahimi | Hamida Rahimi
حمیده رحیمی | Hamid Rahimi
Najib Safi | Najiba Safi
Najib | نجیبه
Hassan Rezai | Hussain Rezai
حسن رضایی | Hussain Rezai
Hassan Rezai | حسین رضایی
Ahmad Wardak | Mahmud Wardak
احمد وردک | محمود وردک
Ahmad Wardak | Hamid Wardak
Ahmad Wardak | Hamed Wardak
Rahim Noori | Rahman Noori
رحیم نوری | Rahman Noori
Jamil Haidari | Jamal Haidari
Jamil Haidari | جمال حیدری
Jamil Haidari | Jamila Haidari
Salim Omari | Salma Omari
Salim Omari | Salman Omari
سلیم عمری | Salman Omari
Farid Amiri | Farida Amiri
فریده امیری | Farid Amiri
Nasir Hotak | Nasrin Hotak
Naser Hotak | نسرین هوتک
Nasir Hotak | Nasrullah Hotak
Jalal Azizi | Jamal Azizi
Kamal Azizi | Jamal Azizi
Karim Safi | Rahim Safi
Karim Safi | Akram Safi
کریم ساپی | اکرم ساپی
Rashid Mangal | Arshad Mangal
Majid Mangal | Amjad Mangal
Sharif Zadran | Ashraf Zadran
شریف ځدران | اشرف ځدران
Latif Zadran | Latifa Zadran
Aziz Popal | Aziza Popal
Habib Popal | Habiba Popal
حبیب پوپل | حبیبه پوپل
Wahid Popal | Wahida Popal
Majid Popal | Wahid Popal
Zahir Popal | Zahra Popal
Tahir Popal | Tahira Popal
Zaki Popal | Zakia Popal
Nabi Safi | Najib Safi
Ali Safi | Wali Safi
Omar Safi | Amir Safi
عمر کرزی | امیر کرزی
Omid Safi | Hamid Safi
Ahmad Karimi | Ahmad Rahimi
Mohammad Karimi | Mohammad Rahimi
محمد کریمی | محمد رحیمی
Mohammad Karimi | Mohammad Amiri
Mohammad Karimi | Ahmad Karimi
Mohammad Naeem | Mohammad Nasim
Mohammad Salim | Mohammad Halim
Abdul Rahman | Abdul Rahim
عبدالرحمن | عبدالرحیم
Abdul Karim | Abdul Hakim
Abdul Ghani | Abdul Ghafar
Abdul Qadir | Abdul Qayum
Abdul Wahid | Abdul Wahab
Abdullah Safi | Asadullah Safi
Habibullah Safi | Hamidullah Safi
Najibullah Safi | Habibullah Safi
Rahmatullah Safi | Nematullah Safi
Saifullah Safi | Samiullah Safi
Najmuddin Safi | Shamsuddin Safi
Nooruddin Safi | Nezamuddin Safi
Hafizullah Safi | Azizullah Safi
Amina Sadat | Amin Sadat
Samira Sadat | Amira Sadat
Zahra Sadat | Zohra Sadat
زهرا سادات | زهره سادات
Nadia Sadat | Nazia Sadat
Razia Sadat | Rabia Sadat
Shirin Sadat | Nasrin Sadat
Sima Sadat | Salma Sadat
Laila Sadat | Lida Sadat
Marzia Sadat | Maryam Sadat
Khalid Wesa | Khalil Wesa
خالد ویسا | خلیل ویسا
Asif Wesa | Arif Wesa
Asif Wesa | Yousuf Wesa
Tariq Wesa | Sadiq Wesa
Yaqub Wesa | Ayub Wesa
Yunus Wesa | Yasin Wesa
Musa Wesa | Isa Wesa
موسی ویسا | عیسی ویسا
Daud Wesa | Idris Wesa
Anwar Wesa | Omar Wesa
Akbar Wesa | Asghar Wesa
Jawid Wesa | Nawid Wesa
جاوید ویسا | نوید ویسا
Jawad Wesa | Jawid Wesa
Farhad Wesa | Faraidoon Wesa
Basir Wesa | Bashir Wesa
بصیر ویسا | بشیر ویسا
Nasir Wesa | Basir Wesa
Zabir Wesa | Sabir Wesa
Zubair Wesa | Jabar Wesa
Shafiq Wesa | Rafiq Wesa
Shafiq Wesa | Shafi Wesa
Munir Wesa | Amir Wesa
Murad Wesa | Murtaza Wesa
Masud Wesa | Mansur Wesa
مسعود ویسا | منصور ویسا
Qasim Wesa | Kazim Wesa
قاسم ویسا | کاظم ویسا
Hashim Wesa | Hakim Wesa
Hashim Wesa | Qasim Wesa
Haidar Wesa | Hamid Wesa
Sulaiman Wesa | Salman Wesa
Ismail Wesa | Islam Wesa
Iqbal Wesa | Bilal Wesa
Ehsan Wesa | Hassan Wesa
Wardak Naeem | Hotak Naeem
Nasir Noorzai | Nasir Barakzai
Nasir Mohammadzai | Nasir Ahmadzai
Nasir Yousufzai | Nasir Yousufi
Nasir Karimi | Nasir Karim Popalzai Hotak
Haji Mohammad Karim | Haji Mohammad Rahim
Sayed Jamal | Sayed Kamal
Dr Naeem Karimi | Dr Salim Karimi
Karimi | Karima
N. Karimi | Zahra Karimi
M. Karimi | Hussain Karimi
Gul Jan | Noor Khan
Mohammad Khan | Ahmad Khan
Zarmina Wafa | Zarghuna Wafa
Rukhsana Wafa | Roshan Wafa
Palwasha Wafa | Benafsha Wafa
Malalai Wafa | Gulalai Wafa
Storai Wafa | Zalmai Wafa
"""


def _pairs(lines: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.strip(), two.strip())
        for one, two in (line.split("|") for line in lines.strip().splitlines())
    )


SAME = _pairs(_SAME)
DIFFERENT = _pairs(_DIFFERENT)
