/** Photographs that were taken out of their record: told there, and their picture kept no longer. */
import type { Store } from "../outbox/store";
import type { Voided } from "../see/team";
import { namedInDrafts } from "./blobs";

/** Of one photograph, by the record that it was taken out of. */
type Outs = Readonly<Record<string, Voided>>;

const place = (sha: string): string => `picture-out:${sha}`;

/** The server tells that a photograph was taken out: who did and why is kept; its picture goes from
 * this phone where no other record has it and no draft names it. */
export async function takeOut(store: Store, d: Readonly<Record<string, unknown>>): Promise<void> {
  const [rec, sha] = [String(d.record), String(d.sha256)];
  const blob = await store.blobs.get(sha);
  if (!blob?.recs.includes(rec)) return; // another phone's
  const said = { why: String(d.void ?? ""), by: String(d.void_by ?? "") };
  const outs: Outs = { ...(await outsOf(store, sha)), [rec]: said };
  await store.keepValue(place(sha), outs);
  if (!blob.recs.every((one) => one in outs)) return;
  const named = await namedInDrafts(store).catch(() => undefined);
  await store.transaction("rw", store.blobs, store.chunks, async () => {
    const now = await store.blobs.get(sha);
    if (!now?.recs.every((one) => one in outs)) return; // another record was saved with it meanwhile
    await store.blobs.update(sha, { state: "taken_out" });
    if (now.at !== blob.at) return; // it was chosen anew: its draft may not lie there yet
    if (named && !named.has(sha)) await store.chunks.where("sha").equals(sha).delete();
  });
}

/** Who took a photograph out of a record and why; undefined where it stands. */
export async function outOf(store: Store, sha: string, rec: string): Promise<Voided | undefined> {
  return (await outsOf(store, sha))?.[rec];
}

function outsOf(store: Store, sha: string): Promise<Outs | undefined> {
  return store.value<Outs>(place(sha));
}
