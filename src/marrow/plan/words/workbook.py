"""What the sheets and columns of a plan's workbook are called, and what to write in them.

Each stands in English, Chinese and French at once, for a workbook is passed on between readers.
"""

from __future__ import annotations

from collections.abc import Mapping

Three = tuple[str, str, str]

TITLES: Mapping[str, Three] = {
    "settings": ("Settings", "设置", "Réglages"),
    "hospitals": ("Hospitals and departments", "医院与科室", "Hôpitaux et services"),
    "caps": ("Absence caps", "外派上限", "Plafonds d’absence"),
    "people": ("People", "人员", "Personnes"),
    "availability": ("Availability", "可派时间", "Disponibilité"),
    "missions": ("Missions", "任务", "Missions"),
    "seats": ("Seats", "岗位", "Postes"),
    "needs": ("Needs", "需求", "Besoins"),
    "couples": ("Couples", "夫妻", "Couples"),
    "pins": ("Pins", "锁定", "Épingles"),
    "budgets": ("Budgets", "预算", "Budgets"),
    "published": ("Published plan", "已发布计划", "Plan publié"),
}
READ_ME: Three = ("Read me", "说明", "À lire")
WRONG: Three = ("What is wrong", "错在哪里", "Ce qui ne va pas")
_FIRST: Three = ("First day", "第一天", "Premier jour")
_AFTER: Three = ("First day after", "结束后第一天", "Premier jour après")
_DAY: Three = ("A day: 2027-03-01.", "日期：2027-03-01。", "Un jour : 2027-03-01.")
_LIST: Three = (
    "Choose from the list.", "从列表中选择。", "Choisissez dans la liste.",
)  # fmt: skip
_SEVERAL: Three = (
    "Several with semicolons between.",
    "多个用分号隔开。",
    "Plusieurs : séparés par des points-virgules.",
)
_OWN: Three = (
    "A name of its own; other sheets point to it.",
    "唯一编号，其他表引用它。",
    "Un nom unique ; les autres feuilles y renvoient.",
)
_READ: Three = ("Only to be read.", "仅供阅读。", "Pour la lecture seule.")
_FREE: Three = ("Any text; may be empty.", "任意文字，可空。", "Texte libre ; peut rester vide.")

_SPANS: Three = (
    "First day and first day after: 2027-01-01 2027-03-01; several with semicolons.",
    "第一天与结束后第一天：2027-01-01 2027-03-01；多段用分号。",
    "Premier jour et premier jour après : 2027-01-01 2027-03-01 ; plusieurs avec points-virgules.",
)
_SPANS_OF_HOSPITAL: Three = (
    f"In the hospital’s row, for all of it. {_SPANS[0]}",
    f"填在医院行，适用于全院。{_SPANS[1]}",
    f"Dans la ligne de l’hôpital, pour l’ensemble. {_SPANS[2]}",
)

#: by a column's code: its heading, and what to write
COLUMNS: Mapping[str, tuple[Three, Three]] = {
    "settings.code": (("Setting", "设置项", "Réglage"), ("Do not change.", "请勿改动。", "Ne pas changer.")),
    "settings.meaning": (("Meaning", "含义", "Sens"), _READ),
    "settings.value": (("Value", "值", "Valeur"), ("Empty: as usual.", "空=按默认。", "Vide : comme d’habitude.")),
    "hospitals.organisation": (("Hospital", "医院", "Hôpital"), ("A row for the hospital, one below it for each department.", "医院一行，其下每个科室一行。", "Une ligne pour l’hôpital, une pour chaque service en dessous.")),
    "hospitals.called": (("Name", "名称", "Nom"), _FREE),
    "hospitals.area": (("Sending area", "派出地区", "Zone d’envoi"), ("In the hospital’s row.", "填在医院行。", "Dans la ligne de l’hôpital.")),
    "hospitals.department": (("Department", "科室", "Service"), ("Empty in the hospital’s own row.", "医院行留空。", "Vide dans la ligne de l’hôpital.")),
    "hospitals.specialty": (("Specialty", "专业", "Spécialité"), _LIST),
    "hospitals.under_pressure": (("Under pressure", "承压时段", "Sous tension"), _SPANS_OF_HOSPITAL),
    "caps.organisation": (("Hospital", "医院", "Hôpital"), _LIST),
    "caps.department": (("Department", "科室", "Service"), ("Empty: the whole hospital.", "空=全院。", "Vide : tout l’hôpital.")),
    "people.id": (("Person", "人员编号", "Personne"), _OWN),
    "people.called": (("Name", "姓名", "Nom"), _READ),
    "people.department": (("Department", "科室", "Service"), _LIST),
    "people.specialty": (("Specialty", "专业", "Spécialité"), _LIST),
    "people.second_specialty": (("Second specialty", "第二专业", "Seconde spécialité"), _LIST),
    "people.grade": (("Grade", "职称等级", "Grade"), ("1 to 4: 4 is chief; empty: not known.", "1–4，4为正高；空=不详。", "De 1 à 4 ; 4 est chef ; vide : inconnu.")),
    "people.languages": (("Languages", "语言", "Langues"), ("Code and level 0–4: fr 3; en 2.", "代码与等级0–4：fr 3; en 2。", "Code et niveau 0–4 : fr 3; en 2.")),
    "people.certificates": (("Certificates", "证书", "Certificats"), ("Code and last day: LICENCE 2029-06-30; several with semicolons.", "代码与有效期：LICENCE 2029-06-30；多个用分号。", "Code et dernier jour : LICENCE 2029-06-30 ; plusieurs avec points-virgules.")),
    "people.free": (("Free", "可派", "Disponible"), ("Always, never, or as listed on the sheet Availability.", "随时、不可派，或见“可派时间”表。", "Toujours, jamais, ou selon la feuille Disponibilité.")),
    "people.last_kind": (("Last mission: kind", "上次任务类别", "Dernière mission : type"), _LIST),
    "people.last_ended_on": (("Last mission: home on", "上次任务回国日", "Dernière mission : retour"), _DAY),
    "people.clearance_until": (("Cleared until", "护照签证有效至", "Papiers valables jusqu’au"), _DAY),
    "people.refuses": (("Refuses", "拒绝的目的地", "Refuse"), ("Destinations. Several with semicolons between.", "目的地，多个用分号隔开。", "Destinations, séparées par des points-virgules.")),
    "people.prefers": (("Wishes", "志愿", "Vœux"), ("area GN 2; mission GN31 3: a destination or a mission, with 0–3 points.", "area GN 2; mission GN31 3：目的地或任务，0–3分。", "area GN 2; mission GN31 3 : une destination ou une mission, 0–3 points.")),
    "people.may_lead": (("May lead", "可任队长", "Peut diriger"), _LIST),
    "people.rest_exempt": (("Joins while resting", "休整期可参加", "Part malgré le repos"), ("Kinds of mission. Several with semicolons.", "任务类别，多个用分号。", "Types de mission, séparés par des points-virgules.")),
    "people.last_rested_on": (("Last mission: rested on", "上次任务后休整期满日", "Dernière mission : fin du repos"), ("The first day on which they may leave again; empty: by the days of rest.", "可再次派出的第一天；空=按休整天数。", "Premier jour où elle peut repartir ; vide : selon les jours de repos.")),
    "people.rests": (("Rest before other missions", "其他任务前的休整", "Repos avant d’autres missions"), _SPANS),
    "people.away_already": (("Away already", "已外派的月份", "Absente déjà"), ("Months, as 2027-04, in which they are away without this plan: no cap counts them a second time. Several with semicolons.", "不因本计划而已外派的月份，如2027-04；不再计入外派上限。多个用分号。", "Mois, comme 2027-04, où elle est absente sans ce plan et ne compte pas une seconde fois dans un plafond. Plusieurs avec des points-virgules.")),
    "people.homecomings": (("Home from other missions", "其他任务回国日", "Retours d’autres missions"), ("Kind and day: surgical 2027-05-20; several with semicolons.", "类别与日期：surgical 2027-05-20；多个用分号。", "Type et jour : surgical 2027-05-20 ; plusieurs avec points-virgules.")),
    "availability.person": (("Person", "人员", "Personne"), _LIST),
    "availability.from": (_FIRST, _DAY),
    "availability.to": (_AFTER, _DAY),
    "missions.id": (("Mission", "任务编号", "Mission"), _OWN),
    "missions.kind": (("Kind", "类别", "Type"), _LIST),
    "missions.series": (("Series", "系列", "Série"), _FREE),
    "missions.batch": (("Batch", "批次", "Équipe n°"), ("A number.", "数字。", "Un nombre.")),
    "missions.destination": (("Destination", "目的地", "Destination"), ("Its code, as the sheet Needs has it.", "代码，与“需求”表一致。", "Son code, comme dans la feuille Besoins.")),
    "missions.sites": (("Sites", "驻点", "Sites"), _SEVERAL),
    "missions.from": (_FIRST, _DAY),
    "missions.to": (_AFTER, _DAY),
    "missions.predecessor": (("Follows", "接替", "Succède à"), _LIST),
    "missions.overlap_days": (("Days together", "交接重叠天数", "Jours communs"), ("0 to 90.", "0–90。", "De 0 à 90.")),
    "missions.asked_all": (("All are asked", "面向全部单位", "Tous sollicités"), _LIST),
    "missions.asked_areas": (("Areas asked", "派出地区", "Zones sollicitées"), _SEVERAL),
    "missions.asked_organisations": (("Hospitals asked", "派出医院", "Hôpitaux sollicités"), _SEVERAL),
    "missions.minimum_people": (("Fewer do not go", "最低人数", "Minimum au départ"), ("A number.", "数字。", "Un nombre.")),
    "missions.hats": (("Must have", "必须有", "Doit avoir"), ("leader; language; infection control.", "队长；语言；感控。", "chef ; langue ; hygiéniste.")),
    "missions.language": (("Language", "语言", "Langue"), ("Code: fr.", "代码：fr。", "Code : fr.")),
    "missions.receivers": (("Receiving hospitals", "受援医院", "Hôpitaux bénéficiaires"), ("Nobody of theirs is sent with it. Several with semicolons.", "其本院人员不派往该任务，多个用分号。", "Personne des leurs n’est envoyé ; plusieurs avec points-virgules.")),
    "missions.rest_days": (("Days of rest before it", "出发前休整天数", "Jours de repos avant"), ("At home before it, after any mission; empty: by the kind of the mission that ended.", "任何任务结束后须在家休整的天数；空=按上次任务类别。", "Chez soi avant elle, après toute mission ; vide : selon le type de la mission finie.")),
    "seats.id": (("Seat", "岗位编号", "Poste"), _OWN),
    "seats.mission": (("Mission", "任务", "Mission"), _LIST),
    "seats.site": (("Site", "驻点", "Site"), _FREE),
    "seats.position": (("Position", "职位", "Fonction"), ("The same from team to team, for handover.", "各批一致，用于交接。", "La même d’une équipe à l’autre, pour la passation.")),
    "seats.accepts": (("Specialties accepted", "可接受专业", "Spécialités acceptées"), ("The first counts for care without leaving. Several with semicolons.", "第一个计入就地可治，多个用分号。", "La première compte pour les soins sur place. Plusieurs avec points-virgules.")),
    "seats.grade_min": (("Grade at least", "最低职称", "Grade minimum"), _LIST),
    "seats.language": (("Language", "语言", "Langue"), ("Code: fr; empty: none asked.", "代码：fr；空=不要求。", "Code : fr ; vide : aucune.")),
    "seats.level": (("Level at least", "最低等级", "Niveau minimum"), _LIST),
    "seats.certificates": (("Certificates", "证书", "Certificats"), _SEVERAL),
    "seats.from": (_FIRST, _DAY),
    "seats.to": (_AFTER, _DAY),
    "seats.weight": (("Weight", "权重", "Poids"), _LIST),
    "seats.cost": (("Cost (thousands)", "费用(千)", "Coût (milliers)"), ("A number.", "数字。", "Un nombre.")),
    "seats.technique": (("Technique", "技术", "Technique"), ("That a mentor goes on with.", "带教延续的技术。", "Que le même mentor poursuit.")),
    "needs.destination": (("Destination", "目的地", "Destination"), ("Its code.", "代码。", "Son code.")),
    "needs.specialty": (("Specialty", "专业", "Spécialité"), _LIST),
    "needs.half_year": (("Half-year", "半年", "Semestre"), ("2027H1 or 2027H2.", "2027H1或2027H2。", "2027H1 ou 2027H2.")),
    "needs.burden": (("Points", "分值", "Points"), ("What the first person on post is worth.", "首位在岗者的价值。", "Ce que vaut la première personne en poste.")),
    "needs.remote": (("Share by link", "远程占比", "Part à distance"), ("0 to 1: what a remote link gives already.", "0–1：远程已提供的部分。", "De 0 à 1 : ce que le lien donne déjà.")),
    "couples.a": (("One", "一方", "L’un"), _LIST),
    "couples.b": (("Other", "另一方", "L’autre"), _LIST),
    "couples.rule": (("Rule", "规则", "Règle"), _LIST),
    "pins.seat": (("Seat", "岗位", "Poste"), _LIST),
    "pins.person": (("Person", "人员", "Personne"), ("Empty: the seat stays empty.", "空=岗位保持空缺。", "Vide : le poste reste vacant.")),
    "pins.by": (("By", "由谁", "Par"), _FREE),
    "pins.reason": (("Why", "原因", "Pourquoi"), _FREE),
    "budgets.area": (("Sending area", "派出地区", "Zone d’envoi"), _LIST),
    "budgets.year": (("Year", "年份", "Année"), ("2027.", "2027。", "2027.")),
    "budgets.amount": (("Amount (thousands)", "金额(千)", "Montant (milliers)"), ("A number.", "数字。", "Un nombre.")),
    "published.seat": (("Seat", "岗位", "Poste"), _LIST),
    "published.person": (("Person", "人员", "Personne"), _LIST),
}  # fmt: skip

_POINTS: Three = ("Points", "分值", "Points")
_REST: Three = (
    "Days of rest after it, before a mission that tells none of its own",
    "任务后休整天数（下次任务未注明时）", "Jours de repos après elle, avant une mission qui n’en dit pas",
)  # fmt: skip
#: what each setting means
SETTINGS: Mapping[str, Three] = {
    "name": ("What the plan is called", "计划名称", "Nom du plan"),
    "horizon_from": _FIRST, "horizon_to": _AFTER,
    "seed": ("Seed of the draw", "随机种子", "Graine"),
    "currency": ("Currency", "货币", "Monnaie"),
    "weights.critical": ("Points: a critical seat", "分值：关键岗位", "Points : poste critique"),
    "weights.important": ("Points: an important seat", "分值：重要岗位", "Points : poste important"),
    "weights.ordinary": ("Points: an ordinary seat", "分值：一般岗位", "Points : poste ordinaire"),
    "weights.containment": ("Times the points of needs", "需求分值的倍数", "Multiplie les points des besoins"),
    "weights.link": ("Points: a handover kept", "分值：交接重叠", "Points : passation"),
    "weights.mentor": ("Points: the same mentor", "分值：同一师带徒", "Points : même mentor"),
    "weights.preference": ("Times the points of wishes", "志愿分值的倍数", "Multiplie les points des vœux"),
    "weights.overload": ("Points off: a month above the share", "扣分：超出公平份额每月", "Points en moins : un mois au-delà de la part"),
    "weights.stability": ("Points: a seat kept as published", "分值：与已发布一致", "Points : poste inchangé"),
    "trade.surgical": ("Surgical specialties", "外科专业", "Spécialités chirurgicales"),
    "trade.anaesthesia": ("The specialty of anaesthesia", "麻醉专业", "Spécialité d’anesthésie"),
    "trade.infection_control": ("The specialty of infection control", "感控专业", "Spécialité d’hygiène"),
    "trade.interpreter": ("The specialty of interpreters", "翻译专业", "Spécialité d’interprète"),
    "specialties": ("A specialty that may be named", "可用专业", "Une spécialité admise"),
}  # fmt: skip
HOW: tuple[Three, ...] = (
    (
        "One sheet for each kind of record. The first row is the heading, the second its code: leave the codes as they are.",
        "每类记录一张表。第一行是标题，第二行是代码：请勿改动代码。",
        "Une feuille par type de fiche. La première ligne est le titre, la deuxième son code : laissez les codes.",
    ),
    (
        "Change, add or delete rows; then send the workbook. A new plan is made, the old one stays as it is.",
        "可修改、增加或删除行，然后上传。将生成新计划，原计划不变。",
        "Changez, ajoutez ou supprimez des lignes, puis envoyez le classeur. Un nouveau plan est créé, l’ancien reste tel quel.",
    ),
    (
        "Where something is wrong, nothing is taken in: the workbook comes back with a last column “What is wrong”.",
        "如有错误则不导入任何内容：返回的工作簿最后一列为“错在哪里”。",
        "En cas d’erreur, rien n’est repris : le classeur revient avec une dernière colonne « Ce qui ne va pas ».",
    ),
    (
        "Who is on post already, and hands over to the first team, stands on no sheet: that is as the records say.",
        "已在岗、将向首批队伍交接的人员不在任何表中：以记录为准。",
        "Qui est déjà en poste et passe la main à la première équipe ne figure sur aucune feuille : cela suit les dossiers.",
    ),
    (
        "Before “ · ” stands a name that is only read; the code behind it counts.",
        "“ · ”之前是仅供阅读的名称，其后的代码有效。",
        "Avant « · » figure un nom pour la lecture ; le code qui suit compte.",
    ),
)


def setting(code: str, tongue: int) -> str:
    """What a setting means; `tongue` 0 English, 1 Chinese, 2 French."""
    return SETTINGS.get(code, _REST if code.startswith("rest_days.") else _POINTS)[tongue]


def heading(code: str) -> str:
    """A column's heading in three languages; a month of the caps is itself."""
    if code in COLUMNS:
        return " · ".join(dict.fromkeys(COLUMNS[code][0]))
    return code.partition(".")[2]


def column_called(code: str, tongue: int) -> str:
    """A column, a setting (`settings.weights.link`) or all caps in one language; a month of the
    caps is itself."""
    if code in COLUMNS:
        return COLUMNS[code][0][tongue]
    sheet, _dot, rest = code.partition(".")
    if not rest:
        return TITLES[sheet][tongue] if sheet in TITLES else code
    return setting(rest, tongue) if sheet == "settings" else rest
