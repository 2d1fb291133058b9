"""The items of the WHO EMT Minimum Data Set (version 1.0) by number and group, in three tongues.

Numbers and groups are those on which two independent tools agree; the official form was not at
hand, so wording is to be checked against it. `2+3` and `30+32` are Marrow's own lines: what it
knows of two items together, where it does not know which.
"""

from __future__ import annotations

from marrow.activity.rules.kinds import Words

GROUPS: Words = {
    "AGE": {"en": "Age", "zh": "年龄", "fr": "Âge"},
    "SEX": {"en": "Sex", "zh": "性别", "fr": "Sexe"},
    "TRAUMA": {"en": "Trauma", "zh": "创伤", "fr": "Traumatismes"},
    "INFECTIOUS": {"en": "Infectious disease", "zh": "传染病", "fr": "Maladies infectieuses"},
    "ADDITIONAL": {"en": "Additional: set per event", "zh": "附加项目（按事件设定）", "fr": "Supplémentaires : selon l’événement"},
    "EMERGENCY": {"en": "Emergencies", "zh": "急症", "fr": "Urgences"},
    "OTHER": {"en": "Other key diseases", "zh": "其他重点疾病", "fr": "Autres maladies clés"},
    "PROCEDURE": {"en": "Procedure", "zh": "操作与手术", "fr": "Actes"},
    "OUTCOME": {"en": "Outcome", "zh": "转归", "fr": "Issue"},
    "RELATION": {"en": "Relation to the event", "zh": "与事件的关系", "fr": "Lien avec l’événement"},
    "PROTECTION": {"en": "Protection", "zh": "保护", "fr": "Protection"},
    "REPORT": {"en": "Needs immediate report", "zh": "需立即报告", "fr": "À signaler sans délai"},
    "RISK": {"en": "Community risk", "zh": "社区风险", "fr": "Risques pour la communauté"},
    "CONSTRAINT": {"en": "Operational constraint", "zh": "运行困难", "fr": "Contraintes"},
}  # fmt: skip


def _items(group: str, *rows: tuple[str, str, str, str]) -> list[tuple[str, str, dict[str, str]]]:
    return [(code, group, {"en": en, "zh": zh, "fr": fr}) for code, en, zh, fr in rows]


ITEMS = [
    *_items(
        "AGE",
        ("U1", "under 1", "1岁以下", "moins de 1 an"), ("1_4", "1–4", "1–4岁", "1–4 ans"),
        ("5_17", "5–17", "5–17岁", "5–17 ans"), ("18_64", "18–64", "18–64岁", "18–64 ans"),
        ("65_UP", "65 and over", "65岁及以上", "65 ans et plus"),
    ),
    *_items(
        "SEX",
        ("1", "male", "男", "masculin"),
        ("2", "female, not pregnant", "女，未怀孕", "féminin, non enceinte"),
        ("3", "female, pregnant", "女，怀孕", "féminin, enceinte"),
        ("2+3", "female, pregnancy not recorded", "女，未记录是否怀孕", "féminin, grossesse non notée"),
    ),
    *_items(
        "TRAUMA",
        ("4", "major head or spine injury", "头部或脊柱重伤", "lésion majeure, tête ou rachis"),
        ("5", "major torso injury", "躯干重伤", "lésion majeure, tronc"),
        ("6", "major extremity injury", "四肢重伤", "lésion majeure, membre"),
        ("7", "moderate injury", "中度损伤", "lésion modérée"),
        ("8", "minor injury", "轻度损伤", "lésion mineure"),
    ),
    *_items(
        "INFECTIOUS",
        ("9", "acute respiratory infection", "急性呼吸道感染", "infection respiratoire aiguë"),
        ("10", "acute watery diarrhoea", "急性水样腹泻", "diarrhée aqueuse aiguë"),
        ("11", "acute bloody diarrhoea", "急性血性腹泻", "diarrhée sanglante aiguë"),
        ("12", "acute jaundice syndrome", "急性黄疸综合征", "syndrome ictérique aigu"),
        ("13", "suspected measles", "疑似麻疹", "rougeole suspectée"),
        ("14", "suspected meningitis", "疑似脑膜炎", "méningite suspectée"),
        ("15", "suspected tetanus", "疑似破伤风", "tétanos suspecté"),
        ("16", "acute flaccid paralysis", "急性弛缓性麻痹", "paralysie flasque aiguë"),
        ("17", "acute haemorrhagic fever", "急性出血热", "fièvre hémorragique aiguë"),
        ("18", "fever of unknown origin", "不明原因发热", "fièvre d’origine inconnue"),
    ),
    *_items("ADDITIONAL", *((str(n), f"additional item {n - 18}", f"附加项目{n - 18}", f"élément supplémentaire {n - 18}") for n in range(19, 23))),
    *_items(
        "EMERGENCY",
        ("23", "surgical emergency, not trauma", "外科急症（非创伤）", "urgence chirurgicale hors traumatisme"),
        ("24", "medical emergency, not infectious", "内科急症（非感染）", "urgence médicale non infectieuse"),
    ),
    *_items(
        "OTHER",
        ("25", "skin disease", "皮肤病", "maladie de peau"),
        ("26", "acute mental health problem", "急性精神健康问题", "trouble psychique aigu"),
        ("27", "obstetric complications", "产科并发症", "complications obstétricales"),
        ("28", "severe acute malnutrition", "重度急性营养不良", "malnutrition aiguë sévère"),
        ("29", "other diagnosis", "其他诊断", "autre diagnostic"),
    ),
    *_items(
        "PROCEDURE",
        ("30", "major procedure", "大手术", "acte majeur"),
        ("31", "limb amputation, without digits", "截肢（不含指趾）", "amputation d’un membre, hors doigts"),
        ("32", "minor surgical procedure", "小手术", "acte chirurgical mineur"),
        ("33", "normal vaginal delivery", "正常阴道分娩", "accouchement normal"),
        ("34", "caesarean section", "剖宫产", "césarienne"),
        ("35", "other obstetric procedure", "其他产科操作", "autre acte obstétrical"),
        ("30+32", "operation, major or minor not recorded", "手术，未记录大小", "intervention, majeure ou mineure non notée"),
    ),
    *_items(
        "OUTCOME",
        ("36", "discharge without follow-up", "离院，无需随访", "sortie sans suivi"),
        ("37", "discharge with follow-up", "离院，需随访", "sortie avec suivi"),
        ("38", "discharge against advice", "自动离院", "sortie contre avis"),
        ("39", "referral", "转诊", "transfert"),
        ("40", "admission", "收治住院", "hospitalisation"),
        ("41", "dead on arrival", "到达时已死亡", "mort à l’arrivée"),
        ("42", "death within the facility", "院内死亡", "décès dans la structure"),
        ("43", "needs long-term rehabilitation", "需长期康复", "rééducation de longue durée"),
    ),
    *_items(
        "RELATION",
        ("44", "directly related", "直接相关", "lien direct"),
        ("45", "indirectly related", "间接相关", "lien indirect"),
        ("46", "not related", "无关", "sans lien"),
    ),
    *_items(
        "PROTECTION",
        ("47", "vulnerable child", "脆弱儿童", "enfant vulnérable"),
        ("48", "vulnerable adult", "脆弱成人", "adulte vulnérable"),
        ("49", "sexual or gender-based violence", "性与性别暴力", "violence sexuelle ou sexiste"),
        ("50", "other violence", "其他暴力", "autre violence"),
    ),
    *_items(
        "REPORT",
        ("51", "unexpected death", "意外死亡", "décès inattendu"),
        ("52", "notifiable disease", "法定报告疾病", "maladie à déclaration"),
        ("53", "protection issue", "保护问题", "problème de protection"),
        ("54", "critical incident to team or community", "队伍或社区重大事件", "incident critique, équipe ou communauté"),
        ("55", "other issue to report", "其他需报告事项", "autre point à signaler"),
    ),
    *_items(
        "RISK",
        ("56", "water, sanitation, hygiene", "水与环境卫生", "eau et assainissement"),
        ("57", "suspected infectious disease in the community", "社区疑似传染病", "maladie infectieuse suspectée"),
        ("58", "environmental risk or exposure", "环境风险或暴露", "risque environnemental"),
        ("59", "shelter, non-food items", "住所与生活物资", "abris et articles non alimentaires"),
        ("60", "food insecurity", "粮食不安全", "insécurité alimentaire"),
    ),
    *_items(
        "CONSTRAINT",
        ("61", "logistics, operations", "后勤与运行", "logistique"), ("62", "supply", "物资", "approvisionnement"),
        ("63", "human resources", "人力", "personnel"), ("64", "finance", "资金", "finances"),
        ("65", "other constraint", "其他困难", "autre contrainte"),
    ),
]  # fmt: skip
