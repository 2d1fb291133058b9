/**
 * Telephone numbers in a note that an office wrote in whatever language, and what is dialled for each.
 * Whoever taps may be in need of help: a number that is in doubt is none.
 *
 * Read here and not by libphonenumber (1.13, 41 kB packed, a third of the whole app): of emergency
 * numbers it knows none, a number at home it reads by one country while a team has phones of two,
 * and beside "08:00-18:00" or "24h/24" it finds nothing. Of it we take how long numbers are.
 */
import { codeOf, lengthsAfter } from "./countryCodes";
import { DOUBT, NUMBERS_ITS, STRUCK, struckOut } from "./noNumbers";

export interface Found {
  /** Where it stands in the text, and where it ends. */
  readonly from: number;
  readonly to: number;
  readonly dial: string;
}

const LATIN = "\\p{Script=Latin}";
const GROUP = "(?:\\(\\+?\\d{1,5}\\)|\\d+)";
const RUN = new RegExp(`\\+? ?${GROUP}(?:(?:[ .-]|(?<=\\)) ?|(?= ?\\() ?)${GROUP})*`, "gu");
const WRITTEN_ON = new RegExp(`^(?:${LATIN}|\\d|[:,.]\\d| ?[.-]? ?${DOUBT})`, "u");
const WRITTEN_BEFORE = new RegExp(`(?:${LATIN}|\\d|\\d[:,.]|[*#+°]|${DOUBT} ?[.-]? ?)$`, "u");

/** Groups of a number at home, by how many digits they have. */
const ANY = new Set(
  "7 3-4 8 2-2-2-2 4-4 2-3-3 9 3-2-2-2 3-3-3 2-3-2-2 3-6 2-7 10".split(" "), // 620 00 00 01
);
const FROM_NOUGHT = new Set(
  // an area, or a mobile of a land where each number begins with 0
  (
    "11 12 2-2-2-2-2 4-2-2-2 3-3-2-2 2-4-4 3-3-4 4-3-3 4-6 2-8 3-7 3-8 4-7 4-8 5-6 5-3-3 3-4-4 4-3-4" +
    " 4-4-4 4-4-3"
  ).split(" "),
);
const IN_CHINA = new Set(["11", "3-4-4"]);
const FREE_OF_CHARGE = new Set(["3-3-4", "3-4-3", "3-7"]);

/** The numbers of a text, in their order. */
export function numbersIn(text: string): readonly Found[] {
  const { plain, at } = inPlain(text);
  const struck = struckOut(plain);
  const found: Found[] = [];
  let last: Last | undefined;
  for (const [run, from] of runsOf(struck)) {
    const one = isPart(struck, from, run) ? undefined : long(run, plain, struck, from);
    const told = one ?? shortly(run, struck, from, last);
    if (!told) continue;
    const to = from + told.length;
    last = { to, groups: told.groups };
    found.push({ from: at[from] ?? 0, to: (at[to - 1] ?? 0) + 1, dial: told.dial });
  }
  return found;
}

const WHOLE = /^(?:[1-9]\d{8}(?: [1-9]\d{8})+|1\d{10}(?: 1\d{10})+)$/u;

const CALL_ABROAD = /00.*?(?= 00[1-9]|$)/gu;

/** 00224 620 00 00 01 00224 621 00 00 02 */
const areCalls = (run: string): boolean =>
  run
    .split(/ (?=00[1-9])/u)
    .every((one) => /^00/u.test(one) && fromAbroad(one)?.length === one.length);

/** What stands together, and where; whole numbers that stand side by side, each by itself. */
function runsOf(struck: string): readonly (readonly [string, number])[] {
  return [...struck.matchAll(RUN)].flatMap(({ 0: raw, index }) => {
    const run = raw.trim();
    const from = index + raw.indexOf(run);
    const alone = WHOLE.test(run) || /^\(\d+\)$/u.test(run); // SAMU (15)
    const by = areCalls(run) ? CALL_ABROAD : alone ? /\d+/gu : undefined;
    const each = by ? [...run.matchAll(by)] : [];
    return each.length ? each.map((one) => [one[0], from + one.index] as const) : [[run, from]];
  });
}

interface Last {
  readonly to: number;
  readonly groups: readonly string[];
}
interface Told {
  readonly dial: string;
  /** As many signs of the text as are the number's. */
  readonly length: number;
  readonly groups: readonly string[];
}

const SAME: Readonly<Record<string, string>> = {
  "、": ";",
  "，": ";",
  "。": ";",
  "’": "'",
  "⁄": "/",
};

/** Wide signs, spaces that hold together and dashes as everybody's; of each sign where it stood. */
function inPlain(text: string): { readonly plain: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let plain = "";
  for (let n = 0; n < text.length; n += 1) {
    const sign = text[n] ?? "";
    if (/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u.test(sign)) continue; // not to be seen
    plain += SAME[sign] ?? usual(sign);
    at.push(n);
  }
  return { plain, at };
}

const ABROAD = /^\(?\+/u;

/** Whether what stands right beside it makes it a part of something else. */
function isPart(struck: string, from: number, run: string): boolean {
  const anew = ABROAD.test(run) && struck[from - 1] === " "; // B12 +224
  return (
    (!anew && WRITTEN_BEFORE.test(struck.slice(0, from))) ||
    WRITTEN_ON.test(struck.slice(from + run.length))
  );
}

function usual(sign: string): string {
  const code = sign.charCodeAt(0);
  const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : sign;
  return narrow
    .replace(/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/u, " ")
    .replace(/[\u2010-\u2015\u2212\ufe63〜~]/u, "-");
}

/** A number in groups; undefined where it is none, or in doubt: as where it is one too with the digits
 * of an hour that stands beside it. */
function long(run: string, text: string, struck: string, from: number): Told | undefined {
  if (ABROAD.test(run)) return fromAbroad(run.replace("(0)", "   "));
  if (/^00/u.test(run)) return afterNoughts(run, struck.slice(0, from));
  const [before] = text.slice(0, from).match(/\d+[ .-]$/u) ?? [];
  const [after] = text.slice(from + run.length).match(/^[ .-]\d+/u) ?? [];
  if (WHOLE.test(`${before ?? ""}${run}${after ?? ""}`)) return atHome(run);
  if ((before && atHome(before + run)) || (after && atHome(run + after))) return undefined;
  return AFTER_HOUR.test(struck.slice(0, from)) && isMinutes(run) ? undefined : atHome(run);
}

/** 15 620 00 01 after 8 h: what begins with minutes, and is no number of pairs, or one without them. */
function isMinutes(run: string): boolean {
  const [, rest] = run.split(MINUTES);
  if (rest === undefined) return false;
  return Boolean(atHome(rest)) || (/^\d\d /u.test(run) && !/^\d\d(?: \d\d)+$/u.test(run));
}

const AFTER_HOUR = new RegExp(`${STRUCK} ?$`, "u");
const MINUTES = /^[1-5][05] ?/u;
const A_NUMBER_OF = new RegExp(
  `(?:(?<!${LATIN})${NUMBERS_ITS}(?: ${LATIN}+)?|(?<!${LATIN})(?!(?:au|le|à|ou|et|or|at)\\b)${LATIN}{1,2})[.:]?\\s*$`,
  "iu",
);

/** After the 00 of a call abroad: a whole country code. Else 00 may be the minutes of an hour, or how a
 * room and a team are numbered. */
function afterNoughts(run: string, before: string): Told | undefined {
  const rest = run.slice(2).trimStart();
  const [first = ""] = groupsOf(rest);
  const code = codeOf(first);
  const digits = groupsOf(rest).join("");
  if (!code || before.endsWith(STRUCK) || digits.startsWith(`${code}00`)) return undefined;
  const told = fromAbroad(run.replace("(0)", "   "));
  if (isWithCode(groupsOf(rest), digits)) return told; // the same without 00
  const another = A_NUMBER_OF.test(before) && atHome(run.replace(/^\d+ ?/u, ""));
  const hour = AFTER_HOUR.test(before) && /^00 /u.test(run);
  return another || hour || atHome(rest) ? undefined : told;
}

/** +86-10-12308 120: whole as it is, whatever fits behind it. */
const AFTER_12308 = /(?<=86[ -]?10[ -]?12308) .*/u;

/** With its country's code: as long as numbers are there. What is more is another's, and is left. */
function fromAbroad(told: string): Told | undefined {
  const run = told.replace(AFTER_12308, "");
  const groups = [...run.matchAll(/\d+/gu)];
  const all = groups.map(([digits]) => digits).join("");
  const prefix = run.includes("+") ? 0 : 2; // 00
  const code = codeOf(all.slice(prefix));
  if (!code) return undefined;
  const lengths = lengthsAfter(code).map((length) => prefix + code.length + length);
  const ends: (readonly [string, number])[] = [];
  let digits = "";
  for (const group of groups) {
    digits += group[0];
    ends.push([digits, group.index + group[0].length]);
  }
  const fits = ends.filter(([told]) => lengths.includes(told.length));
  const whole = fits.find(([told]) => told === all);
  const [one, another] = whole ? [whole] : fits;
  if (!one || another) return undefined;
  return {
    dial: `+${one[0].slice(prefix)}`,
    length: one[1],
    groups: groupsOf(run.slice(0, one[1])),
  };
}

const groupsOf = (run: string): readonly string[] => run.match(/\d+/gu) ?? [];

/** At home: groups as numbers are written. */
function atHome(run: string): Told | undefined {
  const groups = groupsOf(run);
  const dial = groups.join("");
  const shape = groups.map((group) => group.length).join("-");
  const told = { dial, length: run.length, groups };
  if (isWithCode(groups, dial)) return { ...told, dial: `+${dial}` };
  if (ANY.has(shape)) return isTimes(groups) || /^\d+[.-].* /u.test(run) ? undefined : told;
  if (/^0[1-9]/u.test(dial) && FROM_NOUGHT.has(shape)) return told;
  if (/^1[3-9]/u.test(dial) && IN_CHINA.has(shape)) return told;
  const american = shape === "3-3-4" && /^\(|^[^ ]+$/u.test(run);
  return american || (/^[48]00/u.test(dial) && FREE_OF_CHARGE.has(shape)) ? told : undefined;
}

/** 224 620 00 00 01: longer than any number at home that does not begin with 0. */
function isWithCode([first = ""]: readonly string[], dial: string): boolean {
  const rest = dial.slice(first.length);
  const known = first === "86" || (first.length === 3 && codeOf(first) === first);
  return (
    known && dial.length > 11 && /^[1-9]/u.test(rest) && lengthsAfter(first).includes(rest.length)
  );
}

/** 08 00 18 00 */
const isTimes = (groups: readonly string[]): boolean =>
  groups.length === 4 && /^(?:[01]\d|2[0-4])[03]0(?:[01]\d|2[0-4])[03]0$/u.test(groups.join(""));

const HELP =
  `(?<!${LATIN})(?:samu|smur|police|pompiers?|sapeurs|gendarmerie|secours|urgences?|ambulances?|sos|croix[- ]rouge|red cross` +
  `|emergency|emergencies|fire|rescue|hotline)(?!${LATIN})|急救|报警|警察|匪警|火警|消防|救护车?|救援|应急|紧急|求助|热线|领保|领事保护`;
const CALL =
  `(?<!${LATIN})(?:t[ée]l(?:[ée]phone[rz]?)?|phone|call|dial|appel(?:er|ez)?|compose[rz]|num[ée]ro(?: vert)?|n[°º] ?vert|number)(?!${LATIN})` +
  "|电话|拨打|拨|致电|呼叫|号码";
const LINK = "\\s?[.:(]?\\s*(?:(?:le|au|the|n[°º]|num[ée]ro|number|电话)\\s?[.:]?\\s*){0,2}$";
const ALL_DAY = `(?: \\(?${STRUCK}+\\)? ?:)?`; // Urgences 24/7 : 117
const FOR_HELP = new RegExp(`(?:${HELP})(?: ${LATIN}+)?${ALL_DAY}${LINK}`, "iu");
const TO_CALL = new RegExp(`(?:${CALL})${LINK}`, "iu");
const THEN_HELP = new RegExp(`^\\s*[(:-]?\\s*(?:${HELP})`, "iu");
const ENDS = new RegExp(
  `^\\s*(?:$|[^${LATIN}\\d\\s${DOUBT}%€$°]|(?:ou|or|et|and|pour|for|puis|then|si|if|jour|day|en)(?!${LATIN})|${HELP})`,
  "iu",
);
const JOINED = new RegExp(`(?:${LATIN}|\\d[.,: ]?|[*#+°-]|${DOUBT} ?)$`, "u");
const AMONG = /^\s?(?:[,;/]|ou|or|et|and|或|和|及|-)\s?$/iu;

/** 117, 15, 12308: dialled where the words around tell that they are called. */
function shortly(
  run: string,
  text: string,
  from: number,
  last: Last | undefined,
): Told | undefined {
  const after = text.slice(from + run.length);
  const before = text.slice(0, from);
  const told = { dial: run, length: run.length, groups: [run] };
  if (!/^\d{2,6}$/u.test(run) || !ENDS.test(after)) return undefined;
  if (JOINED.test(before)) return undefined;
  const forHelp = FOR_HELP.test(before) || THEN_HELP.test(after);
  if (forHelp && /^\d{4,6}$/u.test(run) && !/^(?:19|20)\d\d$/u.test(run)) return told;
  const usual = /^(?:1[4-9]|[19]\d\d|1\d{4}|9[56]\d{3})$/u.test(run);
  if (!usual) return undefined;
  const alone = before.trim() === "" && run.length === 3;
  return forHelp || TO_CALL.test(before) || alone || isAmong(run, text, from, last)
    ? told
    : undefined;
}

/** Whether it stands beside another in a list: "117/118". After one in groups it may be that one's end. */
function isAmong(run: string, text: string, from: number, last: Last | undefined): boolean {
  if (!last) return false;
  const between = text.slice(last.to, from);
  if (!AMONG.test(between)) return false;
  if (last.groups.length === 1 && (last.groups[0]?.length ?? 0) <= 5) return true;
  const end = last.groups.at(-1) ?? "";
  return run.length > 2 && end.length !== run.length && !/[/-]/u.test(between);
}
