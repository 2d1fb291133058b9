/**
 * What waits, as a file that is carried by hand; and the receipt that comes back. A line of JSON in
 * clear, what is sealed to the server, and this phone's signature over both.
 */
import { isSent, note, owedOf } from "../outbox/owed";
import { type Answer, body, hashBefore, settle, unbroken } from "../outbox/push";
import { KEPT, type Kept, type Op, Store } from "../outbox/store";
import type { Account } from "../vault/accounts";
import {
  type Bytes,
  type ForRecovery,
  fromBase64,
  open,
  random,
  type Signer,
  sealBytes,
  signed,
  toBase64,
  usable,
  wrapForRecovery,
} from "../vault/seal";

const bytes = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

/** The receipt is another phone's, or tells of other lines than ours. */
export class NotOurs extends Error {}

/** A file as it is written: nobody holds it yet. */
export interface Carried {
  readonly data: Bytes;
  /** The numbers of its first and last line. */
  readonly lines: Kept;
}

/** Somebody said that the file is there, or took it: its lines are not only here. */
export async function fileIsKept(store: Store, { lines }: Carried): Promise<void> {
  await store.meta.put({ key: KEPT, value: lines });
}

/** What waits, for `theirs`, the server's key; undefined when nothing waits. */
export async function writeFile(
  store: Store,
  theirs: string,
  now: Date,
): Promise<Carried | undefined> {
  const [ops, chain] = [await chainOf(store), await store.chain()];
  const first = ops[0];
  if (!chain || !first) return undefined;
  const lines = await Promise.all(ops.map((op) => store.reveal(`op:${op.q}`, op.c)));
  const before = await hashBefore(store, first.q, chain.base);
  const text = body(chain.inst, first.q - chain.base, lines, before, now);
  const raw = random(32);
  const [recovery, mine] = [
    await wrapForRecovery(raw, theirs),
    await store.conceal(`file:${chain.inst}`, toBase64(raw)),
  ];
  const sealed = await sealBytes(await usable(raw), `mrw:${chain.inst}`, await packed(text));
  raw.fill(0);
  const head = { inst: chain.inst, how: "batch", mine: toBase64(mine) };
  const data = await written(head, recovery, sealed, await store.signer());
  return { data, lines: ends(ops) };
}

/**
 * The same of a locked phone: its lines as they lie there, their key wrapped when the account
 * began. Needs no passcode: it is the way out for who forgot it.
 */
export async function writeLocked(who: Account): Promise<Carried | undefined> {
  const store = new Store(who.base);
  const ops = await chainOf(store);
  const [keys, chain, first] = [await store.keys(), await store.chain(), ops[0]];
  if (!keys || !chain || !first) return undefined;
  const before = await hashBefore(store, first.q, chain.base);
  const signer = await store.signer();
  store.close();
  const lines = ops.map((op) => `${op.q} ${toBase64(op.c)}`).join("\n");
  const head = { inst: chain.inst, how: "lines", from: first.q - chain.base, prev: before };
  const data = await written(head, keys.recovery, await packed(lines), signer);
  return { data, lines: ends(ops) };
}

const ends = (ops: readonly Op[]): Kept => ({ from: ops[0]?.q ?? 0, to: ops.at(-1)?.q ?? 0 });

function waiting(store: Store): Promise<Op[]> {
  return store.ops.where("state").equals("queued").sortBy("q");
}

/** From the first line that waits, with those between that went straight: a file is one chain. One
 * that came back by its hash alone was sent, and so was all before it; what follows a gap goes with
 * the next file. */
async function chainOf(store: Store): Promise<readonly Op[]> {
  const queue = await waiting(store);
  const [first, last] = [queue[0], queue.at(-1)];
  if (!first || !last) return [];
  const all = await store.ops.where("q").between(first.q, last.q, true, true).sortBy("q");
  return unbroken(all.slice(all.findLastIndex((op) => op.c.length === 0) + 1));
}

async function written(
  head: Readonly<Record<string, unknown>>,
  key: ForRecovery,
  inside: Bytes,
  signer: Signer,
): Promise<Bytes> {
  const recovery = { point: toBase64(key.point), key: toBase64(key.key) };
  const line = bytes(`${JSON.stringify({ mrw: 2, ...head, recovery })}\n`);
  const whole = joined(line, inside);
  return joined(whole, await signed(signer, whole));
}

function joined(one: Bytes, other: Bytes): Bytes {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

async function packed(text: string): Promise<Bytes> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Mark what a receipt says has arrived; tells how many lines. Raises NotOurs. */
export async function readReceipt(store: Store, text: string): Promise<number> {
  const chain = await store.chain();
  const told = await opened(store, text, chain?.inst ?? "");
  const base = chain?.base ?? 0;
  const call = (await owedOf(store)).find(
    ({ sent }) => sent?.inst === chain?.inst && sent?.q === told.ack,
  ); // it went straight, and lies in the memory later
  const here = (await store.ops.get(told.ack + base))?.h ?? call?.sent?.h;
  if (told.ack > 0 && here !== told.h) throw new NotOurs("It tells of other lines than ours.");
  if (call?.sent && !isSent(call))
    await note(store, call.said.id, { ...call.sent, state: "on_server" });
  return settle(store, await waiting(store), told, base);
}

/** Only the server, which opened our file, could seal this. */
async function opened(store: Store, text: string, inst: string): Promise<Answer> {
  try {
    const told = JSON.parse(text) as { inst: string; mine: string; c: string };
    if (told.inst !== inst) throw new NotOurs("It is another phone's.");
    const sealed = fromBase64(told.c);
    if (!told.mine) return JSON.parse(await store.reveal(`ack:${inst}`, sealed)) as Answer;
    const raw = fromBase64(await store.reveal(`file:${inst}`, fromBase64(told.mine)));
    return JSON.parse(await open(await usable(raw), `ack:${inst}`, sealed)) as Answer;
  } catch (trouble) {
    throw trouble instanceof NotOurs ? trouble : new NotOurs("It cannot be opened.");
  }
}
