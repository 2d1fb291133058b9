/** What every screen knows: the store of whoever is in, the lists, the words, what was recorded. */

import { keep, type Said, type Told } from "../outbox/keep";
import { keepOwed } from "../outbox/keepowed";
import { callsWaiting, isOwed, owe } from "../outbox/owed";
import { type Blob_, ONLY_HERE, type Op, type Rec, type State, type Store } from "../outbox/store";
import { type Item, nameOf } from "../see/find";
import { whereIs } from "../see/history";
import { STAYS_OPEN } from "../vault/accounts";
import { orThrowOff } from "../vault/ballast";
import type { Say, Tongue, Word } from "../words/words";
import { dayOf, madeAt, notedAt, rightly, type Skew, todayBy } from "./clock";
import { teamOf } from "./ownteam";
import { noteKept } from "./unsaved";

export { dayOf };

type Names = Readonly<Record<string, string>>;

export interface Mission {
  readonly id: string;
  readonly names: Names;
  readonly leads: boolean;
  /** Whether this person serves in it, and does not only record for it. */
  readonly serves?: boolean;
  readonly places: readonly { readonly id: string; readonly names: Names }[];
  /** All its places, to say where one is and where something was. */
  readonly posts?: readonly Post[];
  /** From which day on what it did is taken; "" while nobody told. */
  readonly since?: string;
}

export interface Post {
  readonly id: string;
  readonly names: Names;
  /** It is no hospital. */
  readonly outside?: boolean;
}

/** A step on the ladder, or a case of a logbook, that waits for this person's signature. */
export interface Step {
  readonly id: string;
  readonly side: string;
  readonly item: Names;
  readonly hospital: Names;
  readonly on: string;
  readonly level: Names;
  readonly number: number;
  readonly before: number | null;
}

export interface Case {
  readonly id: string;
  readonly who: Names;
  readonly item: Names;
  readonly hospital: Names;
  readonly on: string;
  readonly count: number;
  readonly role: Names;
}

export type ToSign = (Step & { readonly of: "step" }) | (Case & { readonly of: "case" });

/** An answer with the name that it was signed under, and the same in other languages. */
export interface Answered {
  readonly text: string;
  readonly who: string;
  readonly names?: Names;
  readonly at: string;
}

/** A question of this person to a specialist, with what was answered. */
export interface Asked {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly states: Names;
  readonly question: string;
  readonly answer_by: string | null;
  readonly answers: readonly Answered[];
}

/** A month's report that was handed in, reviewed or approved: nobody writes in it. */
export interface ClosedMonth {
  readonly id: string;
  readonly state: string;
}

export interface Member {
  readonly names: Names;
  /** Who they are when they sign in; '' where they have no account. */
  readonly account?: string;
  readonly role: Names;
  readonly state: string;
  readonly said_at: string | null;
}

type Words = Readonly<Record<string, Names>>;

export interface Reference {
  readonly as_of: string;
  readonly account: string;
  readonly missions: readonly Mission[];
  readonly words: Readonly<
    Record<
      "kinds" | "groups" | "outcomes" | "sexes" | "ages" | "speakers" | "satisfactions",
      Readonly<Record<string, Names>>
    >
  >;
  readonly items: readonly Item[];
  readonly steps?: readonly Step[];
  readonly cases?: readonly Case[];
  readonly asked?: readonly Asked[];
  readonly months?: readonly ClosedMonth[];
  readonly team?: readonly {
    readonly mission: string;
    readonly people: readonly Member[];
    /** Whom to telephone, and the numbers as the office wrote them. */
    readonly call?: Names;
    readonly numbers?: readonly string[];
  }[];
  readonly consults?: Readonly<
    Record<"specialty" | "age" | "sex" | "priority" | "consent_by" | "consent_how", Words>
  >;
}

/** What the first screen stands on. */
export interface Glanced {
  readonly latest: readonly Shown[];
  readonly word: Shown | undefined;
  readonly since: Date | undefined;
  readonly read: Readonly<Record<string, number>>;
  readonly signed: readonly string[];
}

export interface Shown extends Told {
  readonly state: State;
  /** When a server took it, ms by its clock, and by how many seconds this phone's was slow then. */
  readonly came?: number;
  readonly slow?: number;
}

const CLOSED: Readonly<Record<string, Word>> = {
  SUBMITTED: "monthSubmitted",
  REVIEWED: "monthReviewed",
  APPROVED: "monthApproved",
};

export class App {
  reference: Reference | undefined;
  online = false;
  waiting = 0;
  /** Of these, lines: they go into a file, photographs do not. */
  lines = 0;
  /** What is known of this phone's clock. */
  skew: Skew | undefined;
  private said = "";
  /** How many rows of a long list stand, where somebody asked for more. */
  readonly opened = new Map<string, number>();
  private readonly clear = new Map<string, { readonly nonce: string; readonly told: Told }>();
  /** The ballast was thrown off: hardly any room is left. */
  tight = false;
  /** What the server answered could not be kept. */
  full = false;
  /** When this app locks itself, ms. */
  readonly until = Date.now() + STAYS_OPEN;

  constructor(
    readonly store: Store,
    readonly tongue: Tongue,
    readonly say: Say,
    private readonly hurry: (kept?: boolean) => void,
    private readonly tell: (words: string) => unknown = () => undefined,
    private readonly straight: () => Promise<boolean> = async () => false,
  ) {}

  /** Said at once, and once more on the next screen. */
  get told(): string {
    return this.said;
  }

  set told(words: string) {
    this.said = words;
    if (words) this.tell(words);
  }

  /** This moment by the server's clock, as far as it is known. */
  now(): Date {
    return rightly(this.skew, new Date());
  }

  /** A moment that this phone noted, by the same clock as `now`. */
  noted(moment: string | number | Date): Date {
    return notedAt(this.skew, new Date(moment), new Date());
  }

  /** When a record was made, by the server's clock as far as it is known. */
  made({ at, came, slow }: Pick<Shown, "at" | "came" | "slow">): Date {
    return came === undefined ? this.noted(at) : madeAt(new Date(at), came, slow ?? 0);
  }

  get missions(): readonly Mission[] {
    return this.reference?.missions ?? [];
  }

  get mission(): Mission | undefined {
    return teamOf(this.store.name, this.missions);
  }

  /** Why nothing is written in a month any more, as far as the lists tell; '' where it may be. */
  closed(month: string): string {
    const state = this.reference?.months?.find((one) => one.id === month)?.state;
    return state ? this.say(CLOSED[state] ?? "monthSubmitted") : "";
  }

  name(names: Names | undefined): string {
    return names ? nameOf(names, this.tongue) : "";
  }

  /** Keep it, and send it when that is possible. When this ends it is on the flash. */
  async keep(said: Said, pictures: readonly string[] = []): Promise<void> {
    const kept = orThrowOff(this.store, async () => {
      await keepOwed(this.store); // its line comes before this one
      await keep(this.store, said, new Date(), pictures);
    });
    const tight = await kept.catch((trouble: unknown) => {
      // a call for which there is no room is held beside it, and goes all the same
      if (said.type !== "check_in") noteKept(this.store.name, false);
      throw trouble;
    });
    noteKept(this.store.name, true);
    this.full = false; // there was room, and what it keeps was not sent yet
    this.tight ||= tight;
    this.hurry(true);
  }

  /** Keep what the phone notes by itself, and nobody saved: no word is said on it, and no ballast
   * thrown off for it. */
  async noteDown(said: Said): Promise<void> {
    await keepOwed(this.store);
    await keep(this.store, said, new Date());
    this.hurry(true);
  }

  /** A call for help, or that one is safe, for which there is no room, sent all the same; where no
   * server hears it yet, with the first network that comes. When this ends it is held; whether it was
   * `tried` is for who wants to wait. */
  async call(said: Said): Promise<{ readonly tried: Promise<void> }> {
    const held = owe(this.store, said, new Date());
    await held.catch((trouble: unknown) => {
      noteKept(this.store.name, false);
      throw trouble;
    });
    const went = this.straight().catch(() => false);
    return { tried: went.then((arrived) => (arrived ? undefined : this.hurry())) };
  }

  /** Whether just this was called a moment ago; what waits of it is tried at once. */
  async calledAlready(said: Said): Promise<boolean> {
    const so = await isOwed(this.store, said, new Date());
    if (so && callsWaiting(this.store.name) > 0) this.hurry();
    return so;
  }

  /** One record as this phone last wrote it. */
  async one(id: string): Promise<Shown | undefined> {
    const row = await this.store.recs.get(id);
    return row && (await this.recorded(row.month)).find((told) => told.id === id);
  }

  /** The months of which this phone recorded something. */
  async months(): Promise<readonly string[]> {
    return (await this.store.recs.orderBy("month").uniqueKeys()) as string[];
  }

  /** Records of a month as this phone last wrote them, the newest first. */
  async recorded(month: string): Promise<readonly Shown[]> {
    const rows = await this.store.recs.where("month").equals(month).toArray();
    return this.shown(rows.sort((one, other) => other.q - one.q));
  }

  /** What the first screen tells: the records written last, of whatever month, the last check-in,
   * since when a line waits, which answers were read here and what was signed. */
  async glance(most: number): Promise<Glanced> {
    const found = await this.store.glance(most, ["read", "signed"]);
    const [read, signed] = found.values;
    const [latest, seen, done] = await Promise.all([
      this.withStates(found.rows, found.ops, found.late),
      this.store.opened<Record<string, number>>(read),
      this.store.opened<string[]>(signed),
    ]);
    return {
      latest,
      word: latest.find((rec) => rec.type === "check_in" && !rec.gone),
      since: found.first && new Date(found.first.at),
      read: seen ?? {},
      signed: done ?? [],
    };
  }

  private async shown(rows: readonly Rec[]): Promise<readonly Shown[]> {
    const ids = rows.map((row) => row.id);
    const ops = await this.store.ops.where("rec").anyOf(ids).toArray();
    const late = await this.store.blobs.where("state").anyOf(ONLY_HERE).toArray();
    return this.withStates(rows, ops, late);
  }

  /** A record whose photograph is only here is not at headquarters as a whole. */
  private async withStates(
    rows: readonly Rec[],
    ops: readonly Op[],
    late: readonly Blob_[],
  ): Promise<readonly Shown[]> {
    const states = new Map<string, State[]>();
    const add = (rec: string, state: State): void => {
      states.set(rec, [...(states.get(rec) ?? []), state]);
    };
    const took = new Map<string, Pick<Op, "came" | "slow">>(); // of its first line
    for (const op of ops) {
      add(op.rec, op.state);
      const { came, slow } = op;
      if (came !== undefined && slow !== undefined && !took.has(op.rec))
        took.set(op.rec, { came, slow });
    }
    for (const blob of late) for (const rec of blob.recs) add(rec, "queued");
    return Promise.all(
      rows.map(async (row) => {
        const state = whereIs(states.get(row.id) ?? []);
        return { ...(await this.inClear(row)), ...took.get(row.id), state };
      }),
    );
  }

  /** What was opened once is not opened again: each sealing has a nonce of its own. */
  private async inClear({ id, c }: Rec): Promise<Told> {
    const nonce = c.slice(0, 12).join();
    const held = this.clear.get(id);
    if (held?.nonce === nonce) return held.told;
    const told = JSON.parse(await this.store.reveal(`rec:${id}`, c)) as Told;
    this.clear.set(id, { nonce, told });
    return told;
  }
}

/** The day to begin with; '' where it has to be asked for. */
export function todayOf(app: Pick<App, "reference" | "skew">, now = new Date()): string {
  return todayBy(app.reference?.as_of, app.skew, now);
}
