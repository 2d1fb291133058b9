/** What every screen knows: the store of whoever is in, the lists, the words, what was recorded. */
import { keep, type Said, type Told } from "../outbox/keep";
import type { State, Store } from "../outbox/store";
import { type Item, nameOf } from "../see/find";
import type { Say, Tongue } from "../words/words";

type Names = Readonly<Record<string, string>>;

export interface Mission {
  readonly id: string;
  readonly names: Names;
  readonly leads: boolean;
  readonly places: readonly { readonly id: string; readonly names: Names }[];
}

export interface Reference {
  readonly as_of: string;
  readonly account: string;
  readonly missions: readonly Mission[];
  readonly words: Readonly<
    Record<"kinds" | "groups" | "outcomes" | "sexes" | "ages", Readonly<Record<string, Names>>>
  >;
  readonly items: readonly Item[];
}

export interface Shown extends Told {
  readonly state: State;
}

export class App {
  reference: Reference | undefined;
  online = false;
  waiting = 0;
  /** Said once on the next screen. */
  told = "";

  constructor(
    readonly store: Store,
    readonly tongue: Tongue,
    readonly say: Say,
    private readonly hurry: () => void,
  ) {}

  get missions(): readonly Mission[] {
    return this.reference?.missions ?? [];
  }

  get mission(): Mission | undefined {
    const chosen = localStorage.getItem("marrow-team");
    return this.missions.find((one) => one.id === chosen) ?? this.missions[0];
  }

  name(names: Names | undefined): string {
    return names ? nameOf(names, this.tongue) : "";
  }

  /** Keep it, and send it when that is possible. When this ends it is on the flash. */
  async keep(said: Said, pictures: readonly string[] = []): Promise<void> {
    await keep(this.store, said, new Date(), pictures);
    this.hurry();
  }

  /** Records of a month as this phone last wrote them, the newest first. */
  async recorded(month: string): Promise<readonly Shown[]> {
    const rows = await this.store.recs.where("month").equals(month).toArray();
    rows.sort((one, other) => other.q - one.q);
    const ops = await this.store.ops.bulkGet(rows.map((row) => row.q));
    return Promise.all(
      rows.map(async (row, at) => {
        const told = JSON.parse(await this.store.reveal(`rec:${row.id}`, row.c)) as Told;
        return { ...told, state: ops[at]?.state ?? "queued" };
      }),
    );
  }
}

/** A day where the phone is, YYYY-MM-DD. */
export function dayOf(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

/** The day to begin with; '' when the clock stands before what the server last said. */
export function todayOf(reference: Reference | undefined, now = new Date()): string {
  return reference && now.getTime() < Date.parse(reference.as_of) - 86_400_000 ? "" : dayOf(now);
}
