/**
 * Nobody is in. The lock of those who use this phone is drawn at once from what the phone holds;
 * the network is asked afterwards who is signed in, and may take as long as it likes.
 */
import { Store } from "../outbox/store";
import { insideOf } from "../shell/inside";
import { whoIsHere } from "../shell/net";
import { accounts, calledIn, nameAnew, pinsOf } from "../vault/accounts";
import type { Say, Tongue } from "../words/words";
import { leave } from "./leave";
import { first, locked, ofNoTeam, stranger } from "./lock";
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
  const people = await accounts();
  if (!at.stands()) return;
  const inside = insideOf(navigator.userAgent);
  if (people.length > 0) {
    const another = element("div", { id: "another" });
    const sum = await waitingOf(people.map((who) => who.base));
    const lock = locked(say, tongue, people, sum, await pinsOf(), come);
    if (!at.stands()) return;
    draw(...lock, another);
    void offer(
      at,
      people.map((who) => who.account),
      another,
    );
    return;
  }
  draw(...(inside ? leave(say, inside, location.href) : stranger(say)));
  const here = inside ? undefined : await signedIn();
  if (here && at.stands()) draw(...(here === "other" ? ofNoTeam(say) : first(say, here, come)));
}

/** Who is signed in and not on this phone yet may begin, beside those who are. */
async function offer(at: Door, people: readonly string[], place: HTMLElement): Promise<void> {
  const here = await signedIn();
  if (!here || here === "other") return;
  if (people.includes(here.account)) return nameAnew(here.account, here.names);
  const begin = (): void => at.draw(...first(at.say, here, at.come));
  place.append(
    element("p", { class: "soft" }, at.say("newHere")),
    button(`${at.say("beginHere")} ${calledIn(here, at.tongue)}`, begin, { class: "wide" }),
  );
}

/** How much all of them have only here. */
async function waitingOf(bases: readonly string[]): Promise<number> {
  const stores = bases.map((base) => new Store(base));
  const waits = await Promise.all(stores.map((store) => store.onlyHere()));
  for (const store of stores) store.close();
  return waits.reduce((all, some) => all + some, 0);
}

async function signedIn(): ReturnType<typeof whoIsHere> {
  try {
    return await whoIsHere();
  } catch {
    return undefined;
  }
}
