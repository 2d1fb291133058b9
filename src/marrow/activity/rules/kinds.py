"""What is counted, by code, in three tongues. A code is kept for ever; names may be bettered.

The part that somebody took is in the code: an operation assisted is never an operation done.
"""

from __future__ import annotations

Words = dict[str, dict[str, str]]


def _words(*rows: tuple[str, str, str, str]) -> Words:
    return {code: {"en": en, "zh": zh, "fr": fr} for code, en, zh, fr in rows}


KINDS: Words = _words(
    ("VISIT", "visits", "诊疗人次", "consultations"),
    ("RESCUE", "rescues of the critically ill", "抢救危重患者", "prises en charge d’urgence vitale"),
    ("OPERATION_DONE", "operations done", "主刀手术", "interventions réalisées"),
    ("OPERATION_ASSISTED", "operations assisted", "协助手术", "interventions assistées"),
    ("OPERATION_SUPERVISED", "operations supervised", "指导手术", "interventions supervisées"),
    ("ADMISSION", "admissions", "收治住院", "hospitalisations"),
    ("DELIVERY", "deliveries", "接生", "accouchements"),
    ("TRAINED_IN_PERSON", "trained in person", "线下培训人数", "personnes formées sur place"),
    ("TRAINED_ONLINE", "trained online", "线上培训人数", "personnes formées en ligne"),
    ("LECTURE", "lectures", "讲座", "conférences"),
    ("DEMONSTRATION", "demonstrations", "示教", "démonstrations"),
    ("ADVICE", "advice given", "咨询建议", "conseils donnés"),
    ("PROTOCOL", "protocols shared", "分享诊疗规范", "protocoles partagés"),
    ("FREE_CLINIC", "free clinics", "义诊场次", "consultations gratuites (séances)"),
    ("PUBLIC_HEALTH", "public-health actions", "公共卫生工作（次）", "actions de santé publique"),
    ("REMOTE_CONSULT", "remote consultations", "远程会诊", "télé-expertises"),
)  # fmt: skip
#: counted in persons: a single record of these tells how many came
IN_PERSONS = ("TRAINED_IN_PERSON", "TRAINED_ONLINE")
#: of these a single record may tell how many people it reached
REACHING = ("LECTURE", "DEMONSTRATION", "FREE_CLINIC", "PUBLIC_HEALTH")
MOST_REACHED = 1_000_000
GROUPS: Words = _words(
    ("LOCAL", "local patients", "当地患者", "patients locaux"),
    ("OWN_NATIONALS", "own nationals abroad", "我国驻外人员", "ressortissants de l’envoyeur"),
    ("OWN_FIRMS", "own-funded firms", "中资机构", "entreprises de l’envoyeur"),
    ("DIASPORA", "diaspora", "华人华侨", "diaspora"),
    ("OTHER", "others", "其他人群", "autres"),
)
OUTCOMES: Words = _words(
    ("SIGHT_RESTORED", "sees again", "重见光明", "vue retrouvée"),
    ("RECOVERED", "recovered", "痊愈", "guérison"),
    ("IMPROVED", "improved", "好转", "amélioration"),
    ("UNCHANGED", "unchanged", "无变化", "sans changement"),
    ("REFERRED", "referred on", "已转诊", "transfert"),
    ("DIED", "died", "死亡", "décès"),
)
SEXES: Words = _words(("F", "female", "女", "féminin"), ("M", "male", "男", "masculin"))
#: whose own words are kept
SPEAKERS: Words = _words(
    ("PATIENT", "a patient", "患者", "un patient"),
    ("FAMILY", "a patient’s family", "患者家属", "la famille d’un patient"),
    ("COLLEAGUE", "a local colleague", "当地同事", "un collègue local"),
    ("PARTNER", "an authority or partner", "当地政府或合作方", "une autorité ou un partenaire"),
)
SATISFACTIONS: Words = _words(
    ("GLAD", "glad", "满意", "content"),
    ("MIXED", "partly", "一般", "en partie"),
    ("NOT", "not glad", "不满意", "pas content"),
)
AGES: Words = _words(
    ("U1", "under 1", "1岁以下", "moins de 1 an"), ("1_4", "1–4", "1–4岁", "1–4 ans"),
    ("5_17", "5–17", "5–17岁", "5–17 ans"), ("18_64", "18–64", "18–64岁", "18–64 ans"),
    ("65_UP", "65 and over", "65岁及以上", "65 ans et plus"),
)  # fmt: skip


def code_of(words: Words, told: str) -> str:
    """The code whose code or name, in any tongue, these words are; '' where none is."""
    plain = _plain(told)
    for code, said in words.items():
        if plain in (_plain(code), *map(_plain, said.values())):
            return code
    return ""


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
