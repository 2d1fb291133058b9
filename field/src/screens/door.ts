/**
 * Nobody is in. The lock of those who use this phone is drawn at once from what the phone holds;
 * the network is asked afterwards who is signed in, and may take as long as it likes.
 */
import { callsWaiting } from "../outbox/owed";
import { Store } from "../outbox/store";
import { wordsLocked } from "../outbox/unheard";
import { insideOf } from "../shell/inside";
import { whoIsHere } from "../shell/net";
import { type Account, calledIn, nameAnew, people, pinsOf } from "../vault/accounts";
import type { Say, Tongue } from "../words/words";
import { leave } from "./leave";
import { first, locked, ofNoTeam, stranger, type Waiting, withoutMemory } from "./lock";
import { button, type Child, element } from "./parts";

export interface Door {
  readonly say: Say;
  readonly tongue: Tongue;
  readonly draw: (...made: readonly Child[]) => void;
  readonly come: (store: Store) => void;
  /** Whether this door is what the screen still shows. */
  readonly stands: () => boolean;
}

export async function door(at: Door): Promise<void> {
  const { say, tongue, draw, come } = at;
  draw(element("h1", {}, say("title"))); // whatever was read is gone before anything is waited for
  const { here, lost } = await people();
  if (!at.stands()) return;
  const inside = insideOf(navigator.userAgent);
  if (here.length + lost.length > 0) {
    const another = element("div", { id: "another" });
    const sum = await waitingOf(here.map((who) => who.base));
    const lock = here.length ? locked(say, tongue, here, sum, await pinsOf(), come) : [];
    if (!at.stands()) return;
    const gone = withoutMemory(say, tongue, lost);
    draw(...(here.length ? lock : [element("h1", {}, say("title"))]), ...gone, another);
    void offer(at, here, lost, another);
    return;
  }
  draw(...(inside ? leave(say, inside, location.href) : stranger(say)));
  const who = inside ? undefined : await signedIn();
  if (who && at.stands()) draw(...(who === "other" ? ofNoTeam(say) : first(say, who, come)));
}

/** Who is signed in and not on this phone yet may begin, beside those who are; and who was `lost`. */
async function offer(
  at: Door,
  here: readonly Account[],
  lost: readonly Account[],
  place: HTMLElement,
): Promise<void> {
  const who = await signedIn();
  if (!who || who === "other") return;
  const among = (all: readonly Account[]): boolean =>
    all.some((one) => one.account === who.account);
  if (among(here)) return nameAnew(who.account, who.names);
  const begin = (): void => at.draw(...first(at.say, who, at.come));
  const again = among(lost);
  place.append(
    again ? "" : element("p", { class: "soft" }, at.say("newHere")),
    button(`${at.say(again ? "beginAnew" : "beginHere")} ${calledIn(who, at.tongue)}`, begin, {
      class: "wide",
    }),
  );
}

/** How much all of them have only here. */
async function waitingOf(bases: readonly string[]): Promise<Waiting> {
  const stores = bases.map((base) => new Store(base));
  const waits = await Promise.all(
    stores.map(async (store) => {
      const calls = callsWaiting(store.name);
      return { here: (await store.onlyHere()) + calls, words: (await wordsLocked(store)) + calls };
    }),
  );
  for (const store of stores) store.close();
  const sum = (of: keyof Waiting): number => waits.reduce((all, some) => all + some[of], 0);
  return { here: sum("here"), words: sum("words") };
}

async function signedIn(): ReturnType<typeof whoIsHere> {
  try {
    return await whoIsHere();
  } catch {
    return undefined;
  }
}
