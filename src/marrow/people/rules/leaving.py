"""Who left a job is of the staff: Mr Sow resigned, M. Bah a quitté le service, 李先生离职. Where a
word of illness, operation or death stands in the same sentence it may be a patient.

The phone's own: `field/src/see/leaving.ts`.
"""

from __future__ import annotations

import re

_END = r"(?![A-Za-zÀ-ÿ])"
#: left alone: neither the left leg nor left the ward
_ALONE = (
    r"(?=\s?(?:$|[.;:)）。；]|,?\s(?:and|so|nobody|no\sone)\s"
    r"|\s(?:last|this)\s(?:week|month|year)"
    r"|\s(?:in|since)\s(?:20\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,9}\s)))"
)
_POST = r"\s(?:the|our|his|her|their)\s(?:team|post|job|service|position)(?![A-Za-zÀ-ÿ])"
_SERVICE = r"\s(?:le\sservice|le\sposte|son\sposte|l['’]\s?équipe|notre\séquipe|ses\sfonctions)"
LEAVES = (
    rf"(?:\s(?:has\s|had\s)?(?:(?:left|quit|retired)(?:{_ALONE}|{_POST})|resigned{_END})"
    r"|\s(?:was|is|has\sbeen)\s(?:posted|reassigned)\s(?:elsewhere|away|to\sanother)(?![A-Za-zÀ-ÿ])"
    rf"|\s(?:a|avait)\s(?:quitté(?:{_SERVICE}{_END}|{_ALONE})|démissionné{_END}|pris\ssa\sretraite)"
    r"|\s(?:a|avait)\sété\s(?:mutée?|affectée?\sailleurs)(?![A-Za-zÀ-ÿ])"
    r"|\sest\spartie?\s(?:à\sla|en)\sretraite"
    r"|\s?(?:已经?|刚|上月|上个月|去年|今年|于(?:[\d年月日\s]){2,12}){0,4}\s?(?:离职|辞职|退休|调走|调离|离任|卸任|离岗))"
)
_LEFT = re.compile(rf"\s?[,，)）]?{LEAVES}")
#: where a sentence ends; who is spoken of as he or she in the next is the same one
_STOP = re.compile(
    r"(?:[;；。!?！？\n]|\.(?=\s[A-ZÀ-ÖØ-Þ]))"
    r"(?!\s?(?:(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Ii]l|[Ee]lle|[Ss]on|[Ss]a)\s|他|她))"
)
#: words of illness, operation or death, each by how it begins; a full stop: nothing follows
_WORDS = """
bled bleed died. die. dies. dead death dying ill. illness sick diseas operated operation surgery
wound injur hurt fractur infect fever pain patient. patiente. malad treated treatment admitted
admission discharg dialysed dialyzed dialysé. dialysée. cancer tumor tumour tumeur hernia hernie
stroke burn coma. hemorr haemorr hémorr pregnan enceinte labour. labor. birth delivered cesar
caesar césar amput hiv. vih. aids. sida. tubercul diabet diabét hypertens anemi anaemi anémi
sepsis septic septique intubat relaps referred malaria palud ebola mpox covid cholera choléra
shock choc. stitch sutur plaster plate. plates. advice avis. mort. morte. morts. mourir mourant
décé décès opéré. opérée. opération saign bless plaie fièvre douleur hospitalis soigné traité.
traitée. traitement accouch guéri brûl chute
"""
WORDS = tuple(_WORDS.split())
CHINESE = (
    r"病(?!房|区|理|案|历)|(?<![技学艺手])术(?!语)|手术(?!室|台|部|护|技|组|间|科|显)|血(?!库|站|透|液)"
    r"|透析(?!室|机|中心|科|站|技|设)|[伤痛死亡逝癌瘤炎孕患岁肿晕疗]|去世|过世|骨折|高热|发热"
    r"|产(?!科|房|品|业|能)|分娩|住院|出院|转诊|就诊|复查|抢救|昏迷|感染"
)
_ILL = re.compile(
    rf"(?<![A-Za-zÀ-ÿ])(?:{'|'.join(WORDS).replace('.', _END)})|{CHINESE}", re.IGNORECASE
)


def left_work(before: str, after: str) -> bool:
    """Whether who is called between the two parts is told to have left a job, in a sentence without
    a word of illness."""
    if not _LEFT.match(after):
        return False
    stops = [one.end() for one in _STOP.finditer(before)]
    stop = _STOP.search(after)
    sentence = before[stops[-1] if stops else 0 :] + after[: stop.start() if stop else None]
    return not _ILL.search(sentence)
