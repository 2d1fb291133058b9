/** What the server holds of a team, whoever wrote it, as this phone read it last. */
import type { Store } from "../outbox/store";

type Values = Readonly<Record<string, unknown>>;

/** A record of the team: of the phones of its people, or of the office. */
export interface Work {
  readonly id: string;
  readonly type: "visits" | "record";
  readonly data: Values;
  /** The account that wrote it, where the server told one. */
  readonly by: string;
  readonly gone: boolean;
  readonly voided?: Voided;
}

/** One count of a month as it stands in its report. */
export interface Cell {
  readonly organisation: string;
  readonly month: string;
  readonly kind: string;
  readonly value: number;
  /** The report's version; of an older one nothing stands any more. */
  readonly version?: number;
  /** Two phones differ: it is in no figure until somebody chooses. */
  readonly contested?: boolean;
  /** An office put it there, and no phone. */
  readonly office?: boolean;
}

export interface Held {
  readonly work: readonly Work[];
  readonly cells: readonly Cell[];
}

/** Why a record was a mistake, and the account that said so, where the server told it. */
export interface Voided {
  readonly why: string;
  readonly by: string;
}

/** A record's own values, without who wrote it and whether it was a mistake. */
export function bare(d: Values): {
  readonly data: Values;
  readonly by: string;
  readonly gone: boolean;
  readonly voided?: Voided;
} {
  const { void: why, void_by, by, ...data } = d;
  const gone = Boolean(why);
  const voided = { why: String(why), by: String(void_by ?? "") };
  return { data, by: String(by ?? ""), gone, ...(gone ? { voided } : {}) };
}

/** All that was read of a mission, the latest day first. */
export async function heldOf(store: Store, mission: string): Promise<Held> {
  const rows = await store.seen.where("scope").equals(`mission:${mission}`).toArray();
  const told = await Promise.all(
    rows.map(async ({ id, c }) => {
      const { t, d } = JSON.parse(await store.reveal(`seen:${id}`, c)) as { t: string; d: Values };
      return { id, t, d };
    }),
  );
  const work: Work[] = [];
  const cells: Cell[] = [];
  for (const { id, t, d } of told) {
    if (t === "cell") cells.push(d as unknown as Cell);
    else if (t === "visits" || t === "record") work.push({ id, type: t, ...bare(d) });
  }
  work.sort((one, other) => dayOf(other).localeCompare(dayOf(one)));
  return { work, cells: lastOf(cells) };
}

export const dayOf = (work: Pick<Work, "data">): string => String(work.data.held_on ?? "");

/** The counts of the last version that was told of each place and month. */
function lastOf(cells: readonly Cell[]): readonly Cell[] {
  const last = new Map<string, number>();
  const place = (cell: Cell): string => `${cell.organisation} ${cell.month}`;
  for (const cell of cells)
    last.set(place(cell), Math.max(last.get(place(cell)) ?? 0, cell.version ?? 0));
  return cells.filter((cell) => (cell.version ?? 0) === last.get(place(cell)));
}

/** How many were reached by work that tells it, and how many records of such work tell nothing. */
export function reachedBy(
  works: readonly { readonly data: Values; readonly gone?: boolean }[],
  reaching: readonly string[],
): { readonly people: number; readonly told: number; readonly untold: number } {
  let [people, told, untold] = [0, 0, 0];
  for (const { data, gone } of works) {
    if (gone) continue;
    if (typeof data.reached === "number") {
      people += data.reached;
      told += 1;
    } else if (reaching.includes(String(data.kind))) untold += 1;
  }
  return { people, told, untold };
}
