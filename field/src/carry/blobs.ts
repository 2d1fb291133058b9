/** Pictures on the phone: sealed in chunks, named by the digest of their bytes. */
import type { Blob_, Store } from "../outbox/store";
import type { Bytes } from "../vault/seal";

const CHUNK = 262_144; // bytes
const DAY = 86_400_000; // ms
const KEPT = 30 * DAY; // after it arrived, or was chosen and never saved
const STEP = 7 * DAY; // by so much at most a picture ages at once: a clock may be wrong by years
const AGES = "picture-ages";
const WAITS: readonly string[] = ["queued", "quarantined", "conflict"];

/** Keep a picture until a form is saved; returns its name. The same again is one. */
export async function keepBlob(store: Store, data: Bytes, now: Date): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  const sha = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const chunks: { sha: string; n: number; c: Bytes }[] = [];
  for (let n = 0; n * CHUNK < data.length; n += 1) {
    const part = data.slice(n * CHUNK, (n + 1) * CHUNK);
    chunks.push({ sha, n, c: await store.concealBytes(`blob:${sha}:${n}`, part) });
  }
  await store.transaction("rw", store.blobs, store.chunks, async () => {
    const held = await store.blobs.get(sha);
    await store.chunks.bulkPut(chunks);
    const fresh = { sha, size: data.length, state: "chosen", recs: [] } as const;
    await store.blobs.put({ ...(held ?? fresh), at: now.getTime() });
  });
  return sha;
}

/** The bytes of a picture; undefined where this phone holds them no more. */
export async function bytesOf(store: Store, sha: string): Promise<Bytes | undefined> {
  const chunks = await store.chunks.where("sha").equals(sha).sortBy("n");
  if (chunks.length === 0) return undefined;
  const parts = await Promise.all(
    chunks.map((chunk) => store.revealBytes(`blob:${sha}:${chunk.n}`, chunk.c)),
  );
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

export function blobsOf(store: Store, rec: string): Promise<Blob_[]> {
  return store.blobs.where("recs").equals(rec).toArray();
}

/** Another life of the server may lack what an earlier one had: all that is still here is offered
 * again, which costs one short request each where it is there. */
export async function offerAgain(store: Store, epoch: string, now: Date): Promise<void> {
  const known = (await store.meta.get("files-epoch"))?.value;
  if (known === epoch) return;
  const { blobs, meta } = store;
  await store.transaction("rw", blobs, meta, async () => {
    const at = now.getTime();
    if (known) await blobs.where("state").equals("on_server").modify({ state: "queued", at });
    await meta.put({ key: "files-epoch", value: epoch });
  });
}

/** Which of these pictures, counted from 1, are not whole on this phone any more. */
export async function missingOf(store: Store, names: readonly string[]): Promise<number[]> {
  const whole = await Promise.all(
    names.map(async (sha) => {
      const [blob, held] = await Promise.all([
        store.blobs.get(sha),
        store.chunks.where("sha").equals(sha).count(),
      ]);
      return blob !== undefined && held > 0 && held >= Math.ceil(blob.size / CHUNK);
    }),
  );
  return names.map((_, at) => at + 1).filter((at) => !whole[at - 1]);
}

/** How old each picture was at `at`, ms, in the state that it came into at its own moment. */
interface Ages {
  readonly at: number;
  readonly of: Readonly<Record<string, { readonly since: number; readonly age: number }>>;
}

/** Bytes that arrived a month ago, or were never saved, make room. What waits is never touched, and
 * nothing that a draft names or that is of a record which waits. */
export async function tidy(store: Store, now: Date): Promise<void> {
  const named = await namedInDrafts(store).catch(() => undefined);
  if (!named) return; // a draft that cannot be read may name any
  const { blobs, chunks, ops, meta } = store;
  await store.transaction("rw", blobs, chunks, ops, meta, async () => {
    const held = await blobs.where("state").anyOf("chosen", "on_server", "taken_out").toArray();
    const of = aged(held, (await meta.get(AGES))?.value as Ages | undefined, now);
    for (const { sha, state, recs } of held) {
      if ((of[sha]?.age ?? 0) <= KEPT || named.has(sha) || (await anyWaits(store, recs))) continue;
      await chunks.where("sha").equals(sha).delete();
      if (state === "chosen") await blobs.delete(sha);
    }
    const value: Ages = { at: now.getTime(), of };
    await meta.put({ key: AGES, value });
  });
}

/** By the time between two rounds, and not by the moments that a clock once gave. */
function aged(held: readonly Blob_[], before: Ages | undefined, now: Date): Ages["of"] {
  const passed = Math.min(STEP, Math.max(0, now.getTime() - (before?.at ?? now.getTime())));
  const rows = held.map(({ sha, at: since }) => {
    const known = before?.of[sha];
    const age = known?.since === since ? known.age + passed : 0;
    return [sha, { since, age }] as const;
  });
  return Object.fromEntries(rows);
}

/** The names that drafts hold. */
export async function namedInDrafts(store: Store): Promise<ReadonlySet<string>> {
  const drafts = await store.drafts.toArray();
  const texts = await Promise.all(drafts.map(({ form, c }) => store.reveal(`draft:${form}`, c)));
  return new Set(texts.flatMap((text) => text.match(/[0-9a-f]{64}/g) ?? []));
}

async function anyWaits(store: Store, recs: readonly string[]): Promise<boolean> {
  const lines = store.ops.where("rec").anyOf([...recs]);
  return (await lines.and((op) => WAITS.includes(op.state)).count()) > 0;
}
