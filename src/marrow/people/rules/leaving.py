"""Who left a job is of the staff: Mr Sow resigned, M. Bah a quitté le service, 李先生离职; where a
word of illness stands near (`illness`) it may be a patient.

The phone's own: `field/src/see/leaving.ts`.
"""

from __future__ import annotations

import re

_END = r"(?![A-Za-zÀ-ÿ])"
#: left alone: neither the left leg nor left the ward
_ALONE = (
    r"(?=\s?(?:$|[.;:)）。；]|,?\s(?:and|so|nobody|no\sone)\s"
    r"|\s(?:last|this)\s(?:week|month|year)|\sfor\s(?!good)[A-ZÀ-ÖØ-Þ]"
    r"|\s(?:in|since)\s(?:20\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,9}\s)))"
)
_POST = (
    r"\s(?:the|our|his|her|their)\s"
    rf"(?:team|post|job|service|position|hospital(?!\s(?:after|with|by)\s)){_END}"
)
_SERVICE = (
    r"\s(?:le\sservice|le\sposte|son\sposte"
    r"|l['’]\s?(?:équipe|hôpital)|notre\séquipe|ses\sfonctions)"
)
LEAVES = (
    rf"(?:\s(?:has\s|had\s)?(?:(?:left|quit|retired)(?:{_ALONE}|{_POST})|resigned{_END})"
    rf"|\s(?:was|is|has\sbeen)\s(?:posted|reassigned)\s(?:elsewhere|away|to\sanother){_END}"
    rf"|\s(?:is|was|went|has\sgone)\son\s(?:[a-z]{{3,12}}\s)?leave{_END}"
    rf"|\s(?:a|ont|avait)\s(?:quitté(?:{_SERVICE}{_END}|{_ALONE})|démissionné{_END}|pris\ssa\sretraite)"
    rf"|\s(?:a|avait)\sété\s(?:mutée?|affectée?\s(?:ailleurs|à|au)){_END}"
    rf"|\sest\spartie?\s(?:à\sla|en)\sretraite|\sest\sen\s(?:congé|formation|stage){_END}"
    r"|\s?(?:已经?|刚|上月|上个月|去年|今年|去|赴|外出|正在|于(?:[\d年月日\s]){2,12}){0,4}\s?"
    r"(?:离职|辞职|退休|调走|调离|调到|调往|调至|离任|卸任|离岗|回国|休假|休产假|产假|进修|调任))"
)
#: Mrs Barry, or her family name alone; several left: Mrs Barry and Mr Sow
ONE = (
    r"(?:(?:Mrs?|Ms|Miss|Mme|Mlle|Madame?|Monsieur|M)\.?\s)?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]{1,40}"
    r"(?:\s[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]{1,40})?"
)
AND = r"\s?(?:[,，]|\s(?:and|et|&))\s"
_LEFT = re.compile(rf"(?:{AND}{ONE}){{0,3}}\s?[,，)）]?{LEAVES}")


def leaves(after: str) -> bool:
    """Whether of who stands before it is told that they left a job."""
    return bool(_LEFT.match(after))
