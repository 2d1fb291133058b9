"""What looks like a patient's name, telephone number or identity number, and so is not kept.

Shapes only: it stops a slip of the hand, not somebody who means to write a name. The phone's own
(`field/src/see/privacy.ts`) are held to the same table of cases, `privacy.cases.json` beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from marrow.people.rules.blanks import one_blank
from marrow.people.rules.ordinary_words import ORDINARY, STATES
from marrow.people.rules.surnames import FOREIGN, HAN, SURNAME
from marrow.people.rules.titles import CHINESE_CALLED, befallen_in, called_in

PHONE = re.compile(r"(?<![\w.])\+?\(?\d(?:[\s().\-/]{0,2}\d){7,14}(?!\w)", re.ASCII)
DAY = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:19|20)\d\d)(?!\d)",
    re.ASCII,
)
#: 12 000 000 GNF is money, whatever its length
AMOUNT = re.compile(
    r"(?<![\w.])\d{1,3}(?:[ .\u00a0\u202f]?\d{3}){1,6}"
    r"(?=\s{0,3}(?:GNF|FG|FCFA|XOF|CFA|EUR|USD|RMB|CNY|francs?|euros?|dollars?|yuan|元|€|\$))",
    re.ASCII,
)
IDENTITY = re.compile(r"(?<!\w)(?:\d{15}|\d{17}[\dXx]|[A-Z]{1,2}[ -]?\d{6,9})(?!\w)", re.ASCII)
_START = r"(?<![A-Za-zÀ-ÿ])"  # Chinese may stand right before it
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mmes?|Mlle|Madame?|Mademoiselle|Monsieur|Messieurs|Messrs|MM(?=\.)|M)\b\.?"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]{1,40}"
_SHOUTED = r"[A-ZÀ-ÖØ-Þ]{3,40}"
#: a word with a capital that is nothing else
_NAMED = rf"(?!(?:{'|'.join(ORDINARY)})(?![A-Za-zÀ-ÿ])){_CAPITAL}"
_STATE = rf"(?:[Vv]on\s)?(?:{'|'.join(STATES)})(?![A-Za-zÀ-ÿ])"
#: Patient Diabétique connu is nobody; patient Diabétique Diallo is somebody
_STATED = rf"(?:{_STATE}\s){{0,3}}(?!{_STATE}){_NAMED}"
_CHINESE = rf"{SURNAME}{HAN}{{1,2}}"
#: what may follow a Chinese name, in which no word is set apart: 患者王小明从床上摔下
_THEN = (
    r"(?:$|[^\u4e00-\u9fff]"
    "|[从因在于今昨前已被把将向到来去要需的和与为是有没不突发摔跌受骨手术行做转死病晕自未正仍再入住诉意输服拒逃离走失醒开由回复拆换男女])"
)
_ILL = (
    r"(?:患者|病人|患儿|病患|伤者|伤员|产妇|孕妇|死者|\b(?:[Pp]atiente?|[Mm]alade)\b)"
    r"\s?(?:[:：]|[，,]?\s?(?:名叫|叫做|叫|名为|姓名\s?[:：]?))?\s?"
)
#: what is done with a patient, written right after the name: 张三 复查
_SOON = r"\s?(?:需|要|须|应|待|来|将|再|回院|已)?"
_CARE = rf"{_SOON}(?:复查|复诊|随访|换药|拆线|拔钉|再诊|住院|出院|转诊|转院|就诊|来诊|术后)"
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
    r"|alpha\sbah|awa|hassan|fatima|a[iï]cha|aisha)"
)
#: the same of China in Latin letters, with the name that follows
_PINYIN = (
    r"(?:wang|zhang|liu|huang|zhao|zhou|zhu|guo|zheng|liang|xie|deng|peng|zeng|jiang)\s[a-z]{2,9}"
)
_LOWER = rf"(?:{_KNOWN}(?:\s{_KNOWN})?|{_PINYIN})(?![A-Za-zÀ-ÿ])"
_LOWER_ILL = rf"(?:{_LOWER}|{_NAMED_ILL}(?![A-Za-zÀ-ÿ]))"
_AGE = r"(?=\s?[,，(（]\s?(?:[MFHmfh]\s?[,，]\s?)?\d{1,3}\s?(?:ans?\b|years?\b|yrs?\b|y\b|岁))"
_SICK = r"\b(?:(?:[Pp]atiente?|[Mm]alade)\b|[Pp]te?\b\.?)"
_CALLED = (
    r"\s(?:(?:is|was|est|était)\s)?"
    r"(?:named|called|nommée?|appelée?|dénommée?|prénommée?|du nom de|de nom"
    r"|(?:qui\s)?s['’]appelle|se nomme|whose name is)\s"
)
_BETWEEN = rf"(?:\s|\s?[:：,，(（]\s?|\s(?:is|was|est|était)\s|{_CALLED})(?:{_TITLE}\s)?"
NAMES = (
    re.compile(rf"{_START}{_TITLE}\s{_CAPITAL}"),
    re.compile(rf"{_START}{_CAPITAL}\s{_CAPITAL}"),
    re.compile(rf"{_START}(?:{_CAPITAL}\s{_SHOUTED}|{_SHOUTED}\s{_CAPITAL})\b"),
    re.compile(rf"{SURNAME}[\u4e00-\u9fff]{{0,2}}某某?|{CHINESE_CALLED}"),
)
LABELLED = (
    re.compile(r"(?:姓名|名字|名叫)\s?[:：]?\s?(?!不详|不明|未知|保密)[\u4e00-\u9fff]{2,4}"),
    re.compile(rf"{_START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\s?[:：]\s?\S{{1,40}}"),
)
KNOWN = re.compile(rf"{_START}{_LOWER}", re.IGNORECASE)
#: who stands before a need, or by whose kin a patient is called: 王小明 骨折, 张伟的母亲
LISTED = (
    re.compile(rf"(?:(?<![\s\S])|(?<=[\n。；;]))\s?{_CHINESE}(?=[\s，,、：:])"),
    re.compile(
        rf"(?<!{HAN}){_CHINESE}的"
        "(?:母亲|父亲|妈妈|爸爸|儿子|女儿|妻子|丈夫|爱人|老婆|老公|家属|家人|哥哥|弟弟|姐姐|妹妹|孩子|奶奶|爷爷|外婆|外公)"
    ),
)
_CHINESE_START = r"(?:(?<![\u4e00-\u9fff\d])|(?<=患者|病人|患儿)|(?<=[给为替请让]))"
#: who is called a patient, or is seen again, by name
PATIENTS = (
    re.compile(rf"{_SICK}\s{_TITLE}\s{_CAPITAL}"),
    re.compile(rf"{_SICK}\s{_STATED}"),
    re.compile(rf"{_SICK}{_CALLED}(?:{_TITLE}\s)?{_NAMED}(?:\s{_NAMED})?"),
    re.compile(
        rf"\b(?:[Pp]atiente?s?|[Mm]alades?)\s?[:：]\s?"
        rf"(?:{_TITLE}\s{_CAPITAL}|{_NAMED}\s{_NAMED}|{_NAMED}{_AGE})"
    ),
    re.compile(rf"\b(?:patiente?s?|malades?)\b{_BETWEEN}{_LOWER_ILL}", re.IGNORECASE),
    re.compile(rf"(?:患者|病人|患儿|伤者|伤员|产妇)\s?[:：]?\s?{_STATED}\s{_NAMED}"),
    re.compile(rf"(?:患者|病人|患儿|伤者|伤员|产妇)\s?[:：]?\s?{_LOWER_ILL}", re.IGNORECASE),
    re.compile(rf"{_ILL}{_CHINESE}?(?={_THEN})"),
    re.compile(rf"{_ILL}{_CHINESE}"),
    re.compile(rf"{_ILL}{FOREIGN}(?=大|昨|{_THEN})"),
    re.compile(rf"(?:患者|病人|患儿|伤者|伤员|产妇)[，,]?\s?姓{SURNAME}"),
    re.compile(rf"{_CHINESE_START}{_CHINESE}?(?={_CARE})"),
    re.compile(
        rf"(?<!{HAN}){_CHINESE}\s?[，,、（(\s]\s?"
        rf"(?:[男女]性?(?!{HAN})|\d{{1,3}}\s?(?:岁(?!以)|个月大|月大))"
    ),
    re.compile(rf"{_START}{_LOWER}{_AGE}", re.IGNORECASE),
)
#: what a machine is called after too, and no known name: MR Ingenia, M Series, LC Ms Shimadzu
_ON_MACHINES = re.compile(
    rf"{_START}(?:M[RrSs]?|m[rs])(?:\.\s?|\s)(?!(?:{_KNOWN}|{_NAMED_ILL})(?![A-Za-zÀ-ÿ])|{HAN})",
    re.IGNORECASE,
)
#: who died is a patient in words about care alone
DIED = (re.compile(rf"{_CHINESE_START}{_CHINESE}?(?={_SOON}(?:死亡|去世|病故))"),)


def number_in(text: str) -> str:
    """The part that looks like a telephone or identity number; '' where there is none. Days may be
    written: 2026-11-21;
    so may money: 12 000 000 GNF."""
    bare = AMOUNT.sub(" ", DAY.sub(" ", unicodedata.normalize("NFKC", text)))
    found = IDENTITY.search(bare) or PHONE.search(bare)
    return found.group(0).strip() if found else ""


def called_patient_in(text: str) -> str:
    """The part that calls somebody a patient by name; '' where there is none. What befell who is
    called by a title is not asked: a colleague may have died."""
    return _first(PATIENTS, one_blank(text))


def patient_in(text: str) -> str:
    """The part that names a patient as one, or by what befell them: Mrs Smith died; '' where there
    is none."""
    text = one_blank(text)
    return called_patient_in(text) or _first(DIED, text) or befallen_in(text)


def titled_in(text: str) -> str:
    """The part that names a patient, or calls somebody by a title without an office beside: for
    words about care that strangers read; '' where there is none."""
    text = one_blank(text)
    return patient_in(text) or called_in(text)


def named_on_machine_in(text: str) -> str:
    """As of words about care; but Mr, M and Ms are no titles in what a machine is called, unless a
    known name follows."""
    return patient_in(text) or called_in(_ON_MACHINES.sub("", one_blank(text)))


def labelled_in(text: str) -> str:
    """What stands after a word for a name: Nom: Diallo, 姓名：王小明; '' where there is none."""
    return _first(LABELLED, one_blank(text))


def name_in(text: str) -> str:
    """The part that looks like a person's name; '' where there is none."""
    text = one_blank(text)
    shapes = (*NAMES, *LABELLED, *PATIENTS, *DIED, *LISTED, KNOWN)
    return _first(shapes, text) or befallen_in(text)


def _first(shapes: Iterable[re.Pattern[str]], text: str) -> str:
    found = next(filter(None, (shape.search(text) for shape in shapes)), None)
    return found.group(0).strip() if found else ""
