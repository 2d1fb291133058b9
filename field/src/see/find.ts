/** Items of the programme's lists, found with no network: three tongues, pinyin, codes. */
import type { Tongue } from "../words/words";

export interface Item {
  readonly id: string;
  readonly n: Readonly<Record<string, string>>;
  /** What is looked through, folded, a line each: names, pinyin, initials, codes. */
  readonly f: string;
  readonly sp: string;
  readonly k: string;
}

/** As the server folds: no accents, no case, letters and digits alone. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^\p{L}\p{N}.]+/gu, " ")
    .trim();
}

/** What was typed with ü as the pinyin in `f` has it: "nüe" and "nue" are "nve". */
const asPinyin = (typed: string): string =>
  folded(typed.normalize("NFC").replace(/ü/gi, "v")).replace(/([nl])ue/g, "$1ve");

/** At most `most` items in which every word stands; with no word the recent ones, then the first. */
export function find(
  items: readonly Item[],
  typed: string,
  recent: readonly string[],
  most = 8,
): readonly Item[] {
  const words = folded(typed).split(" ").filter(Boolean);
  const place = new Map(recent.map((id, at) => [id, at]));
  const late = (item: Item): number => place.get(item.id) ?? recent.length;
  if (words.length === 0) {
    return [...items].sort((one, other) => late(one) - late(other)).slice(0, most);
  }
  const sounded = asPinyin(typed).split(" ").filter(Boolean);
  const stands = (item: Item) => (word: string, at: number) =>
    item.f.includes(word) || item.f.includes(sounded[at] ?? word);
  const found = items.filter((item) => words.every(stands(item)));
  const wholes = [words.join(" "), sounded.join(" ")];
  const far = (item: Item): number => {
    const lines = item.f.split("\n");
    if (wholes.some((whole) => lines.includes(whole))) return 0;
    return wholes.some((whole) => lines.some((line) => line.startsWith(whole))) ? 1 : 2;
  };
  return found
    .sort((one, other) => far(one) - far(other) || late(one) - late(other))
    .slice(0, most);
}

export function nameOf(names: Readonly<Record<string, string>>, tongue: Tongue): string {
  return names[tongue] ?? names.en ?? Object.values(names)[0] ?? "";
}
