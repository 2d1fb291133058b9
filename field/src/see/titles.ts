/**
 * Who is called by a title: Mrs Smith, mme Diallo, 李女士. In words about care such a one is taken for
 * a patient, unless a word of an office stands beside (`offices`): the only nurse, Mrs Barry.
 * “Dr” is no title here: a doctor treats. The shapes are the server's own (people/rules/titles.py).
 */
import { hasOffice, mayHaveOffice } from "./beside";
import { DEVICES } from "./deviceWords";
import { illAfter, illBeside } from "./illness";
import { AND, leaves, ONE } from "./leaving";
import { BODIES, OFFICES, PLACES } from "./offices";
import { ORDINARY } from "./ordinaryWords";
import { HAN, RARE, SURNAME } from "./surnames";

const START = "(?<![A-Za-zÀ-ÿ])";
const END = "(?![A-Za-zÀ-ÿ])";
const CAPITAL = "[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\\-]{1,40}"; // Smith, SMITH, O'Brien
const NAME = "[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’\\-]{1,40}";
const INITIALS = String.raw`(?:[A-ZÀ-ÖØ-Þ](?:\.\s?|[\s\-]{1,2})){0,3}`;
const NO_NAMES = (
  "la|le|les|l|un|une|the|of|de|du|des|d|and|et|or|ou|who|qui|is|est|was|has|had|in|on" +
  "|at|with|to|for|from|avec|pour|par|sur|sans|chez|dans|âgée?|ministre|minister" +
  "|président|présidente|president|chairman|directeur|directrice|director|préfet|maire" +
  "|consul|ambassadeur|ambassadrice|ambassador|docteur|doctor|drs?|dre|professeur|professor|pre?" +
  "|médecin|secrétaire|gouverneur|governor"
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
// what befalls patients, said right after a name; who is transferred or evacuated may be of a team
const BEFELL =
  String.raw`(?:(?:\s(?:has|had))?\s(?:died|bled|relapsed|passed\saway)(?![A-Za-zÀ-ÿ])` +
  String.raw`|\s(?:was|is|has\sbeen)\s(?:operated|discharged|referred|treated|dialysed|dialyzed|delivered)` +
  "(?![A-Za-zÀ-ÿ])" +
  String.raw`|(?:\s(?:est|fut|a\sété|était))?\s(?:décédée?|morte?|hospitalisée?|guérie?|accouchée?|dialysée?)` +
  "(?![A-Za-zÀ-ÿ])" +
  String.raw`|\s(?:est|fut|a\sété|était)\s(?:opérée?|soignée?|traitée?)(?![A-Za-zÀ-ÿ])` +
  String.raw`|\sa\saccouché(?![A-Za-zÀ-ÿ])` +
  String.raw`|\sa\ssaigné(?![A-Za-zÀ-ÿ])` +
  String.raw`|\s?[，,]?\s?(?:已|于|因|在|术后|术中|昨夜|昨天|今天|不幸|大){0,2}` +
  "(?:去世|死亡|病故|过世|病危|病逝|离世|出血|分娩|转诊))";
const DEVICE = String.raw`[.\-]?\s?(?:${cased(DEVICES)})${END}`;
// after these any word is a name, but
const ALWAYS =
  "(?:[Mm]rs|MRS|[Mm]mes?|MMES?|[Mm]lles?|MLLES?|[Mm]adame?|MADAME?|[Mm]esdames|MESDAMES" +
  "|[Mm]ademoiselle|MADEMOISELLE|[Mm]esdemoiselles|[Mm]onsieur|MONSIEUR|[Mm]essieurs|[Mm]essrs" +
  `|[Mm]ister|MISTER|[Mm]r(?!${DEVICE}))`;
// these are other words too (an MR scan, we miss blood, M for male): a capital follows, and no
// ordinary word
const NO_ORDINARY = `(?!(?:${ORDINARY.join("|")})${END})`;
const NAMED = `${NO_ORDINARY}${CAPITAL}`;
const AT_TIMES =
  String.raw`(?:Ms|Miss|MISS|M(?=\.(?!(?:Sc|Ed|Phil|Med)${END})|\s[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]` +
  String.raw`|\s${LITTLE}${NO_ORDINARY}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’])` +
  String.raw`|(?<!\d)(?<!\d\s)MM(?=\.\s?${NO_ORDINARY}[A-ZÀ-ÖØ-Þ]|\s${NAMED}\s(?:et|&)\s)` +
  String.raw`|MR(?=\.?\s?(?:${WITH_SMALL}|${NO_NAME}[A-Z]{2}|${NO_NAME}${NO_WORK}[A-Z][a-z])))` +
  `(?!${DEVICE})`;
// and these before any word, where right after it stands what befalls patients: miss smith bled
const SELDOM = String.raw`(?<!\d)(?<!\d\s)(?:miss|ms|m(?=\.)|M(?=\s))`;
const SAID = String.raw`,\s?(?:died|bled|operated|décédée?|opérée?|\d{1,3})${END}`;
const MORE = String.raw`(?:\s(?:${WITH_SMALL}|${NO_WORK}${CAPITAL})){0,4}`;
// wives of those in office are no patients, nor is Marie Curie
const CHINESE_TITLE = "(?:先生|女士(?![兵官])|小姐|太太|(?<!总理|首相|居里)夫人|大爷|大妈|阿姨)";
const SURNAMED = `(?:${SURNAME}|孙(?=女士)|${RARE})${HAN}{0,2}?(?:某某?)?\\s?${CHINESE_TITLE}`;
// no name ends so, or has it in it: a title after these is nobody's, 三名女士, 首先生产, 大使先生
const NO_CHINESE_NAME =
  "为给由与和跟随的是被对让请在从向将把到后前时以及或等者人护医师生长员局任例名位个些几两多老他她我你您各其" +
  "这那有无没不了着过家授事使记书译席统属轻年国地身洁工堂洲服某一二三四五六七八九十首优率原预领抢早争祖最该此每体同帮说士";
const CHINESE_NAME =
  `(?=(?:${HAN}|·){1,8}?\\s?${CHINESE_TITLE})` +
  `(?:(?!${SURNAMED})(?![${NO_CHINESE_NAME}])(?:${HAN}|·)){1,8}`;
// 李女士, 迪亚洛先生, Diallo先生
export const CHINESE_CALLED =
  String.raw`(?:${SURNAMED}|${START}(?:${CAPITAL}\s){0,2}${NAME}\s?${CHINESE_TITLE}` +
  `|${CHINESE_NAME}\\s?${CHINESE_TITLE})`;
const CALLED = [
  new RegExp(
    String.raw`${START}(?:${ALWAYS}(?:${END}[.\-]?\s?|(?=[A-Z][a-z]))` +
      `${INITIALS}(?:${WITH_SMALL}|${LITTLE}${NO_WORK}${NAME}|${NO_NAME}${NAME})` +
      String.raw`|${AT_TIMES}${END}\.?\s?${INITIALS}(?:${WITH_SMALL}|${NAMED})` +
      String.raw`|${SELDOM}${END}\.?\s?${NO_NAME}${NAME}(?=${BEFELL}|${SAID})` +
      String.raw`|(?:Mrs?|Ms|Miss|Mme|Mlle|Madame?|Monsieur)\.?\s?${HAN}{1,4})${MORE}`,
    "g",
  ),
  new RegExp(CHINESE_CALLED, "g"),
];
const HAS_BEFALLEN = new RegExp(`^${BEFELL}`);
const BESIDE = new RegExp(
  String.raw`(?:${START}(?:[Ww]ith|[Bb]y|[Bb]eside|[Aa]vec|[Pp]ar)\s(?:${ONE}${AND}){0,3}|[与和由跟随])$`,
);
const TEACHES = new RegExp(
  String.raw`^(?:\s(?:taught|teaches|trained|trains|supervised|supervises|runs|forme|enseigne|encadre|dirige` +
    String.raw`|nous\sapprend|nous\sa\sappris|a\s(?:formé|enseigné|encadré))${END}` +
    "|的?(?:指导|带教|带领|培训|教我们))",
);
// the fracture of Mr Bah taught us to look twice: not he
const OF_THEM = new RegExp(
  `(?:${START}(?:of|on|for|to|about|losing|treating|seeing|saving|de|à|sur|chez|perdre|soigner` +
    String.raw`|opérer|voir|suivre)\s|失去|抢救|救治|治疗|护理|照顾)$`,
  "i",
);
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
  const ones = allCalled(text).filter((one) => HAS_BEFALLEN.test(one.after));
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
  const taught = TEACHES.test(after) && !OF_THEM.test(before);
  if (taught || BESIDE.test(before)) return !illAfter(before, after);
  return (leaves(after) || mayHaveOffice(before, after)) && !illBeside(before, after);
}

function ofOffice({ before, after }: Called): boolean {
  return hasOffice(before, after);
}
