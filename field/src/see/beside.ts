/**
 * Whether who is called by a title has an office told right beside: the only nurse, Mrs Barry. Such a
 * one is no patient. The shapes are the server's own (people/rules/beside.py).
 */
import { AND, LEAVES, ONE } from "./leaving";
import { BODIES, CHINESE_OFFICES, KINDS, OFFICES, PLACES, SPECIALISTS } from "./offices";
import { HAN } from "./surnames";

const START = "(?<![A-Za-zÀ-ÿ])";
const END = "(?![A-Za-zÀ-ÿ])";
const KIND = String.raw`(?:(?:${KINDS.join("|")})\s){0,3}`;
const ARTICLE = String.raw`(?:(?:the|an?|our|its|their|la|le|les|nos|notre|une?|son|sa|leur)\s|l['’]\s?)`;
const WORK = String.raw`(?:clinical\sofficer|${OFFICES.join("|")}|[a-zà-ÿ\-]{1,20}(?:${SPECIALISTS.join("|")}))`;
const OFFICE = `${KIND}${WORK}s?${END}`;
const SEVERAL = `${KIND}(?:${WORK}s|midwives|sages-femmes)${END}`;
const HEAD =
  String.raw`(?:head|chief|in\scharge|chef|cheffe|major|responsable)\s` +
  String.raw`(?:of\s(?:the\s|our\s)?|du\s|des\s|d['’]\s?|de\s(?:la\s|l['’]\s?|notre\s)?)` +
  String.raw`(?:(?!famil|household|injur)[a-zà-ÿ\-]{2,20}\s){0,2}(?:${PLACES.join("|")})${END}`;
const CHINESE_OFFICE = `(?:${CHINESE_OFFICES.join("|")})`;
const CHINESE_BODY = "(?:局|委员会|卫健委|使馆|公司|厂家|大学)";
// before a Chinese office these say what was done to somebody: 由医生抢救
const DONE = "(?:[由被为请找向给和与跟无没缺对在未死住转]|(?<!神)经|术后|病(?!房))";
// a nurse whose age is told is ill
const AGELESS = String.raw`(?!\s?[,，(（]\s?\d)`;
const KIN = "(?:wife|husband|spouse|widow|mother|father|daughter|brother|sister|aunt|uncle|cousin)";
const KIN_OF =
  "(?:sons?|child|children|bab(?:y|ies)|friends?|relatives?|patients?|famil(?:y|ies)|kin)";
// and so is one who bled or was operated, while who died may have been a colleague
const UNWELL =
  String.raw`\s?[,，)）]?\s?(?:bled|relapsed|(?:was|is|has\sbeen)\s(?:operated|treated|dialysed|delivered)` +
  String.raw`|a\s(?:saigné|accouché)|(?:est|fut|a\sété)\s(?:opérée?|hospitalisée?|dialysée?|soignée?)` +
  `|(?:术后|产后|昨夜|大|因${HAN}{1,6}?){0,2}(?:出血|分娩|住院))(?![A-Za-zÀ-ÿ])`;
// a nurse's husband is no nurse
const ITSELF =
  `${AGELESS}(?!${UNWELL})(?!['’]|[^,，;；.()（）]{0,40}` +
  String.raw`(?:${START}${KIN}${END}|['’]s?\s(?:[A-Za-zÀ-ÿ\-]{1,40}\s)?${KIN_OF}${END}))`;
const CHINESE_KIN =
  "(?:母|父|妈|爸|儿子|女儿|妻|丈夫|爱人|太太|夫人|老婆|老公|家属|家人|哥|弟|姐|妹|孩子|亲|奶奶|爷爷|外婆|外公" +
  "|岳|婆|嫂|侄|之子|之女|朋友|病人|患者)";
const CHINESE_ITSELF = `${AGELESS}(?!${UNWELL})(?!${HAN}{0,6}?(?:的|${CHINESE_KIN}))`;
const AFTER = new RegExp(
  String.raw`^(?:\s?(?:[,，(（–—]|\s(?:is|was|est|était)\s|\s-\s)\s?${ARTICLE}?(?:${OFFICE}|${HEAD})${ITSELF}` +
    String.raw`|\s(?:from|of|du|de|des)\s(?:the\s|our\s|la\s|l['’]\s?)?(?:[A-Za-zÀ-ÿ\-]{1,40}\s){0,2}` +
    `(?:${BODIES.join("|")})${END}${ITSELF}` +
    String.raw`|\s(?:(?:the|our|la|le|notre)\s|l['’]\s?)(?:${OFFICE}|${HEAD})(?:${LEAVES}|\sest\spartie?${END})` +
    String.raw`|\s?(?:[,，(（]|是)\s?(?:(?!${DONE})${HAN}){0,8}?` +
    `(?:${CHINESE_OFFICE}${CHINESE_ITSELF}|${CHINESE_BODY}${AGELESS}(?!${HAN}{0,6}?${CHINESE_KIN})))`,
  "i",
);
const BEFORE = new RegExp(
  String.raw`(?:${START}${OFFICE}\s(?:(?:is|was|est|était)\s)?` +
    `|${CHINESE_OFFICE}|${CHINESE_BODY}的?)$`,
  "i",
);
// the only nurse, Mrs Barry, retired; but “without a nurse, Mrs Smith died”
const APPOSED = new RegExp(String.raw`${START}${ARTICLE}${OFFICE}\s?[,，(（]\s?$`, "i");
const BLED = new RegExp(`^${UNWELL}`, "i");
const CLOSED = /^\s?[,，)）](?!\s?\d)/;
// the two nurses, Mrs Barry and Mrs Bah; Mrs Barry and Mr Sow, nurses; technician: Mr Sow
const TOLD_BEFORE = new RegExp(
  String.raw`(?:${START}(?:${SEVERAL}\s?[,，:：(（]?\s?(?:${ONE}${AND}){0,3}|${OFFICE}\s?[:：]\s?)` +
    String.raw`|${CHINESE_OFFICE}\s?[:：]\s?)$`,
  "i",
);
const TOLD_AFTER = new RegExp(
  String.raw`^(?:${AND}${ONE}){1,3}\s?[,，(（]\s?${ARTICLE}?${SEVERAL}${ITSELF}`,
  "i",
);

/** Whether right beside who is called between the two parts stands what their office is. */
export function hasOffice(before: string, after: string): boolean {
  if (BLED.test(after)) return false;
  const apposed = APPOSED.test(before) && CLOSED.test(after);
  return apposed || BEFORE.test(before) || AFTER.test(after);
}

/** Whether an office stands there that is of several, or before a colon: what a nurse tells may
 * begin so too. */
export function mayHaveOffice(before: string, after: string): boolean {
  return TOLD_BEFORE.test(before) || TOLD_AFTER.test(after);
}
