/** What is said of a phone's clock that is wrong. */
import type { Say, Tongue } from "../words/words";

/** By how many seconds this phone's clock is slow, or fast below nought; '' of one that is right. */
export function clockWords(say: Say, tongue: Tongue, slow: number): string {
  if (!slow) return "";
  const wrong = span(tongue, Math.abs(slow));
  const between = tongue === "zh" ? "" : " ";
  const parts = [say(slow > 0 ? "clockSlow" : "clockFast"), wrong, say("clockSet")];
  return parts.join(between);
}

function span(tongue: Tongue, seconds: number): string {
  const hours = seconds / 3600;
  const [unit, many] =
    hours >= 48 ? ["day", hours / 24] : hours >= 2 ? ["hour", hours] : ["minute", hours * 60];
  const lang = { en: "en", zh: "zh-CN", fr: "fr" }[tongue];
  const style = { style: "unit", unit: String(unit), unitDisplay: "long" } as const;
  return new Intl.NumberFormat(lang, { ...style, maximumFractionDigits: 0 }).format(Number(many));
}
