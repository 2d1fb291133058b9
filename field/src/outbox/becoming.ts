/**
 * Where a server holds other lines under this phone's numbers, or knows it no more, it goes on as a
 * new installation. A full phone has no room to be that yet: who it will be is held beside its calls
 * for help. So it is made known once, and they go out as that one.
 */
import { change, heldOf } from "./owed";
import type { Enrol } from "./push";
import type { Enrolment, Store } from "./store";

/** Who this phone will be, as soon as there is room. */
export async function becomes(store: Store): Promise<Enrolment | undefined> {
  const [{ anew }, me] = [await heldOf(store), await store.enrolment()];
  return anew?.inst === me?.inst ? undefined : anew;
}

/** Make it known once, however often there is no room to be it. */
export function once(store: Store, enrol: Enrol): Enrol {
  return async (key, account, token) => {
    const held = token ? undefined : await becomes(store);
    if (held) return held;
    const made = await enrol(key, account, token);
    if (made && !token) await change(store, (all) => ({ ...all, anew: made }));
    return made;
  };
}

/** It is that one now, or stays who it was after all. */
export async function hasBecome(store: Store): Promise<void> {
  if (!(await heldOf(store)).anew) return;
  await change(store, ({ all }) => ({ all }));
}
