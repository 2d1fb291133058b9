/**
 * A second copy of what only this phone holds, outside of the browser's database: on a full disk a
 * browser may find its database broken and begin an empty one. Each record is a file of its own,
 * beside the app's shell; what was said lies in it as sealed as in the database.
 */
import { type Bytes, fromBase64, toBase64 } from "../vault/seal";
import {
  ANEW,
  type Blob_,
  type Chain,
  KEPT,
  type Kept,
  type Keys,
  ONLY_HERE,
  type Op,
  type Rec,
  type SealedSigner,
  SIGNER,
  Store,
} from "./store";

const NAME = "marrow-kept-";
const ACCOUNT = "account";
const LISTS = "lists";
const LAST = "last";

/** Lines that were kept at once, and the record as they leave it. */
export interface Lines {
  readonly ops: readonly Op[];
  readonly rec: Rec | undefined;
  /** The chain's hash before the first. */
  readonly before: string;
}

/** What opens all the rest again, and who it is of. */
interface Owner<Who> {
  readonly who: Who;
  readonly keys: Keys;
  readonly chain: Chain;
  readonly enrolment: Bytes;
  readonly signer?: SealedSigner;
  readonly file?: Kept;
}

interface Shot {
  readonly blob: Blob_;
  readonly chunks: number;
}

const open = new Map<string, Promise<Cache | undefined>>();

/** Where copies of a base lie; undefined in a browser that keeps none. */
function placeOf(base: string): Promise<Cache | undefined> {
  const held = open.get(base);
  if (held) return held;
  const place = globalThis.caches
    ? caches.open(NAME + base).catch(() => undefined)
    : Promise.resolve(undefined);
  open.set(base, place);
  return place;
}

const addressOf = (name: string): string => `${location.origin}/field/kept/${name}`;
const nameOf = (request: Request): string => new URL(request.url).pathname.slice(12);

function text(told: unknown): string {
  return JSON.stringify(told, (_key, value) =>
    value instanceof Uint8Array ? { b64: toBase64(value as Bytes) } : value,
  );
}

function parsed<T>(told: string): T {
  return JSON.parse(told, (_key, value) =>
    typeof value?.b64 === "string" ? fromBase64(value.b64) : value,
  ) as T;
}

async function read<T>(place: Cache, name: string): Promise<T | undefined> {
  const found = await place.match(addressOf(name));
  return found && parsed<T>(await found.text());
}

async function names(place: Cache): Promise<string[]> {
  return (await place.keys()).map(nameOf);
}

const put = (place: Cache, name: string, body: string | Bytes): Promise<void> =>
  place.put(addressOf(name), new Response(body));

async function putAnew(place: Cache, name: string, body: string): Promise<void> {
  const held = await place.match(addressOf(name));
  if ((await held?.text()) !== body) await put(place, name, body);
}

/** A name tells which lines are in it; the hash keeps two tabs' tries at one number apart. */
function nameOfLines({ ops }: Lines): string {
  const last = ops.at(-1);
  return `line/${ops[0]?.q}-${last?.q}-${last?.h}`;
}

/** What a name tells: the numbers of the first and the last line, and the hash of that. */
function endsOf(name: string) {
  const [first = "", end = "", h = ""] = name.slice("line/".length).split("-");
  return { first: Number(first), end: Number(end), h };
}

/** Copy lines before they are kept; tells how to take the copy back. Fails where there is no room. */
export async function copyLines(base: string, lines: Lines): Promise<() => Promise<void>> {
  const place = await placeOf(base);
  const name = nameOfLines(lines);
  if (place) await put(place, name, text(lines));
  return async () => {
    await place?.delete(addressOf(name)).catch(() => false);
  };
}

/** Copy pictures of a record that is being kept. */
export async function copyShots(store: Store, rec: string, shas: readonly string[]): Promise<void> {
  const place = await placeOf(store.name);
  if (!place) return;
  for (const sha of shas) {
    const blob = await store.blobs.get(sha);
    const recs = [...new Set([...(blob?.recs ?? []), rec])];
    if (blob) await copyShot(store, place, { ...blob, recs });
  }
}

async function copyShot(store: Store, place: Cache, blob: Blob_): Promise<void> {
  const { sha } = blob;
  const chunks = await store.chunks.where("sha").equals(sha).sortBy("n");
  for (const { n, c } of chunks) await put(place, `part/${sha}/${n}`, c);
  const shot: Shot = { blob: { ...blob, state: "queued" }, chunks: chunks.length };
  await put(place, `shot/${sha}`, text(shot)); // at the end: a shot that is told is whole
}

/** Copy the lists that the forms stand on. */
export async function copyLists(base: string, sealed: Bytes): Promise<void> {
  const place = await placeOf(base);
  if (place) await put(place, LISTS, sealed);
}

/** Make the copies what they should be: whose they are, all that is only here, and nothing else. */
export async function copyAll<Who>(store: Store, who: Who): Promise<void> {
  const place = await placeOf(store.name);
  const owner = await ownerOf(store, who);
  if (!place || !owner) return;
  await putAnew(place, ACCOUNT, text(owner));
  const there = await names(place);
  const lists = await store.kept.get("reference");
  if (lists && !there.includes(LISTS)) await put(place, LISTS, lists.c);
  await linesAsTheyWait(store, place, there);
  await shotsAsTheyWait(store, place, there);
}

async function ownerOf<Who>(store: Store, who: Who): Promise<Owner<Who> | undefined> {
  const [keys, chain, row] = [
    await store.keys(),
    await store.chain(),
    await store.kept.get("enrolment"),
  ];
  if (!keys || !chain || !row) return undefined;
  const [signer, file] = (await store.meta.bulkGet([SIGNER, KEPT])).map(
    (found) => found?.value,
  ) as [SealedSigner | undefined, Kept | undefined];
  const more = { ...(signer ? { signer } : {}), ...(file ? { file } : {}) };
  return { who, keys, chain, enrolment: row.c, ...more };
}

/** Also the last line where it was sent: the next one is chained to it. */
async function linesAsTheyWait(
  store: Store,
  place: Cache,
  there: readonly string[],
): Promise<void> {
  // read at once: of a base that is lost between the two, the copies would be taken for needless
  const [latest, waiting] = await store.transaction("r", store.ops, () =>
    Promise.all([
      store.ops.orderBy("q").last(),
      store.ops.where("state").equals("queued").toArray(),
    ]),
  );
  const last = latest?.q ?? 0;
  if (latest && latest.state !== "queued") await putAnew(place, LAST, text(latest));
  const wanted = new Map(waiting.map((op) => [op.q, op.h]));
  for (const name of there.filter((one) => one.startsWith("line/"))) {
    const { first, end, h } = endsOf(name);
    // by the hash: a try at a number that was never kept leaves a copy under the same number
    if (wanted.get(end) === h) for (let q = first; q <= end; q += 1) wanted.delete(q);
    // beyond our last it is another tab's, which is being kept just now
    else if (end <= last) await place.delete(addressOf(name));
  }
  for (const q of wanted.keys()) await copyLine(store, place, q);
}

async function copyLine(store: Store, place: Cache, q: number): Promise<void> {
  const op = await store.ops.get(q);
  if (!op) return;
  const lines: Lines = {
    ops: [op],
    rec: await store.recs.get(op.rec),
    before: (await store.ops.get(q - 1))?.h ?? "",
  };
  await put(place, nameOfLines(lines), text(lines));
}

async function shotsAsTheyWait(
  store: Store,
  place: Cache,
  there: readonly string[],
): Promise<void> {
  const waiting = await store.blobs.where("state").anyOf(ONLY_HERE).toArray();
  const wanted = new Set(waiting.map((blob) => blob.sha));
  for (const name of there) {
    const [kind, sha = ""] = name.split("/");
    const shot = kind === "shot" || kind === "part";
    if (shot && !wanted.has(sha)) await place.delete(addressOf(name));
  }
  for (const blob of waiting)
    if (!there.includes(`shot/${blob.sha}`)) await copyShot(store, place, blob);
}

/** Nothing of this base is to come back. */
export async function forget(base: string): Promise<void> {
  open.delete(base);
  if (globalThis.caches) await caches.delete(NAME + base).catch(() => false);
}

/**
 * Fill the bases again that are copied and not among `standing`; returns whose they are. Fails
 * where the phone has no room yet: the copies stay.
 */
export async function bringBack<Who>(standing: readonly string[]): Promise<readonly Who[]> {
  if (!globalThis.caches) return [];
  const all = await caches.keys().catch(() => []);
  const bases = all.filter((name) => name.startsWith(NAME)).map((name) => name.slice(NAME.length));
  const found: Who[] = [];
  for (const base of bases.filter((one) => !standing.includes(one))) {
    const place = await placeOf(base);
    const owner = place && (await read<Owner<Who>>(place, ACCOUNT));
    if (!owner) continue;
    await fill(new Store(base), place, owner);
    found.push(owner.who);
  }
  return found;
}

async function fill<Who>(store: Store, place: Cache, owner: Owner<Who>): Promise<void> {
  const whole = await store.stands();
  if (!whole) {
    const there = await names(place);
    const { ops, recs } = await linesOf(place, there, owner.chain.base);
    const lists = await place.match(addressOf(LISTS));
    const c = lists && new Uint8Array(await lists.arrayBuffer());
    const { blobs, chunks } = await shotsOf(place, there);
    const tables = [store.ops, store.recs, store.kept, store.meta, store.blobs, store.chunks];
    await store.transaction("rw", tables, async () => {
      await store.ops.bulkPut(ops);
      await store.recs.bulkPut(recs);
      await store.blobs.bulkPut(blobs);
      await store.chunks.bulkPut(chunks);
      await store.kept.put({ name: "enrolment", c: owner.enrolment });
      if (c) await store.kept.put({ name: "reference", c });
      await store.meta.bulkPut([
        { key: "keys", value: owner.keys },
        { key: "chain", value: owner.chain },
        owner.signer ? { key: SIGNER, value: owner.signer } : { key: ANEW, value: true },
        ...(owner.file ? [{ key: KEPT, value: owner.file }] : []),
      ]);
    });
  }
  store.close();
}

/** Where two tries at one number lie there, that was kept on which the next line rests; else the
 * later one. */
async function linesOf(place: Cache, there: readonly string[], base: number) {
  const told: Lines[] = [];
  for (const name of there.filter((one) => one.startsWith("line/"))) {
    const lines = await read<Lines>(place, name);
    if (lines?.ops.every((op) => op.q > base)) told.push(lines);
  }
  const before = new Map(told.map((one) => [(one.ops[0]?.q ?? 0) - 1, one.before]));
  const rests = (one: Lines): boolean => before.get(one.ops.at(-1)?.q ?? 0) === one.ops.at(-1)?.h;
  const when = (one: Lines): number => one.ops[0]?.at ?? 0;
  told.sort((one, other) => Number(rests(one)) - Number(rests(other)) || when(one) - when(other));
  const ops = new Map(told.flatMap((one) => one.ops).map((op) => [op.q, op]));
  const recs = new Map<string, Rec>();
  for (const { rec } of told.filter((one) => ops.get(one.ops[0]?.q ?? 0) === one.ops[0])) {
    if (rec && rec.q >= (recs.get(rec.id)?.q ?? 0)) recs.set(rec.id, rec);
  }
  const last = await read<Op>(place, LAST);
  if (last && last.q > base && !ops.has(last.q)) ops.set(last.q, last);
  for (const [q, h] of before) if (q > base && !ops.has(q)) ops.set(q, gone(q, h));
  return { ops: [...ops.values()], recs: [...recs.values()] };
}

/** A line that was sent, of which only the hash is known yet: it is never sent again. */
const gone = (q: number, h: string): Op => ({
  q,
  h,
  rec: "",
  state: "issued_again",
  why: "",
  at: 0,
  c: new Uint8Array(),
});

async function shotsOf(place: Cache, there: readonly string[]) {
  const blobs: Blob_[] = [];
  const chunks: { sha: string; n: number; c: Bytes }[] = [];
  for (const name of there.filter((one) => one.startsWith("shot/"))) {
    const shot = await read<Shot>(place, name);
    if (!shot) continue;
    const { sha } = shot.blob;
    for (let n = 0; n < shot.chunks; n += 1) {
      const part = await place.match(addressOf(`part/${sha}/${n}`));
      if (part) chunks.push({ sha, n, c: new Uint8Array(await part.arrayBuffer()) });
    }
    blobs.push(shot.blob);
  }
  return { blobs, chunks };
}
