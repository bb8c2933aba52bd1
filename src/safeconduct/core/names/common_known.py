"""Given names that most Afghan lists hold, a few times in a thousand; what the lists are stands in `common`."""

from __future__ import annotations

KNOWN_GIVEN = """
mirwais mirways mirwis میرویس
wais ways weis ویس
sherzad shirzad شیرزاد
khalid khaled chalid halid خالد
khalil khaleel خلیل
khalilullah khalilollah خلیل‌الله
arif aref عارف
asif asef آصف
atiq ateeq عتیق
atiqullah عتیق‌الله
ataullah عطاالله عطاءالله
baryalai baryalay بریالی
basir baseer بصیر
bashir basheer bachir baschir bechir بشیر
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
faruq farooq farouq farouk faruk فاروق
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
jafar jaffar jafer djafar dschafar جعفر
khairullah khairollah خیرالله
khoshal khushal خوشحال
lal laal لعل
matiullah مطیع‌الله
mubarak mobarak moubarak مبارک
munir moneer monir mounir منیر
murad morad mourad مراد
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
taha taaha طه طاها
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
hosna husna حسنا حسنی
humaira homaira حمیرا
hanifa haneefa حنیفه
khatera khatira خاطره
lida leda leeda leida لیدا
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
palwasha پلوشه پلوشې
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
wazhma wajma wazma وژمه وږمه
yalda یلدا
yasamin yasmin یاسمین
zakia zakiya ذکیه
zarifa zareefa ظریفه
zohra zuhra زهره
abas abbas abass عباس
abasin abaseen اباسین
adel adil عادل
adib adeeb ادیب
afzal afzaal افضل
ahmadullah ahmadollah احمدالله
ajmal ajmaal اجمل
akhtar اختر
alam aalam عالم
alef alif الف
almas الماس
altaf التاف الطاف
aminullah ameenullah امین‌الله
amanuddin امان‌الدین
amrullah amrollah امرالله
anas انس
arash آرش
ariana aryana آریانا
arman آرمان
arsalan arslan ارسلان
asil aseel اصیل
asim asem عاصم
asmat esmat ismat عصمت
atal atall اتل
ayub ayoub ayoob ayyub ایوب
azizullah azizollah عزیزالله
azimi azeemi عظیمی
azizurrahman عزیزالرحمن
badam badaam بادام
badri badree بدری
bahram bahraam بهرام
baheer bahir بهیر
bahadur bahadar بهادر
baktash bektash بکتاش
baraki باراکی برکی
barakatullah barkatullah برکت‌الله
barat baraat برات
bashirullah بشیرالله
behzad bihzad بهزاد
dilawar delawar dilavar دلاور
dost doost دوست
ebadullah ibadullah عبادالله
ehsanuddin احسان‌الدین
elham ilham الهام
elaha ilaha الهه
eid id عید
faizullah fayzullah faizollah فیض‌الله
faridullah فریدالله
faryad فریاد
fardin fardeen فردین
farshad فرشاد
farukh farrukh farokh فرخ
fatana فتانه
fatah fattah فتاح
fayaz fayyaz فیاض
fazlullah fazlollah fazalullah فضل‌الله
fazila fazela فضیله فاضله
ferdows firdaus ferdaws فردوس
fida feda فدا
gharib ghareeb غریب
ghaus ghows ghous غوث
ghulamali غلام‌علی
gita geeta گیتا
hafeeza hafiza حفیظه
halima haleema حلیمه
hamdullah hamdollah حمدالله
hamidullah hameedullah hamidollah حمیدالله
hamza hamzah hamsa حمزه
haqmal حقمل
haqyar حقیار
harir hareer حریر
hasib haseeb حسیب
hasibullah haseebullah حسیب‌الله
hasina haseena حسینه
hawa havva hava حوا
hayat hayaat حیات
hayatullah hayatollah حیات‌الله
hekmatyar حکمتیار
homa huma هما
ikramullah ekramullah اکرام‌الله
ikram ekram اکرام
imran emran عمران
imal emal aimal aymal ایمل
irfan erfan عرفان
islamuddin اسلام‌الدین
jalaluddin jalalodin jalaladdin جلال‌الدین
jamaluddin jamaladdin جمال‌الدین
jamshid jamsheed جمشید
janan جانان
jawida jaweda جاویده
kabir kabeer کبیر
kamaluddin کمال‌الدین
kamran kaamran کامران
karamat کرامت
karimullah kareemullah کریم‌الله
kawa kaveh kava کاوه
kobra kubra کبری
khadim khadem خادم
khalida khaleda خالده
khalilurrahman خلیل‌الرحمن
khatol khatul ختول
khyber khaibar خیبر
kochi kuchai کوچی
lailuma laylooma لیلوما
lemar limar لمر
lutfullah lotfullah لطف‌الله
lutfurrahman لطف‌الرحمن
madina madeena مدینه
mahmuda mahmooda محموده
maroof maruf معروف
marwa مروه مروا
matin mateen متین
maiwand maywand میوند
mehr mihr مهر
mirza meerza میرزا
moeen moin muin معین
mohebullah muhibullah محب‌الله
mohib muhib محب
mohsin mohsen muhsin محسن
mojib mujib mujeeb مجیب
mujiburrahman مجیب‌الرحمن
mukhtar mokhtar مختار
muqaddas moqadas مقدس
musafer musafir مسافر
muska moska مسکا
muslim moslem مسلم
muzhda mozhda mujda مژده
nabila nabeela نبیله
nabiullah نبی‌الله
nafisa nafeesa نفیسه
naghma نغمه
najla نجلا
nangyalai nangialai ننگیالی
naqibi نقیبی
nasima naseema نسیمه
nasim naseem نسیم
nasiruddin naseruddin نصیرالدین ناصرالدین
nazanin نازنین
nazifa nazeefa نظیفه
nazir nazeer نظیر نذیر
nazira nazeera نظیره نذیره
nemat nimat نعمت
nik nek نیک
niaz niyaz نیاز
nisar nesar نثار
nizar nezar نزار
noorullah nurullah noorollah نورالله
nooria nuria نوریه
norzia نورضیا
obaida ubaida عبیده
orzala اورزلا
osama usama اسامه
parisa پریسا
parwana parvana پروانه
parwiz parvez parviz پرویز
pashtana پشتانه
qais qays قیس
qiam qeyam قیام
qudsia qodsia قدسیه
qurban qorban قربان
rabani rabbani ربانی
rahila raheela راحله
rahmanullah رحمان‌الله
ramazan ramadan ramzan رمضان
ramin rameen رامین
rana رعنا
raziq razeq razzaq رزاق رازق
reshad rashad رشاد
reshtin rishtin رښتین
rohina ruhina روحینا
rohafza روح‌افزا
rokai rokay روکی
rozi ruzi روزی
rustam rostam رستم
sabera sabira صابره
sadia سعدیه
sadullah saadullah سعدالله
safar سفر
safdar صفدر
safiullah safiollah صفی‌الله
sahiba saheba صاحبه
saifurrahman سیف‌الرحمن
sajad sajjad سجاد
sajia sajeya ساجیه
samia samiya سمیه سامعه
sana ثنا
sanga sangah څانگه
sangar sangeen sangin سنگر سنگین
sarwar sarvar سرور
sebghat sibghat صبغت
shabir shabbir shabeer شبیر
shafiqa shafeeqa شفیقه
shafiqullah شفیق‌الله
shahla shehla شهلا
shahpoor shapoor shahpur شاپور شاهپور
shahzad شهزاد
shakib shakeeb شکیب
shakila shakeela شکیله
shamim shameem شمیم
shams شمس
sharafuddin شرف‌الدین
sharifullah شریف‌الله
shekiba shakiba شکیبا
shuja shoja شجاع
siawash siyawash سیاوش
siraj seraj سراج
sirajuddin serajuddin سراج‌الدین
sitora ستوره
sofia صوفیا
sohail suhail سهیل
sohaila suhaila سهیلا
sonia سونیا
stana ستانه
tabish tabesh تابش
taj taaj تاج
tajuddin تاج‌الدین
tamkin تمکین
tanha تنها
taufiq tawfiq tofiq توفیق
tayeb tayyab طیب
tooba tuba طوبی
torpekai torpekay تورپیکی
turyalai toryalai توریالی
uzra ozra azra عذرا
wahab wahhab vahab وهاب
wahidullah waheedullah وحیدالله
wasim waseem وسیم
wazir wazeer وزیر
wazira وزیره
wranga ورانگه
yasir yaser یاسر
yaar yar یار
zahida zaheda زاهده
zahiruddin ظاهرالدین ظهیرالدین
zahoor zuhoor ظهور
zainuddin زین‌الدین
zainullah زین‌الله
zamir zameer ضمیر
zarmina zarmeena زرمینه
zabihi zabehi ذبیحی
zeba ziba زیبا
ziauddin ziyauddin ضیاءالدین
ziaurrahman ضیاءالرحمن
zulaikha zulekha زلیخا
zulfiqar zolfeqar zulfikar ذوالفقار
payman peyman پیمان
fuad fawad foad fouad فواد
"""
