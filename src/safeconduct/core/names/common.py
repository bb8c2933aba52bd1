"""Common names of Afghan people as families of spellings, in three groups of rarity.

ASSUMPTION. The families and their groups were written by hand for this project from general knowledge of how
these names are spelled; no register was counted. A list long enough to learn from says better how rare a name
is (`core/linkage/name_scores` counts it). One line is one name; spellings in one line are the same name,
spellings in two lines are two names, unless one spelling stands in both (Hamid may be حامد or حمید).
"""

from __future__ import annotations

from safeconduct.core.names.common_elsewhere import ELSEWHERE

# Half of all men carry one of these somewhere: sharing one says next to nothing.
EVERYWHERE = """
mohammad muhammad mohammed muhammed mohamed mohamad muhamad mohamud mohd muhd mohmmad mohammd mehmed mohamet محمد
ahmad ahmed ahmat ahmmad احمد
ali aly علی
abdul abdel abdal abd عبد
gul gol گل
khan خان
jan jaan جان
shah sha shaah شاه
ghulam gholam ghulaam golam غلام
mir meer میر
sayed sayyed said syed sayid sayyid سید
sher shir شیر
noor nur nour نور
bibi bebe بیبی
"""

# Names that a list of a thousand holds several times.
COMMON = """
abdullah abdollah abdulla abdallah عبدالله عبداله
hussain husain hosein hossein hussein husein hossain hosain hussin husayn houssein houcine hussien husseyn hüseyin حسین
hassan hasan حسن
karim kareem karem کریم
rahim raheem rahem رحیم
rahman rehman rahmaan rahmon رحمان رحمن
rahmat rehmat رحمت
hamid hameed حمید
hamed hamid حامد
aziz azeez azez عزیز
latif lateef لطیف
majid majeed مجید
wahid waheed vahid وحید
saeed said sayeed saied saeid سعید
naeem naim nayeem nayim naem نعیم
salim saleem selim سلیم
salem salim سالم
jamil jameel جمیل
jamal jamaal gamal جمال
jalal jalaal جلال
kamal kamaal کمال
nasir naser nasser nassir ناصر
naseer nasir نصیر
nasrullah nasrollah nasrallah نصرالله
nasrat nosrat nusrat نصرت
nasratullah nosratullah نصرت‌الله
najib najeeb نجیب
najibullah najeebullah najibollah نجیب‌الله
habib habeeb حبیب
habibullah habibollah حبیب‌الله
rashid rasheed رشید
rashed rashid راشد
farid fareed فرید
zia ziya ضیا ضیاء
ziaullah ziyaullah ضیا‌الله ضیاءالله
ziaulhaq ضیاالحق ضیاءالحق
omid omeed umid umeed امید
nawid navid naweed navaid naveed نوید
jawid javid jawed javed jaweed جاوید
jawad javad jawaad جواد
reza raza riza rezaa رضا
mahdi mehdi mahdee مهدی
qasim qasem kasem qassem ghasem قاسم
kazim kazem kadhim کاظم
ibrahim ebrahim abrahim ibraheem ابراهیم
ishaq eshaq ishaaq اسحاق اسحق
ismail esmail ismael esmael ismaeel اسماعیل اسمعیل
yousuf yusuf yousef yosuf yusef yousof yosof یوسف
yaqub yaqoob yaqoub yaghoub یعقوب
younus yunus yonus younis yunis younas یونس
musa moosa mousa mosa موسی موسا
isa eisa essa عیسی
daud dawood dawud daoud dawod داود داوود
sulaiman soleiman suleman solaiman sulayman سلیمان
haroon harun haron هارون
omar umar omer عمر
osman usman othman uthman عثمان
akbar اکبر
asghar اصغر
ashraf اشرف
akram اکرم
aslam اسلم
anwar anvar انور
azam aazam اعظم
amin ameen امین
amir ameer امیر
aman amaan امان
amanullah amanollah امان‌الله
asad assad اسد
asadullah asadollah اسدالله
sharif shareef شریف
shafiq shafeeq shafique شفیق
rafi rafee رفیع
rafiq rafeeq رفیق
rafiullah rafiollah رفیع‌الله
hafiz hafeez حفیظ حافظ
hafizullah hafeezullah حفیظ‌الله
hakim hakeem حکیم
halim haleem حلیم
haidar hayder haider heydar حیدر
mahmud mahmood mahmoud mahmod محمود
masud masood massoud masoud masod مسعود
mansur mansoor mansour منصور
mustafa mostafa mustapha مصطفی
murtaza morteza murtada mortaza مرتضی
mujtaba mojtaba مجتبی
nabi nabee نبی
rasul rasool rasoul رسول
sadiq sadeq sadegh صادق
salman سلمان
samad صمد
sami samee سمیع
samiullah samiollah سمیع‌الله
sardar سردار
tahir taher طاهر
tariq tareq طارق
wali vali walee ولی
yahya yahia یحیی
zahir zaher ظاهر
zaman zamaan زمان
qadir qader قادر
qayum qayoom qayyum قیوم
ghafar ghaffar gaffar غفار
ghani gani غنی
jabar jabbar جبار
sabur saboor صبور
satar sattar ستار
shakur shakoor شکور
fazel fazil fazl فاضل فضل
fatima fatema fatemeh fatimah fatma fateme فاطمه
zahra zehra زهرا
maryam mariam mariyam مریم
zainab zaynab zeinab zaineb زینب
khadija khadijeh khadeja خدیجه
aisha ayesha aysha عایشه
amina amena aamina ameena امینه آمنه
sakina sakena sakineh سکینه
masuma masooma masoma massouma معصومه
leila laila layla leyla لیلا لیلی
nargis narges nargas نرگس
parwin parveen parvin parwen پروین
shukria shokria shukriya شکریه
nazia nazya نازیه
fawzia fauzia fouzia فوزیه
farida fareeda فریده
hamida hameeda حمیده
karima kareema کریمه
latifa lateefa لطیفه
najiba najeeba نجیبه
rahima raheema رحیمه
jamila jameela جمیله
salima saleema سلیمه
salma سلما سلمی
aziza azeeza عزیزه
habiba habeeba حبیبه
sharifa shareefa شریفه
nasrin nasreen نسرین
roya roia رویا
sahar سحر
soraya suraya soraia ثریا
zarghuna zarghoona زرغونه
malalai malalay ملالی
gulalai گلالی
"""

# Names that most lists hold, a few times in a thousand.
KNOWN = """
mirwais mirways mirwis میرویس
wais ways weis ویس
sherzad shirzad شیرزاد
khalid khaled خالد
khalil khaleel خلیل
khalilullah khalilollah خلیل‌الله
arif aref عارف
asif asef آصف
atiq ateeq عتیق
atiqullah عتیق‌الله
ataullah عطاالله عطاءالله
baryalai baryalay بریالی
basir baseer بصیر
bashir basheer بشیر
bilal belal بلال
bismillah besmellah بسم‌الله
ehsan ihsan احسان
ehsanullah ihsanullah احسان‌الله
elyas ilyas elias الیاس
edris idris idrees ادریس
enayat inayat عنایت
enayatullah inayatullah عنایت‌الله
esmatullah ismatullah asmatullah عصمت‌الله
faisal faysal feisal فیصل
faiz fayz فیض
farhad فرهاد
faruq farooq farouq farouk فاروق
fahim faheem فهیم
gulab golab گلاب
hekmat hikmat حکمت
hekmatullah hikmatullah حکمت‌الله
hashmat heshmat حشمت
hashmatullah حشمت‌الله
hedayat hidayat هدایت
hedayatullah hidayatullah هدایت‌الله
homayun humayun homayoon humayoon همایون
iqbal eqbal اقبال
islam eslam اسلام
jafar jaffar jafer جعفر
khairullah khairollah خیرالله
khoshal khushal خوشحال
lal laal لعل
matiullah مطیع‌الله
mubarak mobarak مبارک
munir moneer monir منیر
murad morad مراد
nader nadir نادر
naqib naqeeb نقیب
naqibullah نقیب‌الله
nematullah nimatullah neamatullah نعمت‌الله
nezam nizam نظام
nezamuddin nizamuddin نظام‌الدین
najmuddin najmudin نجم‌الدین
salahuddin salahudin صلاح‌الدین
shamsuddin shamsudin شمس‌الدین
fakhruddin فخرالدین
qutbuddin قطب‌الدین
nooruddin nuruddin نورالدین
obaid ubaid عبید
obaidullah ubaidullah عبیدالله
pacha padsha پاچا پادشاه
qudrat qodrat قدرت
qudratullah قدرت‌الله
rahmatullah rehmatullah رحمت‌الله
ruhullah rohullah روح‌الله
saifullah سیف‌الله
sanaullah ثناالله
sabir saber صابر
sayfuddin saifuddin سیف‌الدین
shafi shafee شفیع
shafiullah شفیع‌الله
shaheen shahin شاهین
shamsullah شمس‌الله
shoaib shuaib شعیب
sibghatullah صبغت‌الله
sohrab suhrab سهراب
sultan soltan سلطان
tamim tameem تمیم
timur taimoor taimur تیمور
wafa وفا
wakil wakeel وکیل
yasin yaseen یاسین
yama یما
zabi zabihullah zabiullah ذبیح‌الله
zakir zaker ذاکر
zalmai zalmay زلمی
zubair zobair زبیر
anisa aneesa انیسه
arezo arezu arzoo آرزو
atifa atefa عاطفه
basira baseera بصیره
benafsha banafsha بنفشه
farzana فرزانه
freshta fereshta fareshta فرشته
frozan forozan فروزان
ghazal غزل
hosna husna حسنا
humaira homaira حمیرا
hanifa haneefa حنیفه
khatera khatira خاطره
lida leda لیدا
lina leena لینا
mahbuba mahbooba محبوبه
marzia marzieh مرضیه
mina meena مینا
mursal morsal مرسل
mustaqim مستقیم
nadia nadya نادیه نادیا
naheed nahid ناهید
najia najeya ناجیه
nilofar nilufar niloofar نیلوفر
palwasha پلوشه
rabia rabea رابعه
razia razieh رضیه راضیه
rukhsana roksana رخسانه
sadaf صدف
safia safiya صفیه
samira sameera سمیرا
sediqa siddiqa sidiqa صدیقه
setara sitara ستاره
shabnam شبنم
shaima shayma شیما
shirin shireen شیرین
shugufa shogofa شگوفه
sima seema سیما
spozhmai spogmai spozhmay سپوږمۍ
storai storay ستوری
tahira tahera طاهره
tamana tamanna تمنا
tamara تمارا
wahida waheeda وحیده
wazhma wajma وژمه
yalda یلدا
yasamin yasmin یاسمین
zakia zakiya ذکیه
zarifa zareefa ظریفه
zohra zuhra زهره
karzai karzay کرزی
ahmadzai ahmadzay احمدزی
noorzai nurzai nurzay نورزی
popal popalzai پوپلزی
barakzai بارکزی
mohammadi محمدی
ahmadi احمدی
karimi کریمی
rahimi رحیمی
hussaini hosseini husaini حسینی
hassani حسنی
rezai rezaee rezaie رضایی
mohseni محسنی
haidari haideri heydari حیدری
amiri امیری
azizi عزیزی
wardak وردک
stanikzai stanekzai ستانکزی
safi ساپی صافی
rahmani رحمانی
sharifi شریفی
qureshi quraishi qoreshi قریشی
hashimi hashemi هاشمی
alizada alizadeh علیزاده
mohammadzai محمدزی
ishaqzai eshaqzai ishaqzay اسحاقزی
yousufzai yusufzai یوسفزی
sultani soltani سلطانی
nazari نظری
noori nuri نوری
sadat سادات
faizi فیضی
habibi حبیبی
jafari جعفری
ibrahimi ebrahimi ابراهیمی
akbari اکبری
rasuli rasooli رسولی
yaqubi yaqoobi یعقوبی
yousufi yousofi یوسفی
osmani usmani عثمانی
omari عمری
qasimi qasemi قاسمی
sadiqi seddiqi sediqi صدیقی صادقی
salehi صالحی
naseri ناصری
mangal منگل
zadran jadran ځدران
shinwari شینواری
afridi apridi افریدی
mohmand momand مومند مهمند
tajik تاجک
hazara هزاره
uzbek ازبک
barech barich bareech بریڅ بریخ
"""

# What a name that half of all men bear says where it is shared.
EVERYWHERE_WEIGHT = 0.4
# How much sharing a name of each group says, against a name that stands in none (1).
GROUP_WEIGHTS = ((EVERYWHERE, EVERYWHERE_WEIGHT), (COMMON, 0.7), (KNOWN, 0.9), (ELSEWHERE, 0.75))
