/** A phone's clock that is wrong: what is said of it, and which day it is all the same. */
import type { Say, Tongue } from "../words/words";

/** What the server told of this phone's clock, when that clock showed `at`, ms. */
export interface Skew {
  /** By how much it is slow; below nought fast. */
  readonly seconds: number;
  readonly at: number;
}

const DAY = 86_400_000; // ms

/** A day where the phone is, YYYY-MM-DD. */
export function dayOf(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

/** The moment by the server's clock as far as it is known: a clock put back since is right again. */
export function rightly(skew: Skew | undefined, now: Date): Date {
  if (!skew || (skew.seconds < 0 && now.getTime() < skew.at)) return now;
  return new Date(now.getTime() + skew.seconds * 1000);
}

/** A moment that this phone noted, put right as far as `now` is. */
export function notedAt(skew: Skew | undefined, noted: Date, now: Date): Date {
  return new Date(noted.getTime() + rightly(skew, now).getTime() - now.getTime());
}

/** When a record was made that a server took at `came`, ms, while this phone's clock was slow by
 * `slow` seconds: whatever that clock shows now. A clock that was fast when it was made, and set right
 * before it was sent, made nothing later than it came. */
export const madeAt = (noted: Date, came: number, slow: number): Date =>
  new Date(Math.min(noted.getTime() + slow * 1000, came));

/** The day to begin with; '' where it has to be asked for: the clock stands before what the server
 * last said (`asOf`), or was slow and may have been set since. */
export function todayBy(asOf: string | undefined, skew: Skew | undefined, now: Date): string {
  const right = rightly(skew, now);
  if (asOf && right.getTime() < Date.parse(asOf) - DAY) return "";
  return skew && skew.seconds > 0 && dayOf(right) !== dayOf(now) ? "" : dayOf(right);
}

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
