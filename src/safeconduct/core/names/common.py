"""Common names of Afghan people as families of spellings, in three groups of rarity.

ASSUMPTION. The families and their groups were written by hand for this project from general knowledge of how
these names are spelled; no register was counted. A list long enough to learn from says better how rare a name
is (`core/linkage/name_scores` counts it). One line is one name; spellings in one line are the same name,
spellings in two lines are two names, unless one spelling stands in both (Hamid may be حامد or حمید).
"""

from __future__ import annotations

from safeconduct.core.names.common_elsewhere import ELSEWHERE
from safeconduct.core.names.common_family import KNOWN_FAMILY
from safeconduct.core.names.common_known import KNOWN_GIVEN

__all__ = ["COMMON", "ELSEWHERE", "EVERYWHERE", "EVERYWHERE_WEIGHT", "GROUP_WEIGHTS", "KNOWN"]

# Half of all men carry one of these somewhere: sharing one says next to nothing.
EVERYWHERE = """
mohammad muhammad mohammed muhammed mohamed mohamad muhamad mohamud mohd muhd mohmmad mehmed maxamed mamadou محمد
ahmad ahmed ahmat ahmmad axmed achmad achmed احمد
ali aly alli cali علی
abdul abdel abdal abd عبد
gul gol گل
khan خان
jan jaan جان
shah sha shaah شاه
ghulam gholam ghulaam golam غلام
mir meer میر
sayed sayyed said syed sayid sayyid سید
sher shir شیر
noor nur nour nuur نور
bibi bebe بیبی
"""

# Names that a list of a thousand holds several times.
COMMON = """
abdullah abdollah abdulla abdallah عبدالله عبداله
hussain husain hosein hossein hussein husein hossain hosain hussin husayn houssein houcine hussien xuseen hüseyin حسین
hassan hasan xasan hassane haszan حسن
karim kareem karem کریم
rahim raheem rahem رحیم
rahman rehman rahmaan rahmon رحمان رحمن
rahmat rehmat رحمت
hamid hameed hamied حمید
hamed hamid حامد
aziz azeez azez عزیز
latif lateef لطیف
majid majeed مجید
wahid waheed vahid وحید
saeed said sayeed saied saeid سعید
naeem naim nayeem nayim naem نعیم
salim saleem selim سلیم
salem salim سالم
jamil jameel djamil dschamil جمیل
jamal jamaal gamal djamal djamel dschamal jamel جمال
jalal jalaal djalal dschalal جلال
kamal kamaal کمال
nasir naser nasser nassir ناصر
naseer nasir نصیر
nasrullah nasrollah nasrallah نصرالله
nasrat nosrat nusrat نصرت
nasratullah nosratullah نصرت‌الله
najib najeeb نجیب
najibullah najeebullah najibollah نجیب‌الله
habib habeeb chabib حبیب
habibullah habibollah حبیب‌الله
rashid rasheed rachid raschid رشید
rashed rashid راشد
farid fareed فرید
zia ziya ضیا ضیاء
ziaullah ziyaullah ضیا‌الله ضیاءالله
ziaulhaq ضیاالحق ضیاءالحق
omid omeed umid umeed امید
nawid navid naweed navaid naveed نوید
jawid javid jawed javed jaweed جاوید
jawad javad jawaad جواد
reza raza riza rezaa ridha rida رضا
mahdi mehdi mahdee مهدی
qasim qasem kasem qassem ghasem قاسم
kazim kazem kadhim کاظم
ibrahim ebrahim abrahim ibraheem brahim ibrahima ابراهیم
ishaq eshaq ishaaq ishak اسحاق اسحق
ismail esmail ismael esmael ismaeel smail اسماعیل اسمعیل
yousuf yusuf yousef yosuf yusef yousof yosof youssef youssouf yousouf youcef iusuf yousif jusuf yosef یوسف
yaqub yaqoob yaqoub yaghoub yakub jakub yacoub yaacoub یعقوب
younus yunus yonus younis yunis younas yunes iunus یونس
musa moosa mousa mosa موسی موسا
isa eisa essa عیسی
daud dawood dawud daoud dawod داود داوود
sulaiman soleiman suleman solaiman sulayman suleiman souleymane soliman sliman suleyman سلیمان
haroon harun haron هارون
omar umar omer oumar cumar عمر
osman usman othman uthman ousmane osmane ousman عثمان
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
sharif shareef cherif charif scherif sherif شریف
shafiq shafeeq shafique شفیق
rafi rafee رفیع
rafiq rafeeq رفیق
rafiullah rafiollah رفیع‌الله
hafiz hafeez حفیظ حافظ
hafizullah hafeezullah حفیظ‌الله
hakim hakeem حکیم
halim haleem حلیم
haidar hayder haider heydar heidar haydar حیدر
mahmud mahmood mahmoud mahmod mahamoud machmud محمود
masud masood massoud masoud masod mesud مسعود
mansur mansoor mansour mansor منصور
mustafa mostafa mustapha moustafa مصطفی
murtaza morteza murtada mortaza mourtada مرتضی
mujtaba mojtaba مجتبی
nabi nabee نبی
rasul rasool rasoul رسول
sadiq sadeq sadegh sadik saddiq صادق
salman سلمان
samad صمد
sami samee سمیع
samiullah samiollah سمیع‌الله
sardar سردار
tahir taher tahar طاهر
tariq tareq tarik tarek tarique طارق
wali vali walee oualy ولی
yahya yahia yehia yahaya jahja یحیی
zahir zaher ظاهر
zaman zamaan زمان
qadir qader kader qadeer قادر
qayum qayoom qayyum قیوم
ghafar ghaffar gaffar غفار
ghani gani غنی
jabar jabbar جبار
sabur saboor صبور
satar sattar ستار
shakur shakoor شکور
fazel fazil fazl فاضل فضل
fatima fatema fatemeh fatimah fatma fateme fatouma fatimata فاطمه
zahra zehra زهرا
maryam mariam mariyam meryem miriam مریم
zainab zaynab zeinab zaineb zeynep zineb زینب
khadija khadijeh khadeja khadidja chadidscha hatice hadija خدیجه
aisha ayesha aysha aicha aischa عایشه
amina amena aamina ameena امینه آمنه
sakina sakena sakineh سکینه
masuma masooma masoma massouma معصومه
leila laila layla leyla lejla لیلا لیلی
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
roya roia ruya رویا
sahar سحر
soraya suraya soraia ثریا
zarghuna zarghoona زرغونه
malalai malalay ملالی
gulalai گلالی
"""

# Names that most lists hold, a few times in a thousand.
KNOWN = KNOWN_GIVEN + KNOWN_FAMILY

# What a name that half of all men bear says where it is shared.
EVERYWHERE_WEIGHT = 0.4
# How much sharing a name of each group says, against a name that stands in none (1).
GROUP_WEIGHTS = ((EVERYWHERE, EVERYWHERE_WEIGHT), (COMMON, 0.7), (KNOWN, 0.9), (ELSEWHERE, 0.75))
