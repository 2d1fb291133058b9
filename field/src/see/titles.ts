/**
 * Who is called by a title: Mrs Smith, mme Diallo, 李女士. In words about care such a one is taken for
 * a patient, unless a word of an office stands beside (`offices`): the only nurse, Mrs Barry.
 * “Dr” is no title here: a doctor treats. The shapes are the server's own (people/rules/titles.py).
 */
import { BODIES, CHINESE_OFFICES, KINDS, OFFICES, PLACES } from "./offices";
import { ORDINARY } from "./ordinaryWords";
import { HAN, SURNAME } from "./surnames";

const START = "(?<![A-Za-zÀ-ÿ])";
const END = "(?![A-Za-zÀ-ÿ])";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\\-]+"; // Smith, SMITH, O'Brien
const NAME = "[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’\\-]+";
const INITIALS = String.raw`(?:[A-ZÀ-ÖØ-Þ](?:\.\s*|[\s\-]+)){0,3}`;
// after these any word is a name, but
const ALWAYS =
  "(?:[Mm]rs?|MRS|[Mm]me|MME|[Mm]lle|MLLE|[Mm]adame|MADAME|[Mm]onsieur|MONSIEUR|[Mm]ister)";
const NO_NAMES = (
  "la|le|les|l|un|une|the|of|de|du|des|d|and|et|or|ou|who|qui|is|est|was|has|had|in|on" +
  "|at|with|to|for|from|avec|pour|par|sur|sans|chez|dans|âgée?|ministre|minister" +
  "|président|présidente|president|chairman|directeur|directrice|director|préfet|maire" +
  "|consul|ambassadeur|ambassadrice|ambassador|docteur|doctor|professeur|professor" +
  "|médecin|secrétaire|gouverneur|governor"
).split("|");
const titled = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const NO_NAME = `(?!(?:${[
  ...NO_NAMES,
  ...NO_NAMES.map(titled),
  ...NO_NAMES.map((word) => word.toUpperCase()),
].join("|")})${END})`;
// these are other words too (an MR scan, we miss blood, M for male): a capital follows, and no
// ordinary word
const AT_TIMES = String.raw`(?:Ms|Miss|MISS|M(?=\.|\s+[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’])|MR(?=\.?\s+(?!IMAGING|SCAN)[A-Z]{2}))`;
const NAMED = `(?!(?:${ORDINARY.join("|")})${END})${CAPITAL}`;
const CALLED = [
  new RegExp(
    String.raw`${START}(?:${ALWAYS}${END}\.?\s+${INITIALS}${NO_NAME}${NAME}` +
      String.raw`|${AT_TIMES}${END}\.?\s+${INITIALS}${NAMED})(?:\s+${CAPITAL})*`,
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
  String.raw`^(?:(?:\s+(?:has|had))?\s+(?:died|bled|relapsed|passed\s+away)(?![A-Za-zÀ-ÿ])` +
    String.raw`|\s+(?:was|is|has\s+been)\s+(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)` +
    String.raw`(?![A-Za-zÀ-ÿ])` +
    String.raw`|(?:\s+(?:est|fut|a\s+été|était))?\s+(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)` +
    String.raw`(?![A-Za-zÀ-ÿ])` +
    String.raw`|\s+(?:est|fut|a\s+été|était)\s+(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])` +
    String.raw`|\s+a\s+accouché(?![A-Za-zÀ-ÿ])` +
    String.raw`|\s*[，,]?\s*(?:已|于|因|在)?(?:去世|死亡|病故|过世|病危|病逝|分娩|转诊))`,
);
const KIND = String.raw`(?:(?:${KINDS.join("|")})\s+){0,3}`;
const ARTICLE = String.raw`(?:(?:the|an?|our|its|their|la|le|notre|une?|son|sa|leur)\s+|l['’]\s*)`;
const OFFICE = `${KIND}(?:${OFFICES.join("|")})${END}`;
const HEAD =
  String.raw`(?:head|chief|in\s+charge|chef|cheffe|responsable)\s+` +
  String.raw`(?:of\s+(?:the\s+|our\s+)?|du\s+|des\s+|d['’]\s*|de\s+(?:la\s+|l['’]\s*|notre\s+)?)` +
  `(?:${PLACES.join("|")})${END}`;
const CHINESE_OFFICE = `(?:${CHINESE_OFFICES.join("|")})`;
const CHINESE_BODY = "(?:局|委员会|卫健委|使馆|公司|厂家|大学)";
// before a Chinese office these say what was done to somebody: 由医生抢救
const DONE = "(?:[由被为经请找向给和与跟无没缺对在未死住转]|术后|病(?!房))";
// a nurse whose age is told is ill
const AGELESS = String.raw`(?!\s*[,，(（]\s*\d)`;
const AFTER = new RegExp(
  String.raw`^(?:\s*(?:[,，(（–—]|\s(?:is|was|est|était)\s|\s-\s)\s*${ARTICLE}?(?:${OFFICE}|${HEAD})${AGELESS}` +
    String.raw`|\s+(?:from|of|du|de|des)\s+(?:the\s+|our\s+|la\s+|l['’]\s*)?(?:[A-Za-zÀ-ÿ\-]+\s+){0,2}` +
    `(?:${BODIES.join("|")})${END}` +
    String.raw`|\s*(?:[,，(（]|是)\s*(?:(?!${DONE})${HAN}){0,8}?(?:${CHINESE_OFFICE}|${CHINESE_BODY})${AGELESS})`,
  "i",
);
const BEFORE = new RegExp(
  String.raw`(?:${START}${OFFICE}\s+(?:(?:is|was|est|était)\s+)?` +
    `|${CHINESE_OFFICE}|${CHINESE_BODY}的?)$`,
  "i",
);
// the only nurse, Mrs Barry, retired; but “without a nurse, Mrs Smith died”
const APPOSED = new RegExp(String.raw`${START}${ARTICLE}${OFFICE}\s*[,，(（]\s*$`, "i");
const CLOSED = /^\s*[,，)）](?!\s*\d)/;
const BESIDE = new RegExp(
  String.raw`(?:${START}(?:with|by|beside|avec|par)\s+|[与和由跟随])$`,
  "i",
);

interface Called {
  who: string;
  before: string;
  after: string;
}

/** Who is called by a title and died, was operated or the like; '' where there is none. */
export function befallenIn(text: string): string {
  return withoutOffice(text).find((one) => BEFELL.test(one.after))?.who ?? "";
}

/** Who is called by a title without an office beside; '' where there is none. Who was worked with
 * is a colleague: two with Mrs Barry. */
export function calledIn(text: string): string {
  return withoutOffice(text).find((one) => !BESIDE.test(one.before))?.who ?? "";
}

function withoutOffice(text: string): Called[] {
  const called = CALLED.flatMap((shape) => [...text.matchAll(shape)]).map((one) => ({
    who: one[0].trim(),
    before: text.slice(0, one.index),
    after: text.slice(one.index + one[0].length),
  }));
  return called.filter((one) => !ofOffice(one));
}

function ofOffice({ before, after }: Called): boolean {
  const apposed = APPOSED.test(before) && CLOSED.test(after);
  return apposed || BEFORE.test(before) || AFTER.test(after);
}
