/** A month's counts as its grid begins with them: what the server holds, then what it has not read. */
import { READ_TO, type ReadTo } from "../outbox/push";
import type { Store } from "../outbox/store";
import { linesOf } from "./history";
import { heldOf } from "./team";

/** By kind; null is unknown. */
export type Cells = Readonly<Record<string, number | null>>;

export interface Month {
  readonly cells: Cells;
  /** Kinds of which two phones told different numbers. */
  readonly contested: readonly string[];
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
  const contested = here.filter((cell) => cell.contested).map((cell) => cell.kind);
  return { cells: { ...held, ...(await unread(store, id)) }, contested };
}

/** Cells that we wrote since the team's were read: they wait, or came there by another way. */
async function unread(store: Store, id: string): Promise<Cells> {
  const told = (await store.meta.get(READ_TO))?.value as ReadTo | undefined;
  const ours = (await linesOf(store, id)).filter(
    (line) => line.state === "queued" || (line.state === "on_server" && line.q > (told?.q ?? 0)),
  );
  return Object.assign({}, ...ours.map((line) => line.data.cells));
}
