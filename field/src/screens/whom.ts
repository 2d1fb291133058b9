/** Whom to telephone: as the office told it of this team, each number of it ready to be called. Better
 * no link than one that dials what is no number. */
import { numbersIn } from "../see/telephone";
import type { App } from "../shell/app";
import { type Child, element } from "./parts";

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
  const parts: (readonly [string, string?])[] = [];
  let told = 0;
  for (const { from, to, dial } of numbersIn(text)) {
    if (from > told) parts.push([text.slice(told, from)]);
    parts.push([text.slice(from, to), dial]);
    told = to;
  }
  return told < text.length ? [...parts, [text.slice(told)]] : parts;
}
