"""Texts of sheets with the facts that they state, labelled by hand: what a caseworker would understand, no more.

`FROM_THE_SHEETS` are words of the shipped sheets of pleas, `MADE_UP` are others like them, and `NOT_TO_BE_READ`
say nothing of the kind, although they hold the words. In a line stand the facts, then the words. All people are
made up.
"""

from __future__ import annotations

Facts = dict[str, str]


def _told(lines: str) -> tuple[tuple[str, Facts], ...]:
    read = []
    lines = lines.replace("::\n", "::")  # long words stand on the next line
    for line in filter(None, map(str.strip, lines.split("\n"))):
        facts, _, words = (part.strip() for part in line.partition("::"))
        read.append((words, dict(fact.split("=") for fact in facts.split() if fact != "-")))
    return tuple(read)


FROM_THE_SHEETS = _told(
    """
    occupation=police employer=afghan_forces :: threat: Police
    occupation=police employer=afghan_forces threat=general :: notes: Border police. Two colleagues killed
    occupation=soldier :: notes: Colonel, retired. House in Kabul taken; family in the valley
    occupation=soldier :: threat: Colonel (ret.)
    occupation=civil_servant employer=afghan_government :: notes: Election commission worker
    occupation=politician :: notes: Former governor's deputy
    occupation=teacher threat=explicit :: notes: Headmistress. School closed and her name read out at the mosque
    occupation=media_worker employer=media :: threat: BBC fixer 2015-18. Wife just gave birth
    womens_rights_work=yes :: threat: Single woman, ran a shelter for women. They have the keys and the files.
    occupation=aid_worker employer=ngo threat=general :: threat: worked for a UK charity, beaten at a checkpoint
    occupation=aid_worker employer=ngo threat=general ::
        notes: Logistics officer for a British charity until 2019. Car stopped, beaten
    occupation=soldier threat=searched_for :: notes: Fought in the local uprising force. Hunted
    occupation=driver|guard employer=ngo threat=explicit ::
        threat: Driver and guard for a British NGO. Warned to stop
    occupation=guard employer=uk_forces employment=contractor ::
        threat: Guard at a British base, contractor, 2009-2013
    occupation=cook worked_with_uk=yes :: threat: Worked at Lashkar Gah PRT as cook for British company 2008-2013
    occupation=aid_worker threat=explicit :: threat: mine clearance. "We will find you" painted on the gate
    woman_alone=yes :: threat: Grandmother alone with grandchildren
    chevening=yes :: threat: Chevening 2019 🎓
    occupation=student womens_rights_work=yes :: threat: Law student, worked for women judges association
    occupation=interpreter employer=us_or_nato :: notes: Ministry of Defence civilian, translated for NATO mentors
    occupation=health_worker :: notes: Name of the family not told. Midwife
    occupation=other :: work: Radio operator
    occupation=driver employment=contractor :: notes: embassy car pool, through us
    occupation=cleaner employer=uk_forces employment=contractor ::
        notes: Worked as cleaner at Camp Bastion 2010-2014 for a catering company
    occupation=driver employer=uk_embassy employment=contractor ::
        notes: drove for the UK embassy, hired by a private firm
    family_of_british_national=spouse_or_child :: notes: Wife and children of British citizen
    family_of_british_national=parent_or_sibling :: notes: British national's mother, alone, sick
    widow=yes at_risk_as_woman_or_girl=yes :: notes: Husband killed in 2019. Four daughters. Told to marry a fighter
    minority=ahmadi_or_other_faith occupation=interpreter employer=other_foreign ::
        notes: Ismaili. Interpreter for German forces, then UN
    occupation=teacher subject_taught=english|chemistry :: notes: Teacher of English and chemistry, 22 years
    occupation=teacher subject_taught=english|chemistry :: threat: chemistry + English teacher
    occupation=teacher subject_taught=english threat=explicit ::
        notes: English teacher at a private course. Told to close the course or die
    occupation=civil_servant employer=afghan_government threat=none ::
        notes: Clerk in the district office. No threat yet but afraid
    occupation=athlete threat=explicit :: notes: Athlete, cyclist. Threatened on Facebook
    occupation=driver :: notes: Provincial council member's driver
    minority=sikh :: notes: Sikh. Living in the gurdwara since June
    needs_help_to_move=yes serious_illness=yes :: notes: Stretcher needed, stroke in May
    woman_alone=yes womens_rights_work=yes threat=explicit ::
        threat: Head of a household of women. Ran literacy classes. Night letter
    occupation=other :: threat: brother of a GardaWorld guard, same house, same phone. Shopkeeper himself
    occupation=police threat=explicit ::
        threat: Sister of Najia (women's trainer). Policewoman!! 👮♀️ Letter at the door
    occupation=guard :: work: Female searcher
    occupation=driver :: work: Driver (laundry van)
    widow=yes threat=explicit :: notes: widow, searched women at the gate, threatened
    employer=gardaworld_at_embassy :: employer: GardaWorld
    - :: employer: Northgate
    occupation=other :: threat: tailor, made uniforms for the army
    - :: threat: brother of no. 8
    - :: notes: office files with all names were left behind
    - :: notes: 🟠 sent to MP
    - :: threat: Named as his father
    threat=none :: threat: none so far
    threat=explicit :: threat: close it or die
    threat=explicit :: threat: threatened by phone
    occupation=teacher subject_taught=english|chemistry :: subject: انگليسي و كيميا
    occupation=teacher subject_taught=biology :: subject: بيولوژي
    occupation=teacher subject_taught=chemistry :: subject: كيميا
    occupation=teacher subject_taught=english employer=british_council :: subject: English (British Council 2010-13)
    occupation=teacher subject_taught=english :: subject: English, volunteer
    occupation=teacher subject_taught=english :: subject: English course
    threat=explicit :: threat: نامه شبانه
    threat=explicit :: threat: چهار بار تهديد
    threat=explicit :: threat: در ليست سياه
    threat=general :: threat: مكتب سوختانده شد
    threat=searched_for :: threat: مردان مسلح به خانه آمدند
    - :: threat: شوهرش گم است
    - :: threat: برادر عبدالكبير
    occupation=judge threat=searched_for :: threat: قاضی زن، زندانیان رها شده در پی او استند
    occupation=soldier :: threat: قوماندان خیزش مردمی
    occupation=driver employer=uk_contractor employment=contractor :: threat: راننده شرکت انگلیسی در هلمند
    occupation=journalist employer=media threat=explicit :: threat: ژورنالیست تلویزیون محلی، نامه تهدید به خانه آمد
    widow=yes womens_rights_work=yes threat=general :: threat: بیوه، رییس موسسه زنان، موترش را تعقیب کردند
    occupation=activist|health_worker womens_rights_work=yes :: threat: قابله و فعال حقوق زن
    occupation=interpreter employer=other_foreign :: threat: ترجمان با قوای آلمان
    - :: threat: برادر شماره ۵، دکاندار
    occupation=civil_servant :: threat: مامور
    occupation=guard :: threat: د سفارت ساتونکی
    widow=yes occupation=teacher :: threat: کونډه ښوونکې
    occupation=aid_worker employer=ngo :: threat: د خیریه موسسې کارکوونکی
    occupation=interpreter employer=uk_forces threat=explicit ::
        threat: د برېتانیا له ځواکونو سره ژباړن، خط یې کور ته راغی
    """
)

MADE_UP = _told(
    """
    occupation=police employer=afghan_forces :: work: Police
    occupation=police employer=afghan_forces :: employer: Police
    occupation=police employer=afghan_forces :: work: Kabul police
    occupation=cook employer=afghan_forces :: work: cook at the police academy
    occupation=driver employer=afghan_forces :: work: driver, police headquarters
    occupation=soldier :: work: Colonel
    occupation=other :: work: General labourer
    occupation=health_worker :: work: Doctor
    occupation=guard :: work: Security
    occupation=other employer=uk_embassy :: work: Gardener, British Embassy
    occupation=guard employer=gardaworld_at_embassy :: work: Female guard at GardaWorld
    occupation=interpreter :: work: Interpreter, 2 RIFLES, Nad-e Ali
    occupation=teacher subject_taught=english|other :: work: teacher of English and physics
    occupation=none :: work: unemployed
    employer=british_council :: employer: British Council
    employer=ngo :: employer: Christian Aid
    worked_with_uk=yes :: employer: British
    occupation=interpreter employer=uk_forces ::
        notes: Worked as an interpreter for the British army in Sangin, 2010
    occupation=other employer=uk_embassy :: notes: worked for the British Embassy as a gardener
    occupation=cook employer=ngo :: notes: worked for a British charity as a cook
    occupation=interpreter employer=british_council :: notes: interpreter for the British Council
    occupation=media_worker employer=media :: notes: fixer for the BBC and Reuters
    woman_alone=yes :: notes: single mother of four, no mahram
    widow=yes :: notes: husband was killed by the Taliban in May
    family_of_british_national=parent_or_sibling :: notes: brother is a British citizen
    pregnant=yes :: notes: wife 8 months pregnant
    needs_help_to_move=yes :: notes: mother in a wheelchair
    occupation=teacher subject_taught=biology :: notes: secondary school teacher of biology
    worked_with_uk=yes :: notes: trained by the British, fought alongside UK troops
    threat=explicit :: threat: night letters x3, then phone calls
    threat=none :: threat: none
    threat=none :: threat: No
    threat=none :: threat: None known
    threat=explicit :: threat: threatened
    threat=searched_for :: threat: Taliban came to the house twice asking for him by name
    threat=general :: threat: living in fear, high risk
    threat=explicit :: threat: named on a Taliban list
    occupation=teacher subject_taught=english :: subject: English
    occupation=teacher subject_taught=english|other :: subject: physics and English
    occupation=teacher subject_taught=biology|chemistry :: subject: Biology/Chemistry
    occupation=teacher :: subject: science
    occupation=teacher subject_taught=biology|chemistry :: subject: کیمیا و بیولوژی
    occupation=teacher subject_taught=english :: subject: انګلیسي
    occupation=police employer=afghan_forces :: work: پولیس
    occupation=teacher subject_taught=english :: work: معلم انگلیسی
    occupation=journalist :: work: خبرنگار زن
    occupation=teacher :: work: ښوونکی
    occupation=police :: work: د پولیسو افسر
    occupation=interpreter employer=uk_forces :: work: د برتانوي ځواکونو ژباړن
    threat=none :: threat: تهدید نشده
    threat=none :: threat: هیچ تهدید ندارد
    threat=none :: threat: ګواښ نشته
    threat=explicit :: threat: د شپې لیک یې ترلاسه کړی
    threat=searched_for :: threat: طالبان یې کور ته راغلل
    in_hiding=yes :: notes: در کابل مخفی است
    widow=yes :: notes: بیوه با چهار طفل
    employer=uk_contractor employment=contractor :: employer: Brightwell Ltd, contractor for the British forces
    employer=uk_contractor employment=contractor :: employer: hired through a contractor to the British Embassy
    occupation=driver employer=uk_contractor employment=contractor ::
        work: driver, company contracted by the British military
    employer=uk_forces :: employer: the British Army
    employer=uk_embassy :: employer: the British Embassy
    employer=british_council :: employer: Brit. Council
    employer=gardaworld_at_embassy :: employer: Garda (UK Embassy)
    occupation=guard worked_with_uk=yes :: work: security guard at the British Embassy
    occupation=guard worked_with_uk=yes employer=gardaworld_at_embassy :: work: British Embassy guards, GardaWorld
    employer=ngo :: employer: charity
    employer=afghan_forces :: employer: Afghan army
    occupation=special_forces :: work: ATF444, captain
    occupation=special_forces :: work: soldier in CF333 until 2019
    occupation=police employer=afghan_forces :: work: Captain, border police
    worked_with_uk=yes :: work: trained by the British Army
    worked_with_uk=yes :: notes: fought alongside UK special forces
    family_of_british_national=spouse_or_child :: notes: husband of UK citizen
    family_of_british_national=parent_or_sibling :: notes: siblings of a British passport holder
    british_national=yes :: notes: British citizen with Afghan wife
    occupation=aid_worker :: work: کارمند امداد رسانی
    occupation=civil_servant :: work: کارمند
    employer=un :: work: کارمند ملل متحد
    occupation=special_forces :: work: سرباز قطعه ۳۳۳
    occupation=driver :: work: drives a lorry
    occupation=civil_servant employer=afghan_government :: work: govt. officer
    minority=hazara :: notes: Hazara / Shia
    threat=explicit :: threat: threats via Telegram, two in July
    threat=explicit :: threat: threats from an unknown no.
    threat=general :: threat: fears retaliation
    at_risk_as_woman_or_girl=yes :: notes: at risk of child marriage
    serious_illness=yes :: notes: v. ill since spring
    serious_illness=yes :: notes: very sick mother
    pregnant=yes :: notes: preg., 7 mths
    pregnant=yes :: notes: expecting
    pregnant=yes :: notes: wife expecting in March
    in_hiding=yes :: notes: moves every few days
    called_forward=yes :: notes: had a message to go to the Baron Hotel
    """
)

NOT_TO_BE_READ = tuple(
    words
    for words, _ in _told(
        """
    - :: notes: stopped by border police in Iran
    - :: notes: police report attached
    - :: notes: needs to see a doctor
    - :: notes: his doctor says he needs rest
    - :: notes: spoke to her through an interpreter
    - :: notes: interpreter needed, Pashto
    - :: notes: emailed FCDO 24 Aug, no reply
    - :: notes: raised with FCDO and MoD
    - :: notes: letter from the Home Office
    - :: notes: No
    - :: notes: English
    - :: notes: English test passed
    - :: notes: student visa refused
    - :: notes: threatened with eviction by landlord
    - :: notes: was threatened with deportation from Pakistan
    - :: notes: on the list for the flight
    - :: notes: told a journalist about it
    - :: notes: BBC story about the gate
    - :: notes: his wife taught chemistry
    - :: notes: was taught at a school run by the British Council
    - :: notes: her sister's husband was killed
    - :: notes: not a single woman in the office
    - :: notes: caller is a British citizen
    - :: notes: Hindu Kush mountains
    - :: notes: Christian name is John
    - :: notes: shop in the Hazara quarter
    - :: notes: Chevening scholar? to check
    - :: notes: applied for a Chevening scholarship
    - :: notes: wife runs a women's association
    - :: notes: the judge said to wait
    - :: notes: worked with the PRT in Nangarhar
    - :: notes: General hospital, ward 4
    - :: notes: Major problems at the gate
    - :: threat: not yet threatened but brother was
    - :: threat: no direct threats
    - :: threat: neighbour threatened
    - :: threat: when the Taliban came to power he fled
    - :: threat: house of his uncle was searched
    - :: threat: برادرش تهدید شده
    - :: threat: خانم قاضی
    - :: notes: پسر قاضی
    - :: notes: مخفی نیست
    - :: notes: شوهرش گم است
    - :: subject: speaks English
    - :: subject: none
    - :: work: retired
    - :: notes: not a British national
    - :: notes: dependent of a British citizen
    - :: notes: next of kin of UK nationals
    - :: notes: sponsor: British citizen
    - :: notes: applied for British nationality
    - :: notes: entitled to a British passport
    - :: notes: dual national (Afghan/German)
    - :: notes: فامیل تبعه انگلیس
    - :: work: worked with a contractor of the Afghan army
    - :: employer: British company
    - :: employer: company that supplied the British Army
    - :: employer: provincial council
    - :: work: کارمند شرکت
    - :: work: کارمند شفاخانه
    - :: notes: expecting a reply
    - :: notes: reply due in October
    - :: notes: sister expecting in May
    - :: notes: not v. sick
    - :: notes: sick of waiting
    - :: notes: at risk of eviction
    - :: threat: no fear of reprisal
    - :: threat: brother had threats on WhatsApp
    """
    )
)
