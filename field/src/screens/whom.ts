/** Whom to telephone: as the office told it of this team, each number of it ready to be called. */
import type { App } from "../shell/app";
import { type Child, element } from "./parts";

// five digits and more, or a short number as it stands: 8-18 are hours
const NUMBER = /\+?\d[\d ()./-]{3,}\d|\b\d{3,}\b/;
const LEAST = 5; // digits of a number that is written in groups

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
  const digits = number.replaceAll(/\D/g, "");
  const isOne = digits.length >= LEAST || digits === number;
  const to = number.startsWith("+") ? `+${digits}` : digits;
  const before = text.slice(0, found.index);
  const after = withNumbers(text.slice(found.index + number.length));
  return [...(before ? [[before] as const] : []), isOne ? [number, to] : [number], ...after];
}
