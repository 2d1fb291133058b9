"""What may be wrong with a row of a list, in three languages."""

from __future__ import annotations

from marrow.core.words import names

PROBLEMS = {
    "NO_LIST": names("no list is named", "未写明清单", "aucune liste n’est nommée"),
    "UNKNOWN_LIST": names("there is no such list", "没有这份清单", "cette liste n’existe pas"),
    "NOT_YOUR_LIST": names("not a list of yours", "不是您的清单", "pas l’une de vos listes"),
    "NO_ITEM": names("neither a code nor a name", "既无编码也无名称", "ni code ni nom"),
    "UNKNOWN_ITEM": names("not in the catalogue", "诊疗目录中没有", "absent du catalogue"),
    "AMBIGUOUS": names("several items are meant: add the name or the code", "对应多个条目：请补充名称或编码", "plusieurs éléments possibles : ajoutez le nom ou le code"),
    "DISAGREE": names("its code and its name mean different items", "编码与名称指向不同条目", "le code et le nom désignent des éléments différents"),
    "DUPLICATE": names("stands on the list already", "清单中已有", "figure déjà sur la liste"),
    "BAD_SEVERITY": names("the severity is none that is known (minor, moderate, serious)", "无法识别的严重程度（小病、中病、大病）", "gravité inconnue (légère, moyenne, grave)"),
    "OTHER_SEVERITY": names("taken; the catalogue gives it another severity", "已接收；诊疗目录中的严重程度不同", "prise ; le catalogue lui donne une autre gravité"),
    "NOT_FOR_LIST": names("the list is of another severity", "该清单属于另一严重程度", "la liste est d’une autre gravité"),
    "BAD_DAY": names("the first day cannot be read; write it like 2026-01-31", "起始日期无法读取；请写成 2026-01-31 的样式", "premier jour illisible ; écrivez-le comme 2026-01-31"),
    "NOT_LATER": names("not taken: a version holds since that day or later", "未接收：该日或其后已有生效版本", "non prise : une version vaut déjà à cette date ou après"),
    "INCOMPLETE": names("this version is not published while rows of it cannot be taken: mend them, or take them out of the file", "本版本有未能接收的行，暂不发布：请更正这些行，或从文件中删除", "cette version n’est pas publiée tant que des lignes n’en sont pas prises : corrigez-les ou retirez-les du fichier"),
    "SAME": names("not taken: this is what the list holds already", "未接收：清单现有内容与此相同", "non prise : c’est ce que la liste contient déjà"),
}  # fmt: skip
