"""Measures: one definition for each figure, with its unit, in three tongues."""

from __future__ import annotations

from dataclasses import dataclass

Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, and in which unit. Visits are not patients, operations not persons."""

    code: str
    names: Names
    unit: Names


def _m(code: str, en: str, zh: str, fr: str, unit: tuple[str, str, str] = ("", "", "")) -> Measure:
    return Measure(
        code, {"en": en, "zh": zh, "fr": fr}, dict(zip(("en", "zh", "fr"), unit, strict=True))
    )


_PERSONS = ("persons", "人", "personnes")
_ALL = (
    _m("batches", "batches", "批次", "équipes envoyées", ("batches", "批", "équipes")),
    _m("recipients", "countries and regions helped", "受援国家和地区", "pays et régions aidés", ("recipients", "个", "bénéficiaires")),
    _m("person_deployments", "person-deployments", "派出人次", "envois individuels", ("(人次), not persons", "人次", "(人次), non des personnes")),
    _m("persons_sent", "people sent", "派出人数", "personnes envoyées", _PERSONS),
    _m("visits", "visits", "诊疗人次", "consultations", ("(人次)", "人次", "(人次)")),
    _m("patients", "patients", "患者", "patients", ("patients", "人", "patients")),
    _m("critical_rescues", "rescues of the critically ill", "抢救危重患者", "prises en charge d’urgence vitale", ("(人次)", "人次", "(人次)")),
    _m("operations", "operations", "手术", "interventions chirurgicales", ("(台次)", "台次", "(台次)")),
    _m("operations_assisted", "operations assisted", "协助手术", "interventions assistées", ("(台次)", "台次", "(台次)")),
    _m("admissions", "inpatients", "收治住院", "hospitalisations", ("patients", "人", "patients")),
    _m("trained", "local staff trained", "培训当地人员", "personnels locaux formés", _PERSONS),
    _m("sight_restored", "patients who see again", "重见光明患者", "patients ayant recouvré la vue", ("patients", "人", "patients")),
    _m("facilities_built", "health facilities built with help", "援建医疗卫生设施", "établissements construits avec cette aide", ("facilities", "所", "établissements")),
    _m("vaccine_doses", "vaccine doses provided", "提供疫苗", "doses de vaccin fournies", ("doses", "剂", "doses")),
    _m("vaccine_recipients", "countries and organisations that got vaccines", "获得疫苗的国家和组织", "pays et organisations ayant reçu des vaccins", ("recipients", "个", "bénéficiaires")),
    _m("expert_teams", "teams of experts", "专家组", "groupes d’experts", ("teams", "批", "groupes")),
    _m("expert_countries", "countries that experts went to", "专家组前往的国家", "pays où sont allés des experts", ("countries", "个", "pays")),
    _m("experts_sent", "experts sent", "派出专家", "experts envoyés", _PERSONS),
    _m("aided_hospitals", "hospitals aided", "受援医院", "hôpitaux aidés", ("hospitals", "所", "hôpitaux")),
    _m("primary_recipients", "primary institutions aided", "受援基层医疗机构", "établissements de base aidés", ("institutions", "家", "établissements")),
    _m("sending_hospitals", "sending hospitals", "支援医院", "hôpitaux d’envoi", ("hospitals", "家", "hôpitaux")),
    _m("serious_contained", "serious diseases treated without leaving the region", "不出自治区可治“大病”", "maladies graves soignées sans quitter la région", ("kinds of disease", "种", "maladies")),
    _m("moderate_contained", "moderate diseases treated without leaving the city", "不出地市可治“中病”", "maladies moyennes soignées sans quitter la ville", ("kinds of disease", "种", "maladies")),
    _m("specialties_contained", "specialties that need no longer leave", "不再需要转外的专业", "spécialités pour lesquelles on ne part plus", ("specialties", "个专业", "spécialités")),
    _m("independent_doctors", "local doctors who now operate alone", "能独立开展手术的本地医生", "médecins locaux opérant seuls", _PERSONS),
    _m("techniques_new", "new techniques and projects", "新技术新项目", "nouvelles techniques et projets", ("techniques", "项", "techniques")),
    _m("population", "population", "人口", "population", ("inhabitants", "人", "habitants")),
    _m("dialysis_machines", "dialysis machines in use at once", "同时使用的透析机", "machines de dialyse utilisées ensemble", ("machines", "台", "machines")),
    _m("leaders_later", "former members now in leading posts", "走上领导岗位的队员", "anciens membres devenus responsables", _PERSONS),
    _m("advisers", "health advisers sent", "派出卫生顾问", "conseillers en santé envoyés", _PERSONS),
    _m("fallen", "members who died on mission", "牺牲队员", "membres morts en mission", _PERSONS),
    _m("groups_honoured", "groups honoured", "受表彰集体", "groupes distingués", ("groups", "个", "groupes")),
    _m("persons_honoured", "individuals honoured", "受表彰个人", "personnes distinguées", _PERSONS),
    _m("donated_value", "value of donations", "捐赠价值", "valeur des dons", ("as told", "如原文", "selon la source")),
    _m("rank_years", "years first in a ranking", "连续排名第一的年数", "années au premier rang", ("years", "年", "années")),
)  # fmt: skip
MEASURES: dict[str, Measure] = {m.code: m for m in _ALL}
