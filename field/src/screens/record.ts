import { type App, dayOf } from "../shell/app";
import type { Word } from "../words/words";
import { type Child, element, head, kindOf } from "./parts";

export const TILES = [
  "VISIT", "OPERATION", "RESCUE", "ADMISSION", "DELIVERY", "TRAINED", "LECTURE", "DEMONSTRATION",
  "ADVICE", "PROTOCOL", "PUBLIC_HEALTH", "FREE_CLINIC", "REMOTE_CONSULT", "VOICE",
] as const satisfies readonly Word[]; // biome-ignore format: a list of codes
const FIRST = 6; // tiles that stand at once
const MAIN = ["VISIT", "OPERATION", "TRAINED"] as const satisfies readonly Word[];

/** What can be recorded: the main kinds, then what this phone records most; the rest by one tap. */
export async function record(app: App): Promise<readonly Child[]> {
  const now = app.now();
  const last = new Date(now.getFullYear(), now.getMonth() - 1, 1);
  const months = [now, last].map((day) => dayOf(day).slice(0, 7));
  const recs = (await Promise.all(months.map((month) => app.recorded(month)))).flat();
  const sorted = byUse(recs.map((rec) => kindOf(rec)));
  const tile = (kind: Word): HTMLElement =>
    element("a", { href: `#record/${kind}` }, app.say(kind));
  const label = { class: "tiles first", "aria-label": app.say("whatDone") };
  const more = { class: "tiles", "aria-label": app.say("others") };
  return [
    head(app, app.say("whatDone")),
    element("nav", label, ...sorted.slice(0, FIRST).map(tile)),
    element(
      "details",
      { class: "others" },
      element("summary", {}, app.say("others")),
      element("nav", more, ...sorted.slice(FIRST).map(tile)),
    ),
    element("p", {}, element("a", { href: "#counts", class: "link" }, app.say("counts"))),
  ];
}

/** The main kinds stay where they are; the others by how often they were recorded, equals in their
 * order. */
export function byUse(kinds: readonly string[]): readonly Word[] {
  const often = (kind: string): number => kinds.filter((one) => one === kind).length;
  const others = TILES.filter((one) => !MAIN.some((main) => main === one));
  return [...MAIN, ...others.sort((one, other) => often(other) - often(one))];
}
