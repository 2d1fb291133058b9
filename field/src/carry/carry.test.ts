import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { freshId } from "../outbox/ids";
import { keep } from "../outbox/keep";
import { callsWaiting, letGo, note, owe } from "../outbox/owed";
import { TooMuch } from "../outbox/pace";
import { Store } from "../outbox/store";
import { linesOf } from "../outbox/testing";
import { serverKey, unwrapped } from "../vault/recovering";
import {
  type Bytes,
  fromBase64,
  openBytes,
  random,
  sealBytes,
  toBase64,
  usable,
} from "../vault/seal";
import { blobsOf, bytesOf, keepBlob, missingOf, offerAgain, tidy } from "./blobs";
import { NotOurs, readReceipt, writeFile } from "./file";
import { Piece, type Progress, sendFiles, type Wire } from "./send";

const NOW = new Date("2026-11-24T10:00:00Z");
const ME = { inst: "i", token: "t", name: "n", account: "a" };
let stores = 0;

async function phone(): Promise<Store> {
  stores += 1;
  const store = new Store(`carry-${stores}`, await usable(random(32)));
  await store.keepEnrolment(ME);
  return store;
}

async function record(store: Store, pictures: readonly string[] = []): Promise<string> {
  const id = freshId(NOW);
  const data = { kind: "RESCUE", count: 1 };
  await keep(store, { id, type: "record", kind: "create", data, month: "2026-11" }, NOW, pictures);
  return id;
}

const arrived = (store: Store): Promise<number> =>
  store.ops.where("state").equals("queued").modify({ state: "on_server" });

/** What the server does with a file: its head, its key, its lines. */
async function opened(data: Bytes, pair: CryptoKeyPair, point: string) {
  const end = data.indexOf(10);
  const head = JSON.parse(new TextDecoder().decode(data.slice(0, end)));
  const verify = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const signer = await crypto.subtle.importKey("raw", fromBase64(point), verify, false, ["verify"]);
  const [whole, mark] = [data.slice(0, -64), data.slice(-64)];
  expect(await crypto.subtle.verify(verify, signer, mark, whole)).toBe(true);
  const { point: their, key: wrapped } = head.recovery;
  const told = { point: fromBase64(their), key: fromBase64(wrapped) };
  const key = await usable(await unwrapped(told, pair));
  const packed = await openBytes(key, `mrw:${head.inst}`, data.slice(end + 1, -64));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return { head, key, text: await new Response(stream).text() };
}

test("a file holds what waits, for the server alone, and its receipt marks what arrived", async () => {
  const [store, { text, pair }] = [await phone(), await serverKey()];
  for (let n = 0; n < 3; n += 1) await record(store);
  const data = (await writeFile(store, text, NOW))?.data;
  if (!data) throw new Error("Nothing waits.");
  const { head, key, text: inside } = await opened(data, pair, (await store.signer()).point);
  expect(inside.split("\n").slice(1)).toHaveLength(3);
  await record(store);
  const told = { ack: 3, h: (await store.ops.get(3))?.h, fork: false, notes: [], now: "" };
  const receipt = async (what: object, mine = head.mine): Promise<string> => {
    const sealed = await sealBytes(key, "ack:i", new TextEncoder().encode(JSON.stringify(what)));
    return JSON.stringify({ "mrw-ack": 1, inst: "i", mine, c: toBase64(sealed) });
  };
  for (const bad of ["", "{}", await receipt({ ...told, h: "0" }), await receipt(told, "AAAA")]) {
    await expect(readReceipt(store, bad)).rejects.toBeInstanceOf(NotOurs);
  }
  await expect(readReceipt(await phone(), await receipt(told))).rejects.toBeInstanceOf(NotOurs);
  expect(await store.waiting()).toBe(4);
  expect(await readReceipt(store, await receipt(told))).toBe(3);
  expect(await readReceipt(store, await receipt(told))).toBe(0);
  expect(await store.waiting()).toBe(1);
});

test("2,400 records are a file of less than half a megabyte", async () => {
  const [store, { text }] = [await phone(), await serverKey()];
  let h = "";
  const ops = [];
  for (let q = 1; q <= 2400; q += 1) {
    const d = {
      organisation: freshId(NOW), mission: "0198c2a0-0000-7000-8000-000000000000",
      held_on: `2026-11-${String((q % 28) + 1).padStart(2, "0")}`, kind: "OPERATION_SUPERVISED",
      count: 1, item: freshId(NOW), with_whom: `Dr ${q % 17}`, group: "ADULT", sex: "F",
      age: "15-49", outcome: "BETTER", specialty: "OPHTHALMOLOGY",
    }; // biome-ignore format: a record in few lines
    const at = new Date(NOW.getTime() + q * 60_000).toISOString();
    const line = JSON.stringify({ q, r: freshId(NOW), t: "record", s: 1, k: "create", at, d });
    h = String(q).padStart(32, "0");
    const c = await store.conceal(`op:${q}`, line);
    ops.push({ q, rec: "r", h, state: "queued" as const, why: "", at: 0, c });
  }
  await store.ops.bulkAdd(ops);
  const data = (await writeFile(store, text, NOW))?.data;
  expect(data?.length).toBeLessThan(500_000);
}, 60_000);

test("a picture is kept sealed, and waits with the lines of its record", async () => {
  const store = await phone();
  const data = random(60_000);
  const [sha, same] = [await keepBlob(store, data, NOW), await keepBlob(store, data, NOW)];
  expect(same).toBe(sha);
  expect(await bytesOf(store, sha)).toEqual(data);
  expect((await store.blobs.get(sha))?.state).toBe("chosen");
  const rec = await record(store, [sha]);
  expect((await blobsOf(store, rec)).map((blob) => blob.state)).toEqual(["queued"]);
  expect((await store.recs.get(rec))?.q).toBe(2);
  const lines = await store.ops.orderBy("q").toArray();
  expect(lines.map((op) => op.rec)).toEqual([rec, rec]);
  const told = JSON.parse(await store.reveal("op:2", lines[1]?.c ?? random(0)));
  expect(told.d).toEqual({ of: "record", record: rec, sha256: sha });
  await expect(record(store, ["0".repeat(64)])).rejects.toThrow();
  expect(await store.ops.count()).toBe(2);
});

/** A server that holds files, and fails as it is told. */
class Files implements Wire {
  held = new Map<string, number[]>();
  sizes: number[] = [];
  fails: (Error | number)[] = [];

  begin = async (sha: string): Promise<Progress> => {
    const held = this.held.get(sha) ?? [];
    this.held.set(sha, held);
    return { status: 201, where: sha, held: held.length };
  };

  piece = async (where: string, start: number, piece: Bytes): Promise<Progress> => {
    const held = this.held.get(where) ?? [];
    const fail = this.fails.shift();
    if (fail instanceof Error) throw fail;
    if (fail) return { status: fail, where: "" };
    this.sizes.push(piece.length);
    if (start !== held.length) return { status: 409, where: "", held: held.length };
    for (const byte of piece) held.push(byte);
    return { status: 204, where: "", held: held.length };
  };
}

test("pictures go after the records, and go on where a dead link left them", async () => {
  const [store, server, piece] = [await phone(), new Files(), new Piece()];
  const data = new Uint8Array(600_000).map((_, at) => at % 251);
  const sha = await keepBlob(store, data, NOW);
  await record(store, [sha]);
  expect((await sendFiles(store, server, piece, () => NOW)).sent, "records first").toBe(0);
  expect(server.held.size).toBe(0);
  await arrived(store);
  server.fails = [0, 0, new TooMuch("")];
  await expect(sendFiles(store, server, piece, () => NOW)).rejects.toThrow();
  expect(server.sizes).toEqual([65_536, 131_072]);
  await record(store);
  expect((await sendFiles(store, server, piece, () => NOW)).sent, "a record came").toBe(0);
  await arrived(store);
  expect((await sendFiles(store, server, piece, () => NOW)).sent).toBe(1);
  expect(server.sizes.slice(2)).toEqual([131_072, 262_144, 10_176]);
  expect(new Uint8Array(server.held.get(sha) ?? [])).toEqual(data);
  expect((await store.blobs.get(sha))?.state).toBe("on_server");
});

test("a file that arrived otherwise begins anew, one that is refused is told", async () => {
  const [store, server] = [await phone(), new Files()];
  const [one, two] = [await keepBlob(store, random(9), NOW), await keepBlob(store, random(8), NOW)];
  await record(store, [one]);
  await arrived(store);
  server.fails = [460];
  expect((await sendFiles(store, server, new Piece(), () => NOW)).sent).toBe(1);
  await record(store, [two]);
  await arrived(store);
  server.fails = [415];
  expect((await sendFiles(store, server, new Piece(), () => NOW)).sent).toBe(0);
  expect((await store.blobs.get(two))?.state).toBe("refused");
});

test("a photograph that the server fails on keeps no other on the phone", async () => {
  const [store, server] = [await phone(), new Files()];
  const shas: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    shas.push(await keepBlob(store, random(9), new Date(NOW.getTime() + n)));
    await record(store, shas.slice(-1));
    await store.blobs.update(shas[n] ?? "", { at: n });
  }
  await arrived(store);
  const where = async (): Promise<string[]> =>
    (await Promise.all(shas.map((sha) => store.blobs.get(sha)))).map((blob) => blob?.state ?? "");
  server.fails = [500];
  expect((await sendFiles(store, server, new Piece(), () => NOW)).sent).toBe(4);
  expect(await where()).toEqual(["queued", ...Array(4).fill("on_server")]);
  expect(
    (await sendFiles(store, server, new Piece(), () => NOW)).sent,
    "and it is tried again",
  ).toBe(1);
  expect(await where()).toEqual(Array(5).fill("on_server"));
});

test("of a server that fails on each photograph no more than a few are asked for in a round", async () => {
  const [store, server] = [await phone(), new Files()];
  for (let n = 0; n < 6; n += 1) await record(store, [await keepBlob(store, random(9), NOW)]);
  await arrived(store);
  server.fails = Array(6).fill(503);
  expect(await sendFiles(store, server, new Piece(), () => NOW)).toEqual({ sent: 0, failed: 3 });
  expect(server.fails).toHaveLength(3);
});

test("a photograph that waits is told as only here, when its lines have arrived too", async () => {
  const store = await phone();
  const sha = await keepBlob(store, random(50), NOW);
  await record(store, [sha]);
  expect(await store.onlyHere()).toBe(2);
  await arrived(store);
  expect([await store.waiting(), await store.onlyHere()]).toEqual([0, 1]);
  await store.blobs.where("sha").equals(sha).modify({ state: "on_server" });
  expect(await store.onlyHere()).toBe(0);
});

test("a photograph whose line went by file is counted beside what was recorded since", async () => {
  const store = await phone();
  await record(store, [await keepBlob(store, random(50), NOW)]);
  await arrived(store);
  await record(store);
  await record(store, [await keepBlob(store, random(51), NOW)]);
  expect(await store.standing(), "two lines and one, and the first photograph").toEqual({
    here: 4,
    lines: 3,
  });
  await store.ops.where("q").between(3, 4).modify({ state: "on_server" });
  await store.blobs.toCollection().modify({ state: "turned_away" });
  expect(await store.standing(), "its record went before it").toEqual({ here: 3, lines: 2 });
});

test("a photograph that arrived with a question is offered again with a record", async () => {
  const [store, data] = [await phone(), random(50)];
  const sha = await keepBlob(store, data, NOW);
  await record(store, [sha]);
  await store.blobs.update(sha, { state: "on_server" });
  const id = await record(store, [await keepBlob(store, data, NOW)]);
  expect((await blobsOf(store, id)).map((blob) => blob.state)).toEqual(["queued"]);
  store.close();
});

test("an ended phone's photograph is told as not taken, only here, and no network is blamed", async () => {
  const [store, server] = [await phone(), new Files()];
  const sha = await keepBlob(store, random(9), NOW);
  await record(store, [sha]);
  await arrived(store);
  server.fails = [403];
  expect((await sendFiles(store, server, new Piece(), () => NOW)).sent).toBe(0);
  expect((await store.blobs.get(sha))?.state).toBe("turned_away");
  expect(await store.onlyHere(), "never called safe").toBe(1);
  expect((await sendFiles(store, server, new Piece(), () => NOW)).sent, "asked once").toBe(0);
});

test("pieces are between 32 KiB and 1 MiB", () => {
  const piece = new Piece();
  for (let n = 0; n < 9; n += 1) piece.took(100);
  expect(piece.size).toBe(1_048_576);
  for (let n = 0; n < 9; n += 1) piece.took(20_000);
  expect(piece.size).toBe(32_768);
});

/** The app sends something each week. */
async function weeks(store: Store, many: number): Promise<void> {
  for (let n = 0; n <= many; n += 1)
    await tidy(store, new Date(NOW.getTime() + n * 7 * 86_400_000));
}

test("a photograph that a draft names stays, however long the draft is left", async () => {
  const store = await phone();
  const sha = await keepBlob(store, random(9), NOW);
  const asked = await keepBlob(store, random(8), NOW);
  const never = await keepBlob(store, random(7), NOW);
  await store.keepDraft("LECTURE", { reached: "12", pictures: `${sha} ${never}` });
  await store.keepDraft("ask", { pictures: asked });
  await store.keepDraft("LECTURE", { reached: "12", pictures: sha });
  await weeks(store, 60);
  expect(await missingOf(store, [sha, never, asked])).toEqual([2]);
  expect(await store.blobs.get(never)).toBeUndefined();
});

test("a photograph of a record that waits for a person is kept: it may be sent anew", async () => {
  for (const state of ["quarantined", "conflict"] as const) {
    const store = await phone();
    const sha = await keepBlob(store, random(9), NOW);
    await record(store, [sha]);
    await store.ops.toCollection().modify({ state });
    await store.blobs.update(sha, { state: "on_server" });
    await weeks(store, 60);
    expect(await missingOf(store, [sha])).toEqual([]);
    await arrived(store);
    await store.ops.toCollection().modify({ state: "on_server" });
    await weeks(store, 60);
    expect(await missingOf(store, [sha]), "then it makes room").toEqual([1]);
  }
});

test("a clock that is five years ahead once throws no photograph away", async () => {
  const store = await phone();
  const sha = await keepBlob(store, random(9), NOW);
  const sent = await keepBlob(store, random(8), NOW);
  await store.blobs.update(sent, { state: "on_server" });
  await weeks(store, 1);
  const wrong = NOW.getTime() + 5 * 365 * 86_400_000;
  for (let hour = 0; hour < 24; hour += 1) await tidy(store, new Date(wrong + hour * 3_600_000));
  await weeks(store, 1);
  expect(await missingOf(store, [sha, sent])).toEqual([]);
  await weeks(store, 6);
  expect(await missingOf(store, [sha, sent]), "they age as before").toEqual([1, 2]);
});

test("another life of the server is offered what this phone still has; old bytes make room", async () => {
  const store = await phone();
  const sha = await keepBlob(store, random(9), NOW);
  const never = await keepBlob(store, random(8), NOW);
  await offerAgain(store, "one", NOW);
  const rec = await record(store, [sha]);
  await store.blobs.update(sha, { state: "on_server" });
  await offerAgain(store, "one", NOW);
  expect((await store.blobs.get(sha))?.state).toBe("on_server");
  await offerAgain(store, "two", NOW);
  expect((await store.blobs.get(sha))?.state).toBe("queued");
  await weeks(store, 6);
  expect(await bytesOf(store, sha), "what waits is never touched").toBeDefined();
  await store.blobs.update(sha, { state: "on_server" });
  await arrived(store);
  await weeks(store, 6);
  expect(await bytesOf(store, sha)).toBeUndefined();
  expect((await blobsOf(store, rec)).length).toBe(1);
  expect(await store.blobs.get(never)).toBeUndefined();
});

test("a file holds a line between that went straight, for it is one chain", async () => {
  const [store, { text, pair }] = [await phone(), await serverKey()];
  for (let n = 0; n < 3; n += 1) await record(store);
  await store.ops.update(2, { state: "on_server" });
  const carried = await writeFile(store, text, NOW);
  const { point } = await store.signer();
  const inside = await opened(carried?.data as Bytes, pair, point);
  expect(linesOf(inside.text).map((line) => line.q)).toEqual([1, 2, 3]);
});

test("after a lost memory a file holds what waits behind a line that is known by its hash alone", async () => {
  const [store, { text, pair }] = [await phone(), await serverKey()];
  for (let n = 0; n < 4; n += 1) await record(store);
  const h = (await store.ops.get(2))?.h ?? "";
  await store.ops.update(2, { rec: "", state: "issued_again", c: new Uint8Array() });
  const file = await writeFile(store, text, NOW);
  expect(file?.lines, "what is before it was sent, for it was").toEqual({ from: 3, to: 4 });
  const point = (await store.signer()).point;
  const inside = (await opened(file?.data ?? random(0), pair, point)).text.split("\n");
  expect(JSON.parse(inside[0] ?? "")).toMatchObject({ from: 3, prev: h });
  expect(inside.slice(1).map((line) => JSON.parse(line).q)).toEqual([3, 4]);
  await store.ops.delete(4);
  await record(store);
  await record(store);
  await store.ops.delete(4); // a call of which the phone forgot
  expect((await writeFile(store, text, NOW))?.lines, "a file has no gap").toEqual({
    from: 3,
    to: 3,
  });
});

test("a receipt that came after a call had gone straight is this phone's, and tells that the call arrived", async () => {
  const [store, { text, pair }] = [await phone(), await serverKey()];
  await record(store);
  const file = await writeFile(store, text, NOW);
  const { head, key } = await opened(file?.data ?? random(0), pair, (await store.signer()).point);
  const data = { mission: "m", state: "NEEDS_HELP", note: "" };
  const said = { id: "sos", type: "check_in", kind: "create", data, month: "2026-11" } as const;
  await owe(store, said, NOW);
  await note(store, "sos", { inst: "i", q: 2, h: "b".repeat(32), state: "", why: "" });
  const told = { ack: 2, h: "b".repeat(32), fork: false, notes: [], now: "" };
  const sealed = await sealBytes(key, "ack:i", new TextEncoder().encode(JSON.stringify(told)));
  const receipt = { "mrw-ack": 1, inst: "i", mine: head.mine, c: toBase64(sealed) };
  expect(await readReceipt(store, JSON.stringify(receipt))).toBe(1);
  expect([await store.waiting(), callsWaiting(store.name)]).toEqual([0, 0]);
  letGo(store.name);
});
