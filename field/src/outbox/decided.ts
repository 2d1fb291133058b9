/** Lines that a person at the office looks at, and what became of them. */
import { atop, hereOf, isAside, isOut, without } from "../see/counted";
import { type Line, linesOf } from "../see/history";
import type { Told } from "./keep";
import type { Op, Rec, Store } from "./store";

const MOST = 100; // lines that are asked after at once

export interface Decided {
  readonly q: number;
  readonly st: "taken" | "left";
}

/** The numbers of those lines, as this installation sent them; the latest, where there are many. */
export async function asideOf(store: Store, base: number): Promise<readonly number[]> {
  const held = store.ops.where("state").anyOf("quarantined", "conflict");
  const ours = (await held.primaryKeys()).filter((q) => q > base).sort((a, b) => a - b);
  return ours.slice(-MOST).map((q) => q - base);
}

/** How many lines wait for a person at the office. */
export function asideSoFar(store: Store): Promise<number> {
  return store.ops.where("state").anyOf("quarantined", "conflict").count();
}

/** Keep what was decided; where the office left what it has, our record says that too. */
export async function decide(
  store: Store,
  decided: readonly Decided[],
  base: number,
): Promise<void> {
  for (const { q, st } of decided) {
    const op = await store.ops.get(q + base);
    if (op?.state !== "quarantined" && op?.state !== "conflict") continue;
    const state = st === "left" ? "stayed" : "on_server";
    const row = st === "left" ? await store.recs.get(op.rec) : undefined;
    const c = row && (await asLeft(store, row, op.q));
    await store.transaction("rw", store.ops, store.recs, async () => {
      await store.ops.update(op.q, { state, ...(st === "taken" ? { why: "" } : {}) });
      if (c) await store.recs.where("q").equals(row.q).modify({ c });
    });
  }
}

/** Of a value that parts from another, what stands there counts until a person chose; where the
 * server tells it no more, as far as our lines tell it. */
export async function showHere(store: Store, { q, rec }: Op): Promise<void> {
  const [row, here] = await Promise.all([store.recs.get(rec), hereOf(store, rec)]);
  if (!row) return;
  const lines = here ? [] : await linesOf(store, rec);
  const c = await resealed(store, row, (known) =>
    here ? here : { ...known, data: without(known.data, lines, isOut) },
  );
  await store.recs.where("q").equals(q).modify({ c });
}

/** A record of ours of which the office left a line: as the server told it, or where it told
 * nothing yet as it was before; what was written after that line and waits stays on top. */
async function asLeft(store: Store, row: Rec, left: number) {
  const [all, here] = await Promise.all([linesOf(store, row.id), hereOf(store, row.id)]);
  const lines = all.filter((line) => line.type !== "file");
  const waits = (line: Line): boolean =>
    line.q > left && (line.state === "queued" || line.state === "quarantined");
  if (here) return resealed(store, row, () => atop(here, lines, waits));
  const stays = (line: Line): boolean => line.q === left || (isAside(line) && !waits(line));
  const out = (line: Line): boolean => stays(line) || line.state === "conflict";
  const made = lines.filter((line) => line.kind === "create");
  if (made.length > 0 && made.every(stays)) return undefined; // it stayed out as a whole
  const voids = lines.some((line) => line.kind === "void" && !out(line));
  return resealed(store, row, ({ data, voided }) => ({
    data: without(data, lines, out),
    gone: voids || Boolean(voided),
    ...(voided ? { voided } : {}),
  }));
}

type Stands = Pick<Told, "data" | "gone" | "voided">;

async function resealed(store: Store, { id, c }: Rec, stands: (known: Told) => Stands) {
  const known = JSON.parse(await store.reveal(`rec:${id}`, c)) as Told;
  const { gone: _gone, voided: _voided, ...old } = known; // an office may lift a void
  const { data, gone, voided } = stands(known);
  const said = gone ? { gone, ...(voided ? { voided } : {}) } : {};
  return store.conceal(`rec:${id}`, { ...old, data, ...said });
}
