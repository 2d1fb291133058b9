/**
 * Blanks of a text, one at a time: patterns that may skip blanks are tried on these alone, for over
 * thousands of line ends they would search for minutes (people/rules/blanks.py).
 */
export function oneBlank(text: string): string {
  return text.replace(/\s{2,}/g, (run) => (run.includes("\n") ? "\n" : " "));
}
