/** What goes to the server in a round: calls for help that this phone has no room for, then all else. */
import { hasBecome, once } from "./becoming";
import { callNow } from "./call";
import { keepOwed } from "./keepowed";
import { alone, callsWaiting, owes } from "./owed";
import type { Pace } from "./pace";
import { type Answer, type Enrol, exchangeAnew, type Send } from "./push";
import { ANEW, type Store } from "./store";

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

/** Send what waits and read what is new, one sender over all tabs; a call that did not go before, for
 * the phone was not heard then, goes after it. */
export async function exchangeAll(store: Store, way: Way, pace: Pace): Promise<Answer | undefined> {
  const { send, enrol, now } = way;
  const work = () => exchangeAnew(store, send, once(store, enrol), pace, now);
  const told = await alone("marrow-push", work);
  if (owes(store.name)) {
    if (!(await store.meta.get(ANEW))) await hasBecome(store); // there was no room to be another yet
    await keepOwed(store).catch(() => undefined);
    if (callsWaiting(store.name) > 0) await callStraight(store, way);
  }
  return told;
}
