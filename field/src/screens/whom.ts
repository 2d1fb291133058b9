/** Whom to telephone: as the office told it of this team, each number of it ready to be called. Better
 * no link than one that dials what is no number. */
import type { App } from "../shell/app";
import { type Child, element } from "./parts";

// a number in groups; or three digits alone, as those of emergencies, which begin with 1 or 9
const NUMBER = /\+?\(?\d[\d ().-]{3,}\d|(?<![\p{L}\p{N}.-]|\.\s)[19]\d\d(?![\p{L}\p{N}]|[.-]\d)/u;
const DIGITS = [6, 15] as const; // as many as numbers in groups have, by E.164 at most
const NO_NUMBERS = [
  /^\d{1,2}[.:]\d\d ?- ?\d{1,2}[.:]\d\d$/, // hours
  /^\d{4}([.-])\d{1,2}\1\d{1,2}$/, // days
  /^\d{1,2}([.-])\d{1,2}\1\d{4}$/,
  /^(19|20)\d\d ?- ?(19|20)\d\d$/, // years
];

export function whomToCall(app: App): readonly Child[] {
  const team = app.reference?.team?.find((one) => one.mission === app.mission?.id);
  const told = app.name(team?.call);
  if (!told) return [];
  const parts = withNumbers(told).map(([text, to]) =>
    to ? element("a", { href: `tel:${to}`, class: "link" }, text) : text,
  );
  return [element("p", {}, `${app.say("toCall")}${app.say("colon")}`, ...parts)];
}

/** Words in parts: a number stands alone, beside what is dialled for it. */
export function withNumbers(text: string): readonly (readonly [string, string?])[] {
  const found = NUMBER.exec(text);
  if (!found) return text ? [[text]] : [];
  const [number] = found;
  const to = dialled(number);
  const before = text.slice(0, found.index);
  const after = withNumbers(text.slice(found.index + number.length));
  return [...(before ? [[before] as const] : []), to ? [number, to] : [number], ...after];
}

/** What is dialled for it; "" where it is none. The nought in brackets is dialled only at home. */
function dialled(number: string): string {
  const plus = number.startsWith("+") ? "+" : "";
  const digits = (plus ? number.replace("(0)", "") : number).replaceAll(/\D/g, "");
  if (NO_NUMBERS.some((one) => one.test(number))) return "";
  const fits = digits.length >= DIGITS[0] && digits.length <= DIGITS[1];
  return fits || digits === number ? plus + digits : "";
}
