/** What was said and nobody has yet: on a phone with no network, or with no room for it. */
import { isSent, type Owed, owedOf } from "../outbox/owed";
import { isUnheard } from "../outbox/unheard";
import type { App, Shown } from "../shell/app";
import type { Word } from "../words/words";
import { type Child, element } from "./parts";
import { whomToCall } from "./whom";

const LOOK = 500; // ms
export const MOMENT = 4_000; // ms: what a call is given to go, before it is said that nobody has it
export const rest = (ms: number): Promise<unknown> => new Promise((go) => setTimeout(go, ms));

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
export async function calling(app: App, word: Shown | undefined): Promise<readonly Child[]> {
  const words = callWords(await owedOf(app.store));
  const told = alarms(app, words);
  if (words.some((one) => one.endsWith("Waits"))) return [...told, ...whomToCall(app)];
  return words.length ? told : unheard(app, word, whomToCall);
}

/** What is said of it. */
export async function called(app: App, word: Shown | undefined): Promise<readonly Child[]> {
  const words = callWords(await owedOf(app.store));
  return words.length ? alarms(app, words) : unheard(app, word, () => []);
}

const alarms = (app: App, words: readonly Word[]): readonly HTMLElement[] =>
  words.map((word) => element("p", { role: "alert", class: "alarm" }, app.say(word)));

/** The last word of who is in, where it calls for help and no server holds it. */
export async function callUnheard(
  { store }: Pick<App, "store">,
  word: Shown | undefined,
): Promise<Shown | undefined> {
  if (word?.data.state !== "NEEDS_HELP") return undefined;
  return (await isUnheard(store, word.id)) ? word : undefined;
}

/** How a call that waits is told: on its way while there is a network and it was made just now, by
 * the phone's own clock; then that nobody has it. With a network a full phone may have sent it, and
 * cannot keep the answer. */
export function wordOf({ online, full }: Pick<App, "online" | "full">, age: number): Word {
  if (full && online) return "callUnsure";
  return online && age >= 0 && age < MOMENT ? "callGoes" : "callNotYet";
}

type Whom = (app: App) => readonly Child[];

/** A call that waits in the memory. What is said of it stays true as long as it stands there. */
async function unheard(app: App, word: Shown | undefined, whom: Whom): Promise<readonly Child[]> {
  const call = await callUnheard(app, word);
  if (!call) return [];
  const place = element("div", { class: "call" });
  let stands: Word | "" = "";
  const tell = (): void => {
    const now = wordOf(app, Date.now() - Date.parse(call.at));
    if (now === stands) return;
    stands = now;
    const waits = now !== "callGoes";
    if (now === "callNotYet" && app.online) {
      app.online = false; // a link that answers nothing is none
      document.dispatchEvent(new Event("marrow-unheard"));
    }
    const how = waits ? { role: "alert", class: "alarm" } : { role: "status", class: "note" };
    place.replaceChildren(element("p", how, app.say(now)), ...(waits ? whom(app) : []));
  };
  tell();
  void follow(app, call.id, place, tell);
  return [place];
}

/** That it arrived is said too where the round that sent it drew the screen anew. */
async function follow(app: App, id: string, place: HTMLElement, tell: () => void): Promise<void> {
  for (let stands = true; stands; stands = place.isConnected) {
    await rest(LOOK);
    if (await isUnheard(app.store, id).catch(() => true)) tell();
    else {
      app.told = app.say("callCame");
      return place.replaceChildren();
    }
  }
}

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
