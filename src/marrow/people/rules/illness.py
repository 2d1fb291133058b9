"""Words of illness, operation, death or age. Who is called by a title is not taken for a colleague
where one stands in the same sentence or in the next.

The phone's own: `field/src/see/illness.ts`.
"""

from __future__ import annotations

import re

_END = r"(?![A-Za-zÀ-ÿ])"
#: where a sentence ends
_STOP = re.compile(r"[;；。!?！？\n]|\.(?=\s[A-ZÀ-ÖØ-Þ])")
#: each by how it begins; a full stop: nothing follows; a line: a blank
_WORDS = """
bled bleed died. die. dies. dead death dying ill. illness sick diseas operated operation surgery
wound injur hurt fractur infect fever pain patient. patiente. malad treated treatment admitted
admission discharg dialysed dialyzed dialysé. dialysée. cancer tumor tumour tumeur hernia hernie
stroke burn coma. hemorr haemorr hémorr pregnan enceinte labour. labor. birth delivered cesar
caesar césar amput hiv. vih. aids. sida. tubercul diabet diabét hypertens anemi anaemi anémi
sepsis septic septique intubat relaps referred malaria palud ebola mpox covid cholera choléra
shock choc. stitch sutur plaster plate. plates. advice avis. mort. morte. morts. mourir mourant
décé décès opéré. opérée. opération saign bless plaie fièvre douleur hospitalis soigné traité.
traitée. traitement accouch guéri brûl chute leg. legs. jambe lost_his lost_her a_perdu on_dialysis
under_dialysis sous_dialyse en_dialyse en_réanimation intensive_care kidney insuffisance cured.
aged. âgé eye. eyes.
blind vomit convuls seizure paraly jaund asthma abscess abcès appendic gangr transfus unconscious
inconscient ulcer œdème swollen baby. bébé recovered.
"""
WORDS = tuple(_WORDS.split())
CHINESE = (
    r"病(?!房|区|理|案|历)|(?<![技学艺手])术(?!语)|手术(?!室|台|部|护|技|组|间|科|显)|血(?!库|站|透|液)"
    r"|透析(?!室|机|中心|科|站|技|设)|[伤痛死亡逝癌瘤炎孕患岁肿晕疗]|去世|过世|骨折|高热|发热"
    r"|产(?!科|房|品|业|能|假)|分娩|住院|出院|转诊|就诊|复查|抢救|昏迷|感染|中风|瘫|截肢|衰竭|重症|离世|剖宫|阑尾|抽搐|黄疸|溃疡|白内障"
)
#: 42 years old; Mr Sow, 42
_AGED = (
    rf"\d{{1,3}}\s?years?\sold|[,，(（]\s?\d{{1,3}}\s?"
    rf"(?:[,，)）]|\.(?!\d)|$|(?:ans?|years?|yrs?|y){_END})"
)
_LATIN = "|".join(WORDS).replace(".", _END).replace("_", r"\s")
_ILL = re.compile(rf"(?<![A-Za-zÀ-ÿ])(?:{_LATIN})|{CHINESE}|{_AGED}", re.IGNORECASE)
_DEATH = re.compile(
    r"(?<![A-Za-zÀ-ÿ])(?:died|dead|death|dying|bled|bleed|décé|décès|mort|mour|saign)"
    r"|[死亡逝]|去世|过世|出血",
    re.IGNORECASE,
)
#: a sentence that begins so is of others: two patients died since; nobody has operated since
_OTHERS = re.compile(
    r"[\s\"“'’]{0,3}(?:nobody|no\sone|none|personne|aucun"
    r"|(?:\d{1,6}|one|two|three|four|five|six|ten|many|several|no|all|our|the|deux|trois|quatre|cinq|dix"
    r"|plusieurs|tous|les|nos|des)\s(?:[a-zà-ÿ\-]{2,20}\s)?(?:patients|no\spatient|operations|surgeries"
    rf"|people|malades|opérations|interventions|personnes|cases|cas){_END}|no\spatient{_END}"
    r"|无人|没有人|(?:此后|目前|已有|有)?[\d一二两三四五六七八九十几多数]{1,4}(?:名|位|例|个|人|台))",
    re.IGNORECASE,
)


def ill_beside(before: str, after: str) -> bool:
    """Whether in the sentence of who is called between the two parts, or in what follows it, stands
    a word of illness, operation, death or age that is not of others."""
    own, following = _sentences(after)
    return bool(_ILL.search(_begun(before) + own) or _of_them(following))


def ill_after(before: str, after: str) -> bool:
    """The same of who was worked with: before the name only death counts, for the first operation
    with Mrs Barry is hers."""
    own, following = _sentences(after)
    return bool(_DEATH.search(_begun(before)) or _ILL.search(own) or _of_them(following))


def _of_them(sentence: str) -> bool:
    return bool(_ILL.search(sentence)) and not _OTHERS.match(sentence)


def _begun(before: str) -> str:
    stops = [one.end() for one in _STOP.finditer(before)]
    return before[stops[-1] if stops else 0 :]


def _sentences(after: str) -> tuple[str, str]:
    """The rest of the sentence, and the next."""
    stop = _STOP.search(after)
    if not stop:
        return after, ""
    following = _STOP.search(after, stop.end() + 1)
    return after[: stop.start()], after[stop.end() : following.start() if following else None]
