"""What looks like a patient's name, telephone number or identity number, and so is not kept.

Shapes only: it stops a slip of the hand, not somebody who means to write a name. The phone's own
(`field/src/see/privacy.ts`) are held to the same table of cases, `privacy.cases.json` beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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
#: many surnames begin ordinary words too: 高血压, 周三, 马上, 丁肝 are nobody
_SURNAME = (
    "(?:[王李刘杨赵吴朱胡郭谢梁宋冯邓曹彭肖田袁潘蔡蒋吕]"
    "|[汪姚谭廖邹熊郝崔邱秦侯邵龚乔贺赖]"
    "|陈(?!旧)|徐(?![州徐缓])|孙(?![女子辈])|郑(?![重州])|罗(?![音马])|韩(?!国)|董(?!事)|苏(?![丹醒州打木])|黎(?!明)"
    "|欧阳|司马|上官|诸葛|张(?!力|口|开|家口)|黄(?![疸体斑色褐热染曲山石])"
    "|周(?![一二三四五六日天后内前围期岁末身边年到])"
    "|马(?![上蹄尾凡里拉鞍达])|何(?![时日人处种因地况以])"
    "|高(?![血热钾钠糖危脂压龄烧处度尿位原级坠能频敏渗氮胆钙磷同半凝])"
    "|林(?![巴区])|唐(?![氏山])|许(?![可多久昌])|曾(?![经用行在做有于患服两多一住手])|余(?![下者人留额量热项])"
    "|杜(?![绝氏仲])|叶(?![酸片])|程(?![度序控])|魏(?!氏)|丁(?![肝型卡])|范(?![围例])|顾(?![虑客])|陆(?![续地军])|孟(?!氏))"
)
_CHINESE = rf"{_SURNAME}[\u4e00-\u9fff]{{1,2}}"
_ILL = r"(?:患者|病人|患儿|\b(?:[Pp]atiente?|[Mm]alade)\b)"
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
#: the same of China in Latin letters, with the name that follows
_PINYIN = (
    r"(?:wang|zhang|liu|huang|zhao|zhou|zhu|guo|zheng|liang|xie|deng|peng|zeng|jiang)\s+[a-z]{2,9}"
)
_LOWER = rf"(?:{_KNOWN}(?:\s+{_KNOWN})?|{_PINYIN})(?![A-Za-zÀ-ÿ])"
NAMES = (
    re.compile(rf"{_START}{_TITLE}\s+{_CAPITAL}"),
    re.compile(rf"{_START}{_CAPITAL}\s+{_CAPITAL}"),
    re.compile(rf"{_START}(?:{_CAPITAL}\s+{_SHOUTED}|{_SHOUTED}\s+{_CAPITAL})\b"),
    re.compile(r"(?:姓名|名字|名叫)\s*[:：]?\s*[\u4e00-\u9fff]{2,4}"),
    re.compile(rf"{_SURNAME}[\u4e00-\u9fff]{{0,2}}(?:某某?|先生|女士|小姐|大爷|阿姨)"),
    re.compile(rf"{_START}(?:[Nn]ame|[Ss]urname|[Nn]om|[Pp]rénom)\s*:\s*\S+"),
)
KNOWN = re.compile(rf"{_START}{_LOWER}", re.IGNORECASE)
#: who is called a patient, or is seen again, by name
PATIENTS = (
    re.compile(rf"\b(?:[Pp]atiente?|[Mm]alade)\s+{_CAPITAL}"),
    re.compile(rf"\b(?:patiente?|malade)\s+{_LOWER}", re.IGNORECASE),
    re.compile(rf"{_ILL}\s*{_CHINESE}(?=[,，、。;；\s(（]|$)"),
    re.compile(
        rf"(?:(?<![\u4e00-\u9fff\d])|(?<=患者|病人|患儿)|(?<=[给为替请让])){_CHINESE}?(?={_CARE})"
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


def name_in(text: str) -> str:
    """The part that looks like a person's name; '' where there is none."""
    return _first((*NAMES, *PATIENTS, KNOWN), text)


def _first(shapes: Iterable[re.Pattern[str]], text: str) -> str:
    found = next(filter(None, (shape.search(text) for shape in shapes)), None)
    return found.group(0).strip() if found else ""
