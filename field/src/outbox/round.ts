/** What goes to the server in a round: calls for help that this phone has no room for, then all else. */
import { hasBecome, once } from "./becoming";
import { callNow } from "./call";
import { keepOwed } from "./keepowed";
import { alone, owes } from "./owed";
import type { Pace } from "./pace";
import { type Answer, type Enrol, exchangeAnew, type Send } from "./push";
import type { Store } from "./store";

/** The way to the server, and the clock. */
export interface Way {
  readonly send: Send;
  readonly enrol: Enrol;
  readonly now: () => Date;
}

/** A call for help for which this phone has no room goes before all else; tells whether one arrived. */
export async function callStraight(store: Store, { send, enrol, now }: Way): Promise<boolean> {
  if (!owes(store.name)) return false;
  return callNow(store, send, now, enrol).catch(() => false);
}

/** Send what waits and read what is new, one sender over all tabs. */
export async function exchangeAll(
  store: Store,
  { send, enrol, now }: Way,
  pace: Pace,
): Promise<Answer | undefined> {
  const work = () => exchangeAnew(store, send, once(store, enrol), pace, now);
  const told = await alone("marrow-push", work);
  if (owes(store.name)) {
    await hasBecome(store);
    await keepOwed(store).catch(() => undefined);
  }
  return told;
}
