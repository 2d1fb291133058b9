/** A month's counts as its grid begins with them: what the server holds, then what it has not read. */
import { READ_TO, type ReadTo } from "../outbox/push";
import { cursorsOf } from "../outbox/read";
import type { Store } from "../outbox/store";
import { changesOf, type Line, linesOf } from "./history";
import { type Cell, heldOf } from "./team";

/** By kind; null is unknown. */
export type Cells = Readonly<Record<string, number | null>>;

export interface Month {
  readonly cells: Cells;
  /** Kinds of which two phones told different numbers. */
  readonly contested: readonly string[];
  /** Kinds of which an office put there what stands. */
  readonly offices: readonly string[];
  /** Whether the team's counts are told here: of a mission that is over they are told no more. */
  readonly told: boolean;
}

export async function monthOf(
  store: Store,
  id: string,
  mission: string,
  place: string,
  month: string,
): Promise<Month> {
  const { cells } = await heldOf(store, mission);
  const here = cells.filter((cell) => cell.organisation === place && cell.month === month);
  const held = Object.fromEntries(here.map((cell) => [cell.kind, cell.value]));
  const kinds = (which: (cell: Cell) => unknown): readonly string[] =>
    here.filter(which).map((cell) => cell.kind);
  return {
    cells: { ...held, ...(await unread(store, id)) },
    contested: kinds((cell) => cell.contested),
    offices: kinds((cell) => cell.office),
    told: `mission:${mission}` in (await cursorsOf(store)).cur,
  };
}

/** A cell that our phone wrote last, and in which something else stands. */
export interface Otherwise {
  readonly kind: string;
  readonly ours: unknown;
  readonly stands: number | null;
  readonly office: boolean;
}

/** Cells of which what we wrote had been taken, and stands no more. What two wrote, what waits and
 * what was set aside is told elsewhere. */
export function otherwise(lines: readonly Line[], month: Month): readonly Otherwise[] {
  if (!month.told) return [];
  const last = new Map<string, readonly [unknown, Line]>();
  for (const line of lines.filter((one) => one.type === "count"))
    for (const { name, to } of changesOf(line)) last.set(name, [to ?? null, line]);
  return [...last].flatMap(([kind, [ours, { state }]]) => {
    const stands = month.cells[kind] ?? null;
    if (state !== "on_server" || ours === stands || month.contested.includes(kind)) return [];
    return [{ kind, ours, stands, office: month.offices.includes(kind) }];
  });
}

/** Cells that we wrote since the team's were read: they wait, or came there by another way. */
async function unread(store: Store, id: string): Promise<Cells> {
  const told = (await store.meta.get(READ_TO))?.value as ReadTo | undefined;
  const ours = (await linesOf(store, id)).filter(
    (line) => line.state === "queued" || (line.state === "on_server" && line.q > (told?.q ?? 0)),
  );
  return Object.assign({}, ...ours.map((line) => line.data.cells));
}
