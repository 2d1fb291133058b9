/** What was said on a phone that has no room for it: whether somebody has it already. */
import { isSent, type Owed, owedOf } from "../outbox/owed";
import type { App, Shown } from "../shell/app";
import type { Word } from "../words/words";
import { type Child, element } from "./parts";
import { whomToCall } from "./whom";

const isSafe = ({ said }: Owed): boolean => said.data.state === "SAFE";

/** The last word stands, and is told first. While nobody has it, the one before is told too where
 * the office has that: it is what they go by. */
export function callWords(owed: readonly Owed[]): readonly Word[] {
  const last = owed.at(-1);
  if (!last) return [];
  if (isSent(last)) return [isSafe(last) ? "safeArrived" : "callArrived"];
  const known = owed.filter(isSent).at(-1);
  const waits = isSafe(last) ? "safeWaits" : "callWaits";
  if (!known || isSafe(known) === isSafe(last)) return [waits];
  return [waits, isSafe(known) ? "safeArrived" : "callArrived"];
}

/** What is said of it, and while nobody has it whom to telephone. */
export async function calling(app: App): Promise<readonly Child[]> {
  const words = callWords(await owedOf(app.store));
  const told = alarms(app, words);
  return words.some((word) => word.endsWith("Waits")) ? [...told, ...whomToCall(app)] : told;
}

/** What is said of it. */
export const called = async (app: App): Promise<readonly Child[]> =>
  alarms(app, callWords(await owedOf(app.store)));

const alarms = (app: App, words: readonly Word[]): readonly HTMLElement[] =>
  words.map((word) => element("p", { role: "alert", class: "alarm" }, app.say(word)));

/** The last check-in as the first screen tells it: what the phone keeps, or has no room for. */
export async function lastSaid(
  app: Pick<App, "store">,
  kept: Shown | undefined,
): Promise<Pick<Shown, "data" | "at" | "came" | "slow"> | undefined> {
  const last = (await owedOf(app.store)).at(-1);
  if (!last) return kept;
  const { came, slow } = last.sent ?? {};
  const took = came === undefined || slow === undefined ? {} : { came, slow };
  return { data: last.said.data, at: last.at, ...took };
}
