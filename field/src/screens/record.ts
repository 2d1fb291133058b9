import { type App, dayOf } from "../shell/app";
import type { Word } from "../words/words";
import { type Child, element, head, partsOf } from "./parts";

export const TILES = [
  "VISIT", "OPERATION", "RESCUE", "ADMISSION", "DELIVERY", "TRAINED", "LECTURE", "DEMONSTRATION",
  "ADVICE", "PROTOCOL", "FREE_CLINIC", "REMOTE_CONSULT",
] as const satisfies readonly Word[]; // biome-ignore format: a list of codes

/** What can be recorded: visits first, then what this phone records most. */
export async function record(app: App): Promise<readonly Child[]> {
  const often = new Map<string, number>();
  for (const rec of await app.recorded(dayOf(new Date()).slice(0, 7))) {
    const kind = partsOf(String(rec.data.kind ?? ""))[0];
    often.set(kind, (often.get(kind) ?? 0) + 1);
  }
  const rest = TILES.slice(1).sort((one, other) => (often.get(other) ?? 0) - (often.get(one) ?? 0));
  const tiles = ["VISIT" as Word, ...rest].map((kind) =>
    element("a", { href: `#record/${kind}` }, app.say(kind)),
  );
  return [head(app, app.say("whatDone")), element("nav", { class: "tiles" }, ...tiles)];
}
