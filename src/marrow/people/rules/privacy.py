"""What looks like a patient's name, telephone number or identity number, and so is not kept.

Shapes only: it stops a slip of the hand, not somebody who means to write a name. The phone's own
(`field/src/see/privacy.ts`) are held to the same table of cases, `privacy.cases.json` beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from marrow.people.rules.ordinary_words import ORDINARY

PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)", re.ASCII)
DAY = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d)(?!\d)",
    re.ASCII,
)
#: 12 000 000 GNF is money, whatever its length
AMOUNT = re.compile(
    r"(?<![\w.])\d{1,3}(?:[ .\u00a0\u202f]?\d{3})+(?=\s*(?:GNF|FG|FCFA|XOF|CFA|EUR|USD|RMB|CNY"
    r"|francs?|euros?|dollars?|yuan|元|€|\$))",
    re.ASCII,
)
IDENTITY = re.compile(r"(?<!\w)(?:\d{15}|\d{17}[\dXx]|[A-Z]{1,2}[ -]?\d{6,9})(?!\w)", re.ASCII)
_START = r"(?<![A-Za-zÀ-ÿ])"  # Chinese may stand right before it
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame|Monsieur|M)\b\.?"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]+"
_SHOUTED = r"[A-ZÀ-ÖØ-Þ]{3,}"
#: a word with a capital that is nothing else
_NAMED = rf"(?!(?:{'|'.join(ORDINARY)})(?![A-Za-zÀ-ÿ])){_CAPITAL}"
#: many surnames begin ordinary words too: 高血压, 周三, 马上, 丁肝 are nobody
_SURNAME = (
    "(?:[刘赵吴郭梁宋冯邓彭肖袁潘蔡蒋吕]|[汪姚谭廖邹郝崔邱侯邵龚]"
    "|王(?!国)|李(?!斯特)|杨(?![梅树])|朱(?!砂)|胡(?![萝言乱须闹])|谢(?![绝谢])|曹(?!县)|田(?![间地径野])"
    "|熊(?![猫去])|秦(?![皇艽])|乔(?!木)|贺(?![信卡电词])|赖(?![以于氨])"
    "|陈(?![旧述诉])|徐(?![州徐缓])|孙(?![女子辈儿])|郑(?![重州])|罗(?![音马哌红氏库非])|韩(?!国)|董(?!事)"
    "|苏(?![丹醒州打木合铁里拉])|黎(?![明巴])|欧阳|司马|上官|诸葛|张(?!力|口|开|家口|嘴|贴)"
    "|黄(?![疸体斑色褐热染曲山石芪连芩脓痰绿])|周(?![一二三四五六日天后内前围期岁末身边年到中转])"
    "|马(?![上蹄尾凡里拉鞍达来尔桶路车虎铃])|何(?![时日人处种因地况以谓等])"
    "|高(?![血热钾钠糖危脂压龄烧处度尿位原级坠能频敏渗氮胆钙磷同半凝风达于空考乳泌胰粘镁流浓通质效发剂分出层抬举兴声速])"
    "|林(?![巴区可格业])|唐(?![氏山突])|许(?![可多久昌诺])"
    "|曾(?![经用行在做有于患服两多一住手因出接发到去来被使诊入说表对与反自输流怀生受感吸饮])"
    "|余(?![下者人留额量热项年名例])|杜(?![绝氏仲冷兰塞])|叶(?![酸片状克])|程(?![度序控])|魏(?!氏)"
    "|丁(?![肝型卡胺香哌])|范(?![围例畴])|顾(?![虑客及问])|陆(?![续地军上])|孟(?![氏加])"
    # who has an office is named by it: 李医生, 王院长
    ")(?!医|护士|护师|主任|主席|院长|队长|组长|大夫|教授|老师|书记|局长|部长|大使|司机|翻译|师傅|处长|专家|博士)"
)
_HAN = r"[\u4e00-\u9fff]"
_CHINESE = rf"{_SURNAME}{_HAN}{{1,2}}"
#: what may follow a Chinese name, in which no word is set apart: 患者王小明从床上摔下
_THEN = (
    r"(?:$|[^\u4e00-\u9fff]"
    "|[从因在于今昨前已被把将向到来去要需的和与为是有没不突发摔跌受骨手术行做转死病晕自未正仍再入住诉意输服拒逃离走失醒开由回复拆换男女])"
)
_ILL = (
    r"(?:患者|病人|患儿|病患|伤者|伤员|产妇|孕妇|死者|\b(?:[Pp]atiente?|[Mm]alade)\b)"
    r"\s*(?:[:：]|[，,]?\s*(?:名叫|叫做|叫|名为|姓名\s*[:：]?))?\s*"
)
#: what is done with a patient, written right after the name: 张三 复查
_CARE = (
    r"\s*(?:需|要|须|应|待|来|将|再|回院|已)?"
    r"(?:复查|复诊|随访|换药|拆线|拔钉|再诊|住院|出院|转诊|转院|就诊|来诊|术后|死亡|去世|病故)"
)
#: given and family names of where teams serve that are no other word of English or French
_KNOWN = (
    r"(?:mamadou|amadou|mahamadou|ibrahima|oumar|ousmane|abdoulaye|abou?bacar|boubacar|thierno|moussa"
    r"|s[eé]kou|lansana|souleymane|sa[iï]dou|a[iï]ssatou|fatoumata|fatou|mariama|aminata|kadiatou"
    r"|ramatoulaye|binta|oumou|djenabou|diallo|camara|sylla|traor[eé]|ke[iï]ta|soumah|bangoura"
    r"|kourouma|ciss[eé]|fofana|doumbouya|sidib[eé]|diakit[eé]|bald[eé]|coulibaly|sangar[eé]|konat[eé])"
)
#: such as are names right after “patient” only
_NAMED_ILL = (
    r"(?:bah|barry|sow|kaba|kant[eé]|tour[eé]|cond[eé]|loua|haba|lamah|oular[eé]|tounkara|savan[eé]"
    r"|dram[eé]|ndiaye|diop|sarr|seck|gueye|faye|ouattara|kon[eé]|sanogo|demb[eé]l[eé]|ou[eé]draogo"
    r"|alpha\s+bah|awa|hassan|fatima|a[iï]cha|aisha)"
)
#: the same of China in Latin letters, with the name that follows
_PINYIN = (
    r"(?:wang|zhang|liu|huang|zhao|zhou|zhu|guo|zheng|liang|xie|deng|peng|zeng|jiang)\s+[a-z]{2,9}"
)
_LOWER = rf"(?:{_KNOWN}(?:\s+{_KNOWN})?|{_PINYIN})(?![A-Za-zÀ-ÿ])"
_LOWER_ILL = rf"(?:{_LOWER}|{_NAMED_ILL}(?![A-Za-zÀ-ÿ]))"
_AGE = r"(?=\s*[,，(（]\s*(?:[MFHmfh]\s*[,，]\s*)?\d{1,3}\s*(?:ans?\b|years?\b|yrs?\b|y\b|岁))"
_SICK = r"\b(?:(?:[Pp]atiente?|[Mm]alade)\b|[Pp]te?\b\.?)"
_CALLED = (
    r"\s+(?:(?:is|was|est|était)\s+)?"
    r"(?:named|called|nommée?|appelée?|dénommée?|prénommée?|du nom de|de nom"
    r"|(?:qui\s+)?s['’]appelle|se nomme|whose name is)\s+"
)
_BETWEEN = rf"(?:\s+|\s*[:：,，(（]\s*|\s+(?:is|was|est|était)\s+|{_CALLED})(?:{_TITLE}\s+)?"
NAMES = (
    re.compile(rf"{_START}{_TITLE}\s+{_CAPITAL}"),
    re.compile(rf"{_START}{_CAPITAL}\s+{_CAPITAL}"),
    re.compile(rf"{_START}(?:{_CAPITAL}\s+{_SHOUTED}|{_SHOUTED}\s+{_CAPITAL})\b"),
    re.compile(r"(?:姓名|名字|名叫)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}"),
    re.compile(rf"{_SURNAME}[\u4e00-\u9fff]{{0,2}}(?:某某?|先生|女士|小姐|大爷|阿姨)"),
    re.compile(rf"{_START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\s*:\s*\S+"),
)
KNOWN = re.compile(rf"{_START}{_LOWER}", re.IGNORECASE)
#: who stands before a need, or by whose kin a patient is called: 王小明 骨折, 张伟的母亲
LISTED = (
    re.compile(rf"(?:(?<![\s\S])|(?<=[\n。；;]))\s*{_CHINESE}(?=[\s，,、：:])"),
    re.compile(
        rf"(?<!{_HAN}){_CHINESE}的"
        "(?:母亲|父亲|妈妈|爸爸|儿子|女儿|妻子|丈夫|爱人|老婆|老公|家属|家人|哥哥|弟弟|姐姐|妹妹|孩子|奶奶|爷爷|外婆|外公)"
    ),
)
#: by which somebody is called who is no doctor: “Dr” treats
_POLITE = r"(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Madame|Monsieur)\b\.?|M\."
#: what befalls patients, said right after a name; who is transferred or evacuated may be of a team
_BEFELL = (
    r"(?:\s+(?:has|had))?\s+(?:died|bled|relapsed|passed\s+away)\b"
    r"|\s+(?:was|is|has\s+been)\s+(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)\b"
    r"|(?:\s+(?:est|fut|a\s+été|était))?\s+(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)"
    r"(?![A-Za-zÀ-ÿ])"
    r"|\s+(?:est|fut|a\s+été|était)\s+(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])"
    r"|\s+a\s+accouché(?![A-Za-zÀ-ÿ])"
)
_TITLED = rf"{_START}(?:{_POLITE})\s+(?:{_NAMED}|{_SHOUTED})(?:\s+(?:{_CAPITAL}|{_SHOUTED}))*"
#: who holds an office is named by it, before or after: Mme Camara, sage-femme
_OFFICE = (
    r"(?!\s*[,，(（]\s*(?:la\s+|le\s+|the\s+|our\s+|notre\s+)?(?:our\s+)?(?:head|chief|director|deputy"
    r"|nurse|midwife|doctor|surgeon|anaesthetist|physician|pharmacist|minister|secretary|registrar"
    r"|statistician|engineer|interpreter|driver|teacher|ambassador|consul|mayor|governor|matron"
    r"|chef|cheffe|directeur|directrice|adjoint|infirmi|sage-femme|médecin|docteur|chirurgien|anesth"
    r"|pharmacien|ministre|secrétaire|statisticien|ingénieur|interprète|chauffeur|enseignant"
    r"|ambassadeur|maire|préfet|gouverneur|responsable|coordinat|point\s+focal|surveillant"
    rf"|{_HAN}{{0,8}}(?:局|科|院|部|处|馆|会|医生|护士|主任|长|专家|翻译)))"
)
_CHINESE_TITLED = rf"(?<!{_HAN}){_SURNAME}{_HAN}{{0,2}}?(?:某某?)?(?:女士|先生|小姐|太太|大爷|大妈)"
#: who is called by a title in words about care
_COLLEAGUE = re.compile(
    r"(?:\b(?:with|by|beside|avec|par|nurse|midwife|doctor|surgeon|colleague|infirmi(?:er|ère)"
    r"|sage-femme|collègue|chirurgien(?:ne)?)\s+|[与和由跟随]|医生|护士|同事)$",
    re.IGNORECASE,
)
TITLED = (
    re.compile(rf"{_TITLED}(?![A-Za-zÀ-ÿ]){_OFFICE}"),
    re.compile(rf"{_CHINESE_TITLED}{_OFFICE}"),
)
#: who is called a patient, or is seen again, by name
PATIENTS = (
    re.compile(rf"{_SICK}\s+{_TITLE}\s+{_CAPITAL}"),
    re.compile(rf"{_SICK}\s+{_NAMED}"),
    re.compile(rf"{_SICK}{_CALLED}(?:{_TITLE}\s+)?{_NAMED}(?:\s+{_NAMED})?"),
    re.compile(
        rf"\b(?:[Pp]atiente?s?|[Mm]alades?)\s*[:：]\s*"
        rf"(?:{_TITLE}\s+{_CAPITAL}|{_NAMED}\s+{_NAMED}|{_NAMED}{_AGE})"
    ),
    re.compile(rf"\b(?:patiente?s?|malades?)\b{_BETWEEN}{_LOWER_ILL}", re.IGNORECASE),
    re.compile(rf"(?:患者|病人|患儿|伤者|伤员|产妇)\s*[:：]?\s*{_NAMED}\s+{_NAMED}"),
    re.compile(rf"(?:患者|病人|患儿|伤者|伤员|产妇)\s*[:：]?\s*{_LOWER_ILL}", re.IGNORECASE),
    re.compile(rf"{_ILL}{_CHINESE}?(?={_THEN})"),
    re.compile(rf"{_ILL}{_CHINESE}"),
    re.compile(rf"(?:患者|病人|患儿|伤者|伤员|产妇)[，,]?\s*姓{_SURNAME}"),
    re.compile(
        rf"(?:(?<![\u4e00-\u9fff\d])|(?<=患者|病人|患儿)|(?<=[给为替请让])){_CHINESE}?(?={_CARE})"
    ),
    re.compile(
        rf"(?<!{_HAN}){_CHINESE}\s*[，,、（(\s]\s*"
        rf"(?:[男女]性?(?!{_HAN})|\d{{1,3}}\s*(?:岁(?!以)|个月大|月大))"
    ),
    re.compile(rf"{_START}{_LOWER}{_AGE}", re.IGNORECASE),
    re.compile(rf"{_TITLED}(?={_BEFELL})"),
    re.compile(
        rf"{_CHINESE_TITLED}(?=\s*[，,]?\s*(?:已|于|因|在)?(?:去世|死亡|病故|过世|病危|病逝|分娩|转诊))"
    ),
)


def number_in(text: str) -> str:
    """The part that looks like a telephone or identity number; '' where there is none. Days may be
    written: 2026-11-21;
    so may money: 12 000 000 GNF."""
    bare = AMOUNT.sub(" ", DAY.sub(" ", unicodedata.normalize("NFKC", text)))
    found = IDENTITY.search(bare) or PHONE.search(bare)
    return found.group(0).strip() if found else ""


def patient_in(text: str) -> str:
    """The part that names a patient as one; '' where there is none."""
    return _first(PATIENTS, text)


def titled_in(text: str) -> str:
    """The part that names a patient, or calls somebody by a title who is no colleague there and
    holds no office: for words about care that strangers read; '' where there is none."""
    if found := patient_in(text):
        return found
    called = (one for shape in TITLED for one in shape.finditer(text))
    by_title = (one for one in called if not _COLLEAGUE.search(text[: one.start()]))
    return next((one.group(0).strip() for one in by_title), "")


def name_in(text: str) -> str:
    """The part that looks like a person's name; '' where there is none."""
    return _first((*NAMES, *PATIENTS, *LISTED, KNOWN), text)


def _first(shapes: Iterable[re.Pattern[str]], text: str) -> str:
    found = next(filter(None, (shape.search(text) for shape in shapes)), None)
    return found.group(0).strip() if found else ""
