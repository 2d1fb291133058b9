"""What a doubt says to the person who decides it, in three languages.

Each template is filled with the doubt's own params; see `SHORT` for the two to four words of a tag.
"""

from __future__ import annotations

SENTENCES: dict[str, dict[str, str]] = {
    "GAP": {
        "en": "No record tells of batch {number} of this series.",
        "zh": "没有记录提到该系列的第{number}批。",
        "fr": "Aucune fiche ne parle de l’équipe n° {number} de cette série.",
    },
    "OUT_OF_ORDER": {
        "en": "Batch {high} ({then}) stands before batch {low} ({first}) in time.",
        "zh": "第{high}批（{then}）的时间早于第{low}批（{first}）。",
        "fr": "L’équipe n° {high} ({then}) précède dans le temps l’équipe n° {low} ({first}).",
    },
    "TOLD_TWICE": {
        "en": "Several rows tell of {name}: {rows}.",
        "zh": "多行记录讲的是同一件事（{name}）：第{rows}行。",
        "fr": "Plusieurs lignes, même nom ({name}) : {rows}.",
    },
    "CONTRADICTS": {
        "en": "{of_field}: one telling says {kept}, another says {other}. {shown} is shown now.",
        "zh": "{of_field}：既有{kept}的说法，也有{other}的说法。现显示{shown}。",
        "fr": "{of_field} : on lit {kept} à un endroit, {other} à un autre. Affiché : {shown}.",
    },
    "OTHER_COUNTRY": {
        "en": "The words name {country}, the columns name another country.",
        "zh": "文字提到的是{country}，而字段写的是另一个国家。",
        "fr": "Le texte nomme {country}, les colonnes nomment un autre pays.",
    },
    "CUMULATIVE_NOT_OWN": {
        "en": "{value} ({period}) counts the series or another time, not this team alone.",
        "zh": "{value}（{period}）是整个系列或其他时间的数字，不是本队自己的数字。",
        "fr": "{value} ({period}) compte la série ou une autre époque, pas cette équipe seule.",
    },
    "UNSURE": {
        "en": "The words may mean {value}.",
        "zh": "这段文字可能是指{value}。",
        "fr": "Ces mots veulent peut-être dire {value}.",
    },
    "ORDINAL_OF_SENDER": {
        "en": "Batch {all} of the series is batch {sender} of its own sender.",
        "zh": "该系列的第{all}批是派出方自己的第{sender}批。",
        "fr": "L’équipe n° {all} de la série est la n° {sender} de son expéditeur.",
    },
    "NO_ORDINAL": {
        "en": "This looks like a resident team, but no number is told.",
        "zh": "这像是一支常驻医疗队，但没有写明批次。",
        "fr": "Cela ressemble à une équipe résidente, mais aucun numéro n’est donné.",
    },
    "KIND_OPEN": {
        "en": "People may have gone, but on what mission is not clear: enter it if it was one.",
        "zh": "可能派出了人员，但看不出是哪种任务：如确为任务，请手工录入。",
        "fr": "Des gens sont peut-être partis, sans mission claire : à saisir au besoin.",
    },
    "MANY_TEAMS": {
        "en": "The row tells of several teams at once: enter each that is known.",
        "zh": "该行合并讲述了多支医疗队：已知的请逐一登记。",
        "fr": "La ligne parle de plusieurs équipes à la fois : saisissez celles que l’on connaît.",
    },
    "BROKEN_TEXT": {
        "en": "Some characters are broken: “{words}”.",
        "zh": "部分字符已损坏：“{words}”。",
        "fr": "Des caractères sont abîmés : « {words} ».",
    },
    "STATUS": {
        "en": "The record’s status is “{status}”: it may not have taken place.",
        "zh": "记录的状态为“{status}”：可能并未实施。",
        "fr": "L’état de la fiche est « {status} » : cela n’a peut-être pas eu lieu.",
    },
    "ID_MEANS_ANOTHER": {
        "en": "The number {id} stands for another record too.",
        "zh": "编号{id}还指另一条记录。",
        "fr": "Le numéro {id} désigne aussi une autre fiche.",
    },
    "NUMBER_JUMPS": {
        "en": "The numbers jump from {low} to {high}, more than the time between allows.",
        "zh": "批次从第{low}批跳到第{high}批，超出其间时间所能容纳的批数。",
        "fr": "Les numéros sautent de {low} à {high}, plus que le temps écoulé ne permet.",
    },
    "RESUMED": {
        "en": "The series stopped and ran again ({date}); the numbering may have begun anew.",
        "zh": "该系列曾中断，后于{date}恢复；编号可能重新开始。",
        "fr": "La série s’est arrêtée puis a repris ({date}) ; la numérotation a pu recommencer.",
    },
    "DATE_IMPOSSIBLE": {
        "en": "This date cannot be: {date}.",
        "zh": "该日期不可能成立：{date}。",
        "fr": "Cette date est impossible : {date}.",
    },
    "NO_RECIPIENT": {
        "en": "The columns name no recipient country.",
        "zh": "字段中没有写明受援国。",
        "fr": "Les colonnes ne nomment aucun pays bénéficiaire.",
    },
    "DEATH": {
        "en": "The words tell of a death among the members: enter it in the memorial.",
        "zh": "文字提到有队员去世：请登记到纪念名录。",
        "fr": "Le texte parle d’un décès parmi les membres : inscrivez-le au mémorial.",
    },
    "HONOUR": {
        "en": "The words tell of an honour given to this team or its members: record it.",
        "zh": "文字提到该队或其队员获得荣誉：请登记。",
        "fr": "Le texte parle d’une distinction reçue par l’équipe ou ses membres : inscrivez-la.",
    },
    "JOINT_SENDERS": {
        "en": "{first} and {other} send it together; {first} stands as its sender.",
        "zh": "由{first}和{other}共同派出；现以{first}为派出方。",
        "fr": "{first} et {other} l’envoient ensemble ; {first} figure comme expéditeur.",
    },
}

#: what a doubt between two values says once it is decided: which of them it is now
DECIDED: dict[tuple[str, str], dict[str, str]] = {
    ("CONTRADICTS", "TAKEN"): {
        "en": "{of_field}: one telling said {kept}, another said {other}. {other} was taken.",
        "zh": "{of_field}：既有{kept}的说法，也有{other}的说法。已采用{other}。",
        "fr": "{of_field} : on lisait {kept} à un endroit, {other} à un autre. Retenu : {other}.",
    },
    ("CONTRADICTS", "STAYED"): {
        "en": "{of_field}: one telling said {kept}, another said {other}. {kept} stayed.",
        "zh": "{of_field}：既有{kept}的说法，也有{other}的说法。保留了{kept}。",
        "fr": "{of_field} : on lisait {kept} à un endroit, {other} à un autre. Maintenu : {kept}.",
    },
}

SHORT: dict[str, dict[str, str]] = {
    "GAP": {"en": "Number missing", "zh": "缺少批次", "fr": "Numéro manquant"},
    "OUT_OF_ORDER": {"en": "Out of order", "zh": "次序颠倒", "fr": "Ordre inversé"},
    "TOLD_TWICE": {"en": "Told twice", "zh": "重复讲述", "fr": "Raconté deux fois"},
    "CONTRADICTS": {"en": "Two values differ", "zh": "两值不符", "fr": "Deux valeurs diffèrent"},
    "OTHER_COUNTRY": {"en": "Another country", "zh": "另一国家", "fr": "Un autre pays"},
    "CUMULATIVE_NOT_OWN": {
        "en": "Counts whole series",
        "zh": "系列累计",
        "fr": "Total de la série",
    },
    "UNSURE": {"en": "Not sure", "zh": "不确定", "fr": "Pas certain"},
    "ORDINAL_OF_SENDER": {
        "en": "Sender counts differently",
        "zh": "派出方另计",
        "fr": "Autre numéro d’expéditeur",
    },
    "NO_ORDINAL": {"en": "No number told", "zh": "未写批次", "fr": "Sans numéro"},
    "KIND_OPEN": {"en": "Kind not clear", "zh": "类型不明", "fr": "Type incertain"},
    "MANY_TEAMS": {"en": "Several teams", "zh": "多支医疗队", "fr": "Plusieurs équipes"},
    "BROKEN_TEXT": {"en": "Broken text", "zh": "文字损坏", "fr": "Texte abîmé"},
    "STATUS": {"en": "May not have happened", "zh": "可能未实施", "fr": "Peut-être non réalisé"},
    "ID_MEANS_ANOTHER": {"en": "Number used twice", "zh": "编号重复", "fr": "Numéro réutilisé"},
    "NUMBER_JUMPS": {"en": "Numbers jump", "zh": "批次跳号", "fr": "Numéros sautés"},
    "RESUMED": {"en": "Stopped and resumed", "zh": "中断后恢复", "fr": "Arrêt puis reprise"},
    "DATE_IMPOSSIBLE": {"en": "Impossible date", "zh": "日期有误", "fr": "Date impossible"},
    "NO_RECIPIENT": {"en": "No recipient country", "zh": "无受援国", "fr": "Sans bénéficiaire"},
    "DEATH": {"en": "A death", "zh": "队员去世", "fr": "Un décès"},
    "HONOUR": {"en": "An honour", "zh": "获得荣誉", "fr": "Une distinction"},
    "JOINT_SENDERS": {
        "en": "Several send it",
        "zh": "多方共同派出",
        "fr": "Plusieurs expéditeurs",
    },
}
