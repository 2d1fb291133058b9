/**
 * What in a case says who the patient is, beyond what is found in any words: a case begins with
 * whom it is about (“Mamadou Diallo, 45, red eye”), and its reference is a number. The shapes are
 * the server's own (consults/rules/naming.py); cases.cases.json holds both to them.
 */
import { oneBlank } from "./blanks";
import { OF_ILLNESS } from "./illnessWords";
import { ORDINARY, STATES } from "./ordinaryWords";
import { KNOWN_NAME, labelledIn, titledIn } from "./privacy";

const NAME = String.raw`[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿ'’\-]{1,40}`;
const WORD = `(?!(?:${ORDINARY.join("|")})(?![A-Za-zÀ-ÿ]))${NAME}`;
const SEX = String.raw`(?:(?:[MFHmfh]|male|female|man|woman|boy|girl|homme|femme|garçon|fille|[男女]性?)\s?[,，/]?\s?)?`;
// a number after it that is no measure: 45, but not 38.5, 120/80, 40 mg
const AGED =
  String.raw`(?=\s?[,，(（]\s?${SEX}(?:1[01]\d|\d{1,2})` +
  String.raw`(?!\d|[.,/]\d|\s?(?:%|°|/|[µm]?g\b|[cmk]?m\b|m?l\b|mmol|mmhg|bpm|h\b|hours?|heures?|days?|jours?` +
  String.raw`|weeks?|semaines?|x\b|天|小时|周)))`;
const NAME_AND_AGE = new RegExp(String.raw`(?<![A-Za-zÀ-ÿ])${WORD}(?:\s${NAME}){1,3}${AGED}`, "g");
// Mamadou Diallo 45 years
const KNOWN_AND_AGE = new RegExp(
  String.raw`${KNOWN_NAME.source}(?=\s${SEX}(?:1[01]\d|\d{1,2})\s?(?:ans?\b|years?\b|yrs?\b|y\b|yo\b|岁))`,
  "i",
);
// of such words alone a name is one of an illness or of who is ill: Sickle Cell Disease, 9
const ILLNESS = new Set([...ORDINARY, ...STATES, ...OF_ILLNESS].map((word) => word.toLowerCase()));
// how a case begins, or a line or sentence of it
const OPENING = /(?:^|[\n.;。；])\s?([^\n.;。；,，:：(（]{2,60})(?=[,，:：(（])/g;
const YEAR = /(?<!\d)(?:19|20)\d\d[-/ .]?/g; // many a register counts by the year
// nine digits and more are a telephone's; a register's own number has fewer
const LONG = /\+?\d(?:[\s().\-/]{0,2}\d){8,}[Xx]?/;

/** The part by which the patient of a case may be found; '' where there is none. */
export function whoIsTold(text: string): string {
  const told = oneBlank(text);
  return titledIn(text) || labelledIn(text) || aged(told) || opening(told);
}

function aged(text: string): string {
  const named = [...text.matchAll(NAME_AND_AGE)].find(
    ([who]) => !who.split(/\s+/).every((word) => ILLNESS.has(word.toLowerCase())),
  );
  return (named ?? KNOWN_AND_AGE.exec(text))?.[0].trim() ?? "";
}

/** A known name that opens the case, a line or a sentence, with nothing beside it. */
function opening(text: string): string {
  for (const one of text.matchAll(OPENING)) {
    const said = (one[1] ?? "").trim();
    const known = KNOWN_NAME.exec(said);
    if (known?.index === 0 && count(said) <= count(known[0]) + 1) return said;
  }
  return "";
}

function count(words: string): number {
  return words.trim().split(/\s+/).length;
}

/** The part of a reference that looks like a telephone or identity number; '' where there is none. */
export function numberInReference(text: string): string {
  return LONG.exec(text.normalize("NFKC").replace(YEAR, ""))?.[0].trim() ?? "";
}
