/** Whom to telephone: as the office told it of this team, each number of it ready to be called. */
import type { App } from "../shell/app";
import { type Child, element } from "./parts";

export function whomToCall(app: App): readonly Child[] {
  const team = app.reference?.team?.find((one) => one.mission === app.mission?.id);
  const who = app.name(team?.call);
  const numbers = team?.numbers ?? [];
  if (!who && !numbers.length) return [];
  const links = numbers.flatMap((one) => [
    " ",
    element("a", { href: `tel:${dialled(one)}`, class: "link" }, one),
  ]);
  return [element("p", {}, `${app.say("toCall")}${app.say("colon")}`, who, ...links)];
}

/** What a telephone dials: digits, and a plus before them. */
export function dialled(number: string): string {
  return number.replace(/[^+0-9]/g, "");
}
