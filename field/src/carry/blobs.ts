/** Pictures on the phone: sealed in chunks, named by the digest of their bytes. */
import type { Blob_, Store } from "../outbox/store";
import type { Bytes } from "../vault/seal";

const CHUNK = 262_144; // bytes
const KEPT = 30 * 86_400_000; // ms after it arrived, or was chosen and never saved

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

/** Bytes that arrived a month ago, or were never saved, make room. What waits is never touched. */
export async function tidy(store: Store, now: Date): Promise<void> {
  const old = (blob: Blob_): boolean => now.getTime() - blob.at > KEPT;
  const gone = store.blobs.where("state").anyOf("chosen", "on_server").filter(old);
  await store.transaction("rw", store.blobs, store.chunks, async () => {
    for (const blob of await gone.toArray()) {
      await store.chunks.where("sha").equals(blob.sha).delete();
      if (blob.state === "chosen") await store.blobs.delete(blob.sha);
    }
  });
}
