/**
 * Who left a job is of the staff: Mr Sow resigned, M. Bah a quitté le service, 李先生离职; where a word
 * of illness stands near (`illness`) it may be a patient. The shapes are the server's own
 * (people/rules/leaving.py).
 */
const END = "(?![A-Za-zÀ-ÿ])";
// left alone: neither the left leg nor left the ward
const ALONE =
  String.raw`(?=\s?(?:$|[.;:)）。；]|,?\s(?:and|so|nobody|no\sone)\s` +
  String.raw`|\s(?:last|this)\s(?:week|month|year)|\sfor\s(?!good)[A-ZÀ-ÖØ-Þ]` +
  String.raw`|\s(?:in|since)\s(?:20\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,9}\s)))`;
const POST = String.raw`\s(?:the|our|his|her|their)\s(?:team|post|job|service|position|hospital(?!\s(?:after|with|by)\s))${END}`;
const SERVICE =
  String.raw`\s(?:le\sservice|le\sposte|son\sposte` +
  String.raw`|l['’]\s?(?:équipe|hôpital)|notre\séquipe|ses\sfonctions)`;
export const LEAVES =
  String.raw`(?:\s(?:has\s|had\s)?(?:(?:left|quit|retired)(?:${ALONE}|${POST})|resigned${END})` +
  String.raw`|\s(?:was|is|has\sbeen)\s(?:posted|reassigned)\s(?:elsewhere|away|to\sanother)${END}` +
  String.raw`|\s(?:is|was|went|has\sgone)\son\s(?:[a-z]{3,12}\s)?leave${END}` +
  String.raw`|\s(?:a|ont|avait)\s(?:quitté(?:${SERVICE}${END}|${ALONE})|démissionné${END}|pris\ssa\sretraite)` +
  String.raw`|\s(?:a|avait)\sété\s(?:mutée?|affectée?\s(?:ailleurs|à|au))${END}` +
  String.raw`|\sest\spartie?\s(?:à\sla|en)\sretraite|\sest\sen\s(?:congé|formation|stage)${END}` +
  String.raw`|\s?(?:已经?|刚|上月|上个月|去年|今年|去|赴|外出|正在|于(?:[\d年月日\s]){2,12}){0,4}\s?` +
  "(?:离职|辞职|退休|调走|调离|调到|调往|调至|离任|卸任|离岗|回国|休假|休产假|产假|进修|调任))";
// Mrs Barry, or her family name alone; several left: Mrs Barry and Mr Sow
export const ONE =
  String.raw`(?:(?:Mrs?|Ms|Miss|Mme|Mlle|Madame?|Monsieur|M)\.?\s)?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]{1,40}` +
  String.raw`(?:\s[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’\-]{1,40})?`;
export const AND = String.raw`\s?(?:[,，]|\s(?:and|et|&))\s`;
const LEFT = new RegExp(String.raw`^(?:${AND}${ONE}){0,3}\s?[,，)）]?${LEAVES}`);

/** Whether of who stands before it is told that they left a job. */
export function leaves(after: string): boolean {
  return LEFT.test(after);
}
