"""Names of families, tribes and places that most Afghan lists hold; what the lists are stands in `common`."""

from __future__ import annotations

KNOWN_FAMILY = """
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
zadran jadran dzadran ځدران زدران جدران
shinwari شینواری
afridi apridi افریدی
mohmand momand مومند مهمند
tajik تاجک
hazara هزاره
uzbek ازبک
barech barich bareech بریڅ بریخ
achakzai achekzai achakzay atsakzai acakzai اچکزی
alikozai alokozai alikozay الکوزی
alizai alizay علیزی
amarkhil amarkhel امرخیل
andar اندر
arghandiwal ارغندیوال
babakarkhel باباکرخیل
baburi babori بابری
balkhi بلخی
baluch baloch بلوچ
bamyani bamiyani بامیانی
daudzai dawoodzai داوودزی
durrani dorani durani درانی
faryabi فاریابی
ghafari ghaffari غفاری
ghazniwal غزنیوال
ghilzai ghilji ghalzai ghaljai غلزی غلجی
hakimi hakeemi حکیمی
hamidi hameedi حمیدی
haqani haqqani حقانی
herati heravi هراتی هروی
hotak hotaki هوتک هوتکی
jaji zazi zazai zazay dzadzai ځاځی جاجی
kabuli kaboli کابلی
kakar kaker کاکړ کاکر
kakarzai کاکړزی
kamali کمالی
kandahari qandahari کندهاری قندهاری
kazimi kazemi کاظمی
khalili khaleeli خلیلی
kharoti kharotai خروټی خروتی
khogyani khogiani خوږیانی خوگیانی
kunduzi kundozi کندزی
laghmani لغمانی
lodin lodeen لودین
logari لوگری
malikzada ملکزاده
mandozai mandozay مندوزی
masoudi masudi masoodi مسعودی
maiwandi میوندی
miakhel miakhil میاخیل
mohammadkhel محمدخیل
mujaddidi mojadedi مجددی
muradi moradi مرادی
musazai موسی‌زی
nabizada nabizadah نبی‌زاده
naimi naeemi نعیمی
najafi نجفی
nasery nasiri نصیری
nangarhari ننگرهاری
niazai niazi niyazi نیازی
nikzad نیکزاد
nuristani nooristani نورستانی
paktiawal paktiwal پکتیاوال
panjshiri panjsheri پنجشیری
parwani پروانی
pashai پشه‌یی
qaderi qadiri قادری
qayumi qayyumi قیومی
qazizada قاضی‌زاده
rashidi rasheedi رشیدی
rashedi راشدی
rasekh راسخ
sabawoon sabawun سباوون
safari صفری
saljuqi seljuqi سلجوقی
samadi صمدی
samangani سمنگانی
sarabi سرابی
sarwari sarvari سروری
sediqyar صدیقیار
shahidi شهیدی
shahrani شهرانی
sherzai shirzai شیرزی
suleimankhel sulaimankhel سلیمان‌خیل
taheri tahiri طاهری
takhari تخاری
taraki tarakai تره‌کی ترکی
tokhi tukhi توخی
turkmen torkman ترکمن
turkmani ترکمنی
wahidi waheedi وحیدی
waziri wazeeri وزیری
wolesmal olasmal اولسمل
zabuli zaboli زابلی
zahiri zaheri ظاهری
zamani زمانی
ziayee ziaee ضیایی
akhundzada akhunzada akhundzadah akhunzadah akhondzada akhondzadeh آخوندزاده اخندزاده اخونزاده
razawi rezawi razavi rezavi رضوی
"""
