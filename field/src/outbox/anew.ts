/** A record whose making was set aside is not at headquarters: put right, it is made anew. */
import { blobsOf } from "../carry/blobs";
import { linesOf } from "../see/history";
import type { Said } from "./keep";
import type { Store } from "./store";

/** What is said of a record as it has to be sent, with the photographs that go with it again. */
export interface Sendable {
  readonly said: Said;
  readonly pictures: readonly string[];
}

/** A correction stays one where its record is there, or is still on its way. */
export async function asNeeded(
  store: Store,
  said: Said,
  whole: Readonly<Record<string, unknown>>,
): Promise<Sendable> {
  if (said.kind !== "set" || !(await wasSetAside(store, said.id))) return { said, pictures: [] };
  const now = Object.entries({ ...whole, ...said.data }).filter(([, value]) => value !== "");
  const { before: _, ...bare } = said;
  const pictures = (await blobsOf(store, said.id)).map((blob) => blob.sha);
  const create = { ...bare, kind: "create" as const, data: Object.fromEntries(now), anew: true };
  return { said: create, pictures };
}

/** Whether every line that would have made it was set aside, and nobody told of it since. */
async function wasSetAside(store: Store, id: string): Promise<boolean> {
  const lines = await linesOf(store, id);
  const made = lines.filter((line) => line.kind === "create" && line.type !== "file");
  if (made.length === 0 || made.some((line) => line.state !== "quarantined")) return false;
  return (await store.seen.get(id)) === undefined;
}
