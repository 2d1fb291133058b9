/** Who signed up for a training: the names in what was written, a line or a comma between them. */
import type { Word } from "../words/words";

const MOST_NAMES = 500;
const LONGEST_NAME = 120; // letters
const BETWEEN = /[\n\r\v\f\u0085\u2028\u2029,;，；、]/;

/** Each name once, as the server counts them: `marrow/activity/rules/attendees.py`. */
export function namesIn(text: string | undefined): string[] {
  const parts = (text ?? "").split(BETWEEN).map((part) => part.trim().replace(/\s+/g, " "));
  return [...new Set(parts.filter(Boolean))];
}

/** What is wrong with a list, which the office would not take; undefined is nothing. */
export function namesWrong(names: readonly string[]): Word | undefined {
  if (names.length > MOST_NAMES) return "manyNames";
  return names.some((name) => [...name].length > LONGEST_NAME) ? "longName" : undefined;
}
