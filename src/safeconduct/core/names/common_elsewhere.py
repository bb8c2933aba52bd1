"""Given names that are common elsewhere, as families of spellings: lists hold foreigners, and allies' names too.

ASSUMPTION, like the lists in `common`: written by hand from general knowledge, no register was counted. What is one
name in several languages (Alexander, Aleksandr, Iskandar) stands in one line where people carry it in both forms.
"""

from __future__ import annotations

ELSEWHERE = """
john jon جون جان
johann johan yohan juhan يوهان جوهان
jan yan یان
ian ايان ایان
jean جان ژان
juan خوان
ivan iwan yvan إيفان ایوان
giovanni جيوفاني جوفاني جووانی
joao جواو ژوائو
sean shaun shawn شون
george جورج جرج
georg georgi georgy georgios gheorghe جورجي غيورغي گئورگی
jorge خورخي خورخه
yuri yury iouri juri youri jurij يوري یوری
william وليم ويليام ویلیام
wilhelm فيلهلم ویلهلم
guillaume غيوم گیوم
james جيمس جیمز
jim jimmy جيم جيمي جیم جیمی
david dawid davide ديفيد دافيد دیوید داوید
michael micheal mykhailo mikhail mikhael michail mihail mikhaïl مايكل ميخائيل مايكل میخائیل مایکل ميشائيل
michel michele michelle ميشيل ميشال میشل
miguel ميغيل ميجيل میگل
robert roberto روبرت روبير روبرتو رابرت
richard ricardo riccardo ريتشارد ريشار ريكاردو ریچارد ریکاردو
charles تشارلز شارل چارلز شارل
carlos كارلوس کارلوس
karl carl كارل کارل
thomas tomas tommaso توماس توماش
joseph josef giuseppe yosef جوزيف يوسف جوزف ژوزف
jose josé خوسيه جوزيه خوزه ژوزه
paul بول باول پل پاول
pablo paolo paulo بابلو باولو پابلو پائولو
pavel pawel بافل بافيل پاول
peter petr pyotr piotr pjotr petro peder pieter pedro pietro بيتر بيدرو بيوتر بيترو پیتر پترو پدرو پیوتر
pierre بيير پیر
mark marc marco marcos markus marcus مارك ماركو ماركوس مارک مارکو مارکوس
daniel danielle دانيال دانيل دانييل دانیل دنیل
steven stephen stefan stephan stephane stefano steve ستيفن ستيفان ستيفانو استیون استفان استیو ستيف
esteban إستيبان استبان
andrew andy أندرو أندي اندرو اندی
andreas andrea andre andrei andrey andrej andres أندرياس أندريه أندري أندريا أندريس آندره آندری آندرس
anthony tony أنتوني توني آنتونی تونی
antonio anton antoine antun antonin أنطونيو أنتونيو أنطون أنطوان آنتونیو آنتون آنتوان
alexander alexandre aleksandr aleksander alexandr oleksandr aljaksandr ألكسندر الکساندر
iskandar eskandar sikandar إسكندر اسکندر
alessandro alejandro أليساندرو أليخاندرو آلخاندرو آلساندرو
alexandra aleksandra ألكسندرا الکساندرا
alexei alexey aleksei aleksey alexis alexej أليكسي أليكسيس الکسی الکسیس
alex aleks sasha أليكس الکس
nicholas nicolas nikolas nicolae nikola niccolo نيكولاس نيكولا نیکولاس نیکلاس نیکولا
nikolai nikolay nikolaj nicolai نيكولاي نیکلای
nick nik نيك نیک
victor viktor vitor vittorio فيكتور ويكتور ویکتور
vladimir wladimir volodymyr wolodymyr vladimír فلاديمير فولوديمير ولادیمیر ولودیمیر
sergei sergey sergej serge serhiy serguei sergueï سيرغي سيرجي سيرج سرگئی سرژ
sergio سيرجيو سيرخيو سرجیو سرخیو
dmitry dmitri dimitri dmitriy dimitar dimitrios dmytro ديميتري دميتري دیمیتری دمیتری
igor ihor إيغور إيجور ایگور
oleg oleh أوليغ اولگ
boris بوريس بوریس
leonid leonard leonardo ليونيد ليونارد ليوناردو لئونید لئونارد لئوناردو
fyodor fedor theodor theodore teodor فيودور تيودور ثيودور فیودور تئودور
konstantin constantin constantine konstantinos كونستانتين قسطنطين کنستانتین
francis francois frances فرانسيس فرانسوا فرانسیس
francisco francesco فرانسيسكو فرانشيسكو فرانسیسکو فرانچسکو
frank franz frans فرانك فرانز فرانتس فرانک فرانس
philip philippe phillip felipe filippo filip فيليب فيليبي فيليبو فیلیپ فیلیپه
henry henri heinrich enrique enrico henrik hendrik هنري هاينريش إنريكي هنریک هنری هاینریش انریکه انریکو
edward eduard eduardo edoardo إدوارد إدواردو ادوارد ادواردو
frederick frederic friedrich fred frederik فريدريك فريد فردریک فریدریش
albert alberto albrecht ألبرت ألبير ألبرتو آلبرت آلبر آلبرتو
alfred alfredo ألفرد ألفريد ألفريدو آلفرد آلفردو
arthur arturo artur آرثر أرتور آرتور
martin مارتن مارتين مارتین
patrick patrice باتريك پاتریک
simon سيمون سایمون سیمون
samuel sam صامويل سام صموئيل ساموئل
benjamin benyamin binyamin بنيامين بنجامين بنیامین بنجامین
brian bryan براين برایان
christian cristian christiano cristiano كريستيان كريستيانو کریستین کریستیان کریستیانو
christopher christoph chris cristobal كريستوفر كريس کریستوفر کریس
eric erik إريك اریک
ernest ernesto ernst إرنست إرنستو ارنست ارنستو
gabriel غابرييل جبرائيل جابرييل گابریل
gerard gerhard gerardo جيرارد جيرار غيرهارد گرهارد جرارد ژرار
gregory grigory gregor غريغوري جريجوري گرگوری
harry هاري هری
hans هانز هانس
hugo هوغو هوجو هوگو
ilya ilia إيليا ایلیا
jack جاك جک
jacques جاك ژاک
jacob jakob يعقوب جاكوب یاکوب جیکوب
javier xavier xavi خافيير تشافي خاویر ژاوی
jeff jeffrey جيف جيفري جف جفری
jerry jerome جيري جيروم جری ژروم
joe joey جو
juergen jurgen jürgen يورغن یورگن
kevin كيفن كيفين کوین
larry لاري لری
laurent lorenzo lawrence لوران لورينزو لورنس لورنزو
louis lewis luis luiz luigi لويس لويجي لوئیس لوئیجی لوییس
lucas luca luka lukas لوكاس لوكا لوکاس لوکا
mario ماريو ماریو
mario marius ماريوس
matthew matteo mateo matthias mathieu mateus ماثيو ماتيو ماتياس متیو متئو ماتیاس
max maxim maksim maxime ماكس مكسيم ماكسيم ماکس ماکسیم
maurice mauricio moritz موريس ماوريسيو موریس
oscar أوسكار اسکار
oliver olivier أوليفر أوليفييه الیور الیویه
pascal باسكال پاسکال
ralph ralf رالف
raymond ريمون ريموند ریموند
rafael raphael raffaele رافائيل رافاييل رافائل
roger rogelio روجر روجيه راجر روژه
roland rolando orlando رولان رولاند أورلاندو رولند
roman رومان
ronald رونالد رونالد
ruben روبن روبین
salvador سلفادور سالفادور سالوادور
scott سكوت اسکات
sebastian سيباستيان سباستيان سباستین
stanislav stanislaw ستانيسلاف استانیسلاو
timothy tim تيموثي تيم تیموتی
vincent vicente فنسنت فينسنت فيسنتي وینسنت ونسان
walter valter والتر فالتر
yevgeny evgeny evgeni eugene eugen evgeniy evgueni jewgeni yevgeni evgenii يفغيني يوجين یوگنی اوژن
vyacheslav wjatscheslaw viacheslav فياتشيسلاف ویاچسلاو
yaroslav jaroslav jaroslaw ياروسلاف یاروسلاو
vasily vasili wassili vassili vasile فاسيلي واسیلی
valery valeri waleri فاليري والری
anatoly anatoli anatolij أناتولي آناتولی
mary maria marie mariya marija ماري ماريا مريم ماریا ماری
anna ana anne ann hannah آنا آن حنا حنة آنه
elizabeth elisabeth elisabetta isabel isabella isabelle إليزابيث إليزابيت إيزابيل الیزابت ایزابل
catherine katherine katharina ekaterina kate catharine كاثرين كاترين إيكاترينا کاترین کاترینا کیت
margaret marguerite margarita margarete مارغريت مارجريت مارغريتا مارگارت مارگریت مارگاریتا
helen helena elena helene yelena هيلين هيلينا إيلينا هلن هلنا النا
christine christina cristina kristina كريستين كريستينا کریستین کریستینا
susan suzanne susanna سوزان سوسن
barbara باربرا باربارا
linda ليندا لیندا
julia yulia julie juliana يوليا جوليا جولي جولیا ژولیا یولیا جولی
irina irene irène إيرينا إيرين ایرینا ایرنه
olga أولغا اولگا
natalia natalya natalie nataliya ناتاليا ناتالي ناتالیا ناتالی
tatiana tatyana تاتيانا تاتیانا
svetlana سفيتلانا سوتلانا
martha marta مارثا مارتا
laura lora لورا
teresa theresa therese thérèse تيريزا تيريز ترزا
victoria viktoria فيكتوريا ویکتوریا
jessica جيسيكا جسیکا
jennifer جنيفر جنیفر
sarah sara سارة ساره سارا
monica monika مونيكا مونیکا
rosa rose روزا روز
lucia lucy lucie لوسيا لوسي لوسی لوسیا
claudia claude claudio كلوديا كلود كلوديو کلودیا کلود کلودیو
gaddafi qaddafi kadhafi gadhafi khadafi khadaffy khadafy qadhafi kadafi قذافی القذافي
"""
