/**
 * Who is called by a title: Mrs Smith, mme Diallo, 李女士. In words about care such a one is taken for
 * a patient, unless a word of an office stands beside (`offices`): the only nurse, Mrs Barry.
 * “Dr” is no title here: a doctor treats. The shapes are the server's own (people/rules/titles.py).
 */
import { LEAVES, leftWork } from "./leaving";
import { BODIES, CHINESE_OFFICES, KINDS, OFFICES, PLACES } from "./offices";
import { ORDINARY } from "./ordinaryWords";
import { HAN, SURNAME } from "./surnames";

const START = "(?<![A-Za-zÀ-ÿ])";
const END = "(?![A-Za-zÀ-ÿ])";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\\-]{1,40}"; // Smith, SMITH, O'Brien
const NAME = "[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’\\-]{1,40}";
const INITIALS = String.raw`(?:[A-ZÀ-ÖØ-Þ](?:\.\s?|[\s\-]{1,2})){0,3}`;
// after these any word is a name, but
const ALWAYS =
  "(?:[Mm]rs?|MRS|[Mm]me|MME|[Mm]lle|MLLE|[Mm]adame|MADAME|[Mm]onsieur|MONSIEUR|[Mm]ister)";
const NO_NAMES = (
  "la|le|les|l|un|une|the|of|de|du|des|d|and|et|or|ou|who|qui|is|est|was|has|had|in|on" +
  "|at|with|to|for|from|avec|pour|par|sur|sans|chez|dans|âgée?|ministre|minister" +
  "|président|présidente|president|chairman|directeur|directrice|director|préfet|maire" +
  "|consul|ambassadeur|ambassadrice|ambassador|docteur|doctor|professeur|professor" +
  "|médecin|secrétaire|gouverneur|governor" +
  "|imaging|images?|scans?|scanners?|scanning|machines?|angiography|contrast|coils?|magnets?"
).split("|");
// who is addressed so has an office: Madame la Cheffe
const ADDRESSED = (
  "chefs?|cheffe|chargée?|représentante?|inspecteur|inspectrice|déléguée?|députée?|sous-préfet" +
  "|sous-préfète|préfète|vice-président|vice-présidente|premier|première|recteur|doyen|doyenne|juge" +
  "|commissaire|consule|sénateur"
).split("|");
const SMALL =
  "de|du|des|da|dos|di|del|della|le|la|les|von|van|der|den|ter|ten|bin|ben|ibn|el|al".split("|");
const titled = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const cased = (words: readonly string[]): string =>
  [...words, ...words.map(titled), ...words.map((word) => word.toUpperCase())].join("|");
const NO_NAME = `(?!(?:${cased(NO_NAMES)})${END})`;
const WORKS = [...NO_NAMES, ...ADDRESSED, ...OFFICES, ...BODIES, ...PLACES];
const NO_WORK = `(?!(?:${cased(WORKS)})${END})`;
const LITTLE = String.raw`(?:(?:(?:${SMALL.join("|")})\s|[dl]['’]\s?){1,3})`;
// de la Cruz, Le Goff, d'Almeida, van der Berg
const WITH_SMALL = String.raw`(?:(?:(?:${cased(SMALL)})\s|[DdLl]['’]\s?){1,3}${NO_WORK}${CAPITAL})`;
// these are other words too (an MR scan, we miss blood, M for male): a capital follows, and no
// ordinary word
const NO_ORDINARY = `(?!(?:${ORDINARY.join("|")})${END})`;
const NAMED = `${NO_ORDINARY}${CAPITAL}`;
const AT_TIMES =
  String.raw`(?:Ms|Miss|MISS|M(?=\.(?!(?:Sc|Ed|Phil|Med)${END})|\s[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]` +
  String.raw`|\s${LITTLE}${NO_ORDINARY}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’])` +
  String.raw`|MR(?=\.?\s?(?:${WITH_SMALL}|${NO_NAME}[A-Z]{2}|${NO_NAME}${NO_WORK}[A-Z][a-z])))`;
const CALLED = [
  new RegExp(
    String.raw`${START}(?:${ALWAYS}(?:${END}[.\-]?\s?|(?=[A-Z][a-z]))${INITIALS}` +
      `(?:${WITH_SMALL}|${LITTLE}${NO_WORK}${NAME}|${NO_NAME}${NAME})` +
      String.raw`|${AT_TIMES}${END}\.?\s?${INITIALS}(?:${WITH_SMALL}|${NAMED}))` +
      String.raw`(?:\s(?:${WITH_SMALL}|${NO_WORK}${CAPITAL})){0,4}`,
    "g",
  ),
  new RegExp(
    `(?:(?:${SURNAME}|孙(?=女士)|[钱石史方白毛江钟戴段雷尹武孔汤洪龙金夏韦付傅沈卢莫闫阎])` +
      `${HAN}{0,2}?)(?:某某?)?(?:女士|先生|小姐|太太|大爷|大妈|阿姨)`,
    "g",
  ),
];
// what befalls patients, said right after a name; who is transferred or evacuated may be of a team
const BEFELL = new RegExp(
  String.raw`^(?:(?:\s(?:has|had))?\s(?:died|bled|relapsed|passed\saway)(?![A-Za-zÀ-ÿ])` +
    String.raw`|\s(?:was|is|has\sbeen)\s(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)` +
    String.raw`(?![A-Za-zÀ-ÿ])` +
    String.raw`|(?:\s(?:est|fut|a\sété|était))?\s(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)` +
    String.raw`(?![A-Za-zÀ-ÿ])` +
    String.raw`|\s(?:est|fut|a\sété|était)\s(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])` +
    String.raw`|\sa\saccouché(?![A-Za-zÀ-ÿ])` +
    String.raw`|\s?[，,]?\s?(?:已|于|因|在)?(?:去世|死亡|病故|过世|病危|病逝|分娩|转诊))`,
);
const KIND = String.raw`(?:(?:${KINDS.join("|")})\s){0,3}`;
const ARTICLE = String.raw`(?:(?:the|an?|our|its|their|la|le|notre|une?|son|sa|leur)\s|l['’]\s?)`;
const OFFICE = `${KIND}(?:${OFFICES.join("|")})${END}`;
const HEAD =
  String.raw`(?:head|chief|in\scharge|chef|cheffe|responsable)\s` +
  String.raw`(?:of\s(?:the\s|our\s)?|du\s|des\s|d['’]\s?|de\s(?:la\s|l['’]\s?|notre\s)?)` +
  `(?:${PLACES.join("|")})${END}`;
const CHINESE_OFFICE = `(?:${CHINESE_OFFICES.join("|")})`;
const CHINESE_BODY = "(?:局|委员会|卫健委|使馆|公司|厂家|大学)";
// before a Chinese office these say what was done to somebody: 由医生抢救
const DONE = "(?:[由被为经请找向给和与跟无没缺对在未死住转]|术后|病(?!房))";
// a nurse whose age is told is ill
const AGELESS = String.raw`(?!\s?[,，(（]\s?\d)`;
const KIN = "(?:wife|husband|spouse|widow|mother|father|daughter|brother|sister|aunt|uncle|cousin)";
const KIN_OF =
  "(?:sons?|child|children|bab(?:y|ies)|friends?|relatives?|patients?|famil(?:y|ies)|kin)";
// a nurse's husband is no nurse
const ITSELF =
  `${AGELESS}(?!['’]|[^,，;；.()（）]{0,40}(?:${START}${KIN}${END}` +
  String.raw`|['’]s?\s(?:[A-Za-zÀ-ÿ\-]{1,40}\s)?${KIN_OF}${END}))`;
const CHINESE_KIN =
  "(?:母|父|妈|爸|儿子|女儿|妻|丈夫|爱人|太太|夫人|老婆|老公|家属|家人|哥|弟|姐|妹|孩子|亲|奶奶|爷爷|外婆|外公" +
  "|岳|婆|嫂|侄|之子|之女|朋友|病人|患者)";
const CHINESE_ITSELF = `${AGELESS}(?!${HAN}{0,6}?(?:的|${CHINESE_KIN}))`;
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
const CLOSED = /^\s?[,，)）](?!\s?\d)/;
const BESIDE = new RegExp(String.raw`(?:${START}(?:with|by|beside|avec|par)\s|[与和由跟随])$`, "i");

// how much is read before and after a name, and how many names are looked at: who is called by a
// title after so many is taken for a patient, for a long text may not hold others up
const BEFORE_IT = 160;
const AFTER_IT = 320;
const MOST = 40;

interface Called {
  who: string;
  before: string;
  after: string;
}

/** Who is called by a title and died, was operated or the like; '' where there is none. */
export function befallenIn(text: string): string {
  const ones = allCalled(text).filter((one) => BEFELL.test(one.after));
  return firstBut(ones, ofOffice);
}

/** Who is called by a title without an office beside; '' where there is none. Who was worked with
 * is a colleague (two with Mrs Barry), and so is who left a job. */
export function calledIn(text: string): string {
  return firstBut(allCalled(text), (one) => ofOffice(one) || ofTeam(one));
}

function allCalled(text: string): Called[] {
  const found = CALLED.flatMap((shape) => [...text.matchAll(shape)]);
  return found.map(({ 0: who, index }) => ({
    who: who.trim(),
    before: text.slice(Math.max(0, index - BEFORE_IT), index),
    after: text.slice(index + who.length, index + who.length + AFTER_IT),
  }));
}

function firstBut(ones: Called[], excused: (one: Called) => boolean): string {
  return ones.find((one, count) => count >= MOST || !excused(one))?.who ?? "";
}

function ofTeam({ before, after }: Called): boolean {
  return BESIDE.test(before) || leftWork(before, after);
}

function ofOffice({ before, after }: Called): boolean {
  const apposed = APPOSED.test(before) && CLOSED.test(after);
  return apposed || BEFORE.test(before) || AFTER.test(after);
}
