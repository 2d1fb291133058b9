import "fake-indexeddb/auto";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { random, usable } from "../vault/seal";
import { chained } from "./chain";
import { freshId, monthId } from "./ids";
import { issueAgain, keep, type Said, told } from "./keep";
import { Pace, TooMuch } from "./pace";
import { type Answer, exchange, exchangeAnew, Fork, type Send, SignedOut } from "./push";
import { type Enrolment, Store } from "./store";
import { holdsAll, linesOf, ME, NOW, phone, push, Server, texts, visit } from "./testing";

test("numbers have no gap and each line is chained to the one before", async () => {
  const store = await phone(3);
  const ops = await store.ops.orderBy("q").toArray();
  expect(ops.map((op) => op.q)).toEqual([1, 2, 3]);
  let before = "";
  for (const [at, text] of (await texts(store)).entries()) {
    before = await chained(before, text);
    expect(ops[at]?.h).toBe(before);
  }
});

test("two tabs that keep by turns, and one that goes on anew, leave one chain with no gap", async () => {
  const key = await usable(random(32));
  const [one, other] = [new Store("tabs", key), new Store("tabs", key)];
  await one.keepEnrolment(ME);
  for (let n = 1; n <= 3; n += 1) {
    await visit(one, n);
    await visit(one, n + 10);
    await visit(other, n + 20);
  }
  expect((await one.ops.orderBy("q").toArray()).map((op) => op.q)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9,
  ]);
  await issueAgain(other, { ...ME, inst: "j" });
  await visit(one, 99);
  await one.transaction("rw", one.ops, () =>
    one.ops.where("state").equals("issued_again").delete(),
  );
  let before = "";
  for (const [at, text] of (await texts(one)).entries()) {
    before = await chained(before, text);
    expect([JSON.parse(text).q, (await one.ops.orderBy("q").toArray())[at]?.h]).toEqual([
      at + 1,
      before,
    ]);
  }
  expect(await one.waiting()).toBe(10);
  await one.keepEnrolment({ ...ME, inst: "k" });
  await visit(other, 100);
  await other.keepEnrolment({ ...ME, inst: "l" });
  await visit(one, 101); // whose page knows nothing of the last beginning
  expect(JSON.parse((await texts(one)).at(-1) ?? "").q, "the first of the new chain").toBe(1);
});

test("a record, its line and the end of its draft are one: all or nothing", async () => {
  const store = await phone(0);
  await store.keepDraft("VISIT", { count: 7 });
  const data = { mission: "m", held_on: "2026-11-24", count: 7 };
  const said: Said = {
    id: "r", type: "visits", kind: "create", data, month: "2026-11", draft: "VISIT",
  }; // biome-ignore format: a record in one line
  const add = store.recs.put.bind(store.recs);
  store.recs.put = (() => Promise.reject(new Error("QuotaExceededError"))) as never;
  await expect(keep(store, said, NOW)).rejects.toThrow();
  expect([await store.ops.count(), await store.recs.count()]).toEqual([0, 0]);
  expect(await store.draft("VISIT")).toEqual({ count: 7 });
  store.recs.put = add as never;
  await keep(store, said, NOW);
  expect([await store.ops.count(), await store.recs.count()]).toEqual([1, 1]);
  expect(await store.draft("VISIT")).toBeUndefined();
});

test("a record is on the flash before anybody is told; a draft may be in a cache", async () => {
  const spied = vi.spyOn(IDBDatabase.prototype, "transaction");
  const store = await phone(0);
  spied.mockClear();
  await store.keepDraft("VISIT", { count: 7 });
  await visit(store, 7);
  const asked = spied.mock.calls.filter(([, mode]) => mode === "readwrite");
  spied.mockRestore();
  expect(asked.map(([names, , how]) => [[names].flat().sort(), how?.durability])).toEqual([
    [["drafts"], "relaxed"],
    [["drafts", "ops", "recs"], "strict"],
  ]);
});

test("after a first record a save opens one transaction, and nothing is read before it", async () => {
  const spied = vi.spyOn(IDBDatabase.prototype, "transaction");
  const store = await phone(1);
  spied.mockClear();
  await visit(store, 7);
  const modes = spied.mock.calls.map(([, mode]) => mode);
  spied.mockClear();
  await store.glance(30, ["read", "signed"]);
  expect([modes, spied.mock.calls.length], "and the first screen reads at once").toEqual([
    ["readwrite"],
    1,
  ]);
  spied.mockRestore();
});

test("a draft that is written while its record is saved does not outlive it", async () => {
  const store = await phone(0);
  const data = { mission: "m", held_on: "2026-11-24", count: 7 };
  const said: Said = {
    id: "r", type: "visits", kind: "create", data, month: "2026-11", draft: "VISIT",
  }; // biome-ignore format: a record in one line
  let saving = false;
  const early = store.keepDraft("VISIT", { count: 6 }, () => !saving);
  const late = early.then(() => store.keepDraft("VISIT", { count: 7 }, () => !saving));
  saving = true;
  await Promise.all([keep(store, said, NOW), early, late]);
  expect(await store.draft("VISIT")).toBeUndefined();
  saving = false;
  await store.keepDraft("VISIT", { count: 8 }, () => !saving);
  expect(await store.draft("VISIT")).toEqual({ count: 8 });
});

test("what was put right keeps the values that did not change, and says what it saw", async () => {
  const store = await phone(0);
  const bare = { id: "r", type: "record" as const, month: "2026-11" };
  await keep(store, { ...bare, kind: "create", data: { kind: "RESCUE", age: "" } }, NOW);
  const set = { ...bare, kind: "set" as const, data: { age: "U1" }, before: { age: "" } };
  await keep(store, set, NOW);
  expect((await told(store, "r"))?.data).toEqual({ kind: "RESCUE", age: "U1" });
  const line = JSON.parse((await texts(store))[1] ?? "");
  expect([line.k, line.d, line.b]).toEqual(["set", { age: "U1" }, { age: "" }]);
});

test("what is kept while a push is under way stays queued", async () => {
  const store = await phone(1);
  let once = true;
  const send = async (body: string): Promise<Answer> => {
    if (!once) throw new Error("The link is cut.");
    once = false;
    await visit(store, 9);
    return holdsAll(body);
  };
  await push(store, send, () => NOW).catch(() => undefined);
  expect(await store.waiting()).toBe(1);
});

test("what is kept while nothing was being sent goes in the same round", async () => {
  const store = await phone(0);
  let slow = true;
  const send = async (body: string): Promise<Answer> => {
    if (!slow) return holdsAll(body);
    slow = false;
    await visit(store, 9); // the link hung while the thumb went on
    return { ack: 0, fork: false, notes: [] };
  };
  await push(store, send, () => NOW);
  expect(await store.waiting()).toBe(0);
});

test("whatever part of a push arrives, every line is sent in the end, in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 12 }), async (takes) => {
      const store = await phone(6);
      const held: number[] = [];
      const turns = [...takes];
      const send = async (body: string): Promise<Answer> => {
        const sent = linesOf(body).map((line) => line.q);
        const turn = turns.shift();
        const take = turn ?? sent.length;
        for (const q of sent.slice(0, take)) if (q === held.length + 1) held.push(q);
        if (turn === 3) throw new Error("The link is cut after the server kept it.");
        return { ack: held.length, fork: false, notes: [] };
      };
      for (let round = 0; round < 20; round += 1) {
        await push(store, send, () => NOW).catch(() => undefined);
      }
      expect(held).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await store.waiting()).toBe(0);
    }),
    { numRuns: 20 },
  );
});

test("a phone whose numbers the server knows otherwise goes on as a new one and loses nothing", async () => {
  const store = await phone(3);
  const forked = async (): Promise<Answer> => ({ ack: 3, fork: true, notes: [] });
  await expect(push(store, forked, () => NOW)).rejects.toBeInstanceOf(Fork);
  const records = (await store.recs.toArray()).map((rec) => rec.id).sort();
  expect(await issueAgain(store, { ...ME, inst: "j", token: "u" })).toBe(3);
  await visit(store, 9);
  const heads: { inst: string; from: number; prev: string }[] = [];
  const sent: { q: number; r: string }[] = [];
  const send = async (text: string): Promise<Answer> => {
    heads.push(JSON.parse(text.split("\n")[0] ?? ""));
    sent.push(...linesOf(text));
    return { ack: sent.length, fork: false, notes: [] };
  };
  await push(store, send, () => NOW);
  expect(heads[0]).toMatchObject({ inst: "j", from: 1, prev: "" });
  expect(sent.map((line) => line.q)).toEqual([1, 2, 3, 4]);
  const again = sent.slice(0, 3).map((line) => line.r);
  expect(again.sort()).toEqual(records);
  const states = new Map((await store.ops.toArray()).map((op) => [op.q, op.state]));
  const recs = await store.recs.toArray();
  expect(recs.map((rec) => states.get(rec.q))).toEqual(Array(4).fill("on_server"));
});

test("a copied phone whose person is signed out says so, and makes nobody else known", async () => {
  const store = await phone(1);
  const [asked, sent]: [string[], string[]] = [[], []];
  const forked: Send = async (body, token) => {
    sent.push(token);
    return token === "t" ? { ack: 0, fork: true, notes: [] } : holdsAll(body);
  };
  const now = (): Date => NOW;
  const nobody = async (_key: string, account: string): Promise<undefined> => {
    asked.push(account);
  };
  for (let n = 0; n < 3; n += 1) {
    const round = exchangeAnew(store, forked, nobody, new Pace(), now);
    await expect(round).rejects.toBeInstanceOf(SignedOut);
  }
  expect([asked, await store.waiting()], "for its own person alone").toEqual([["a", "a", "a"], 1]);
  const back = async (): Promise<Enrolment> => ({ ...ME, inst: "j", token: "u" });
  await exchangeAnew(store, forked, back, new Pace(), now);
  expect([await store.waiting(), sent.at(-1)]).toEqual([0, "u"]);
});

test("a place's month has the id that the server gives it, and new records sort by time", async () => {
  const place = "11111111-1111-4111-8111-111111111111";
  const mission = "22222222-2222-4222-8222-222222222222";
  expect(await monthId(place, mission, "2026-11")).toBe("b3e4ed40-cd26-5c1c-b66e-04492babe4e9");
  const one = freshId(new Date("2026-11-24T10:00:00Z"));
  expect(one < freshId(new Date("2026-11-24T10:00:01Z"))).toBe(true);
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("fifty records and a month's report fit into one request of eight kilobytes", async () => {
  const store = await phone(0);
  const place = "11111111-1111-4111-8111-111111111111";
  const mission = "22222222-2222-4222-8222-222222222222";
  const kinds = ["OPERATION_DONE", "OPERATION_SUPERVISED", "RESCUE", "DELIVERY", "ADVICE"];
  for (let n = 0; n < 50; n += 1) {
    const data = {
      organisation: place,
      mission,
      held_on: `2026-11-${String(1 + (n % 28)).padStart(2, "0")}`,
      kind: kinds[n % 5],
      count: 1,
      item: crypto.randomUUID(),
      specialty: "SURGERY",
      with_whom: `Dr Test ${n % 7}`,
      outcome: "RECOVERED",
      group: "LOCAL",
      sex: n % 2 ? "F" : "M",
      age: "18_64",
    };
    const id = freshId(new Date(NOW.getTime() + n * 61_000));
    await keep(store, { id, type: "record", kind: "create", data, month: "2026-11" }, NOW);
  }
  const cells = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`KIND_${n}`, n * 7]));
  const id = await monthId(place, mission, "2026-11");
  const data = { organisation: place, mission, month: "2026-11", cells };
  const before = Object.fromEntries(Object.keys(cells).map((kind) => [kind, null]));
  await keep(store, { id, type: "count", kind: "set", data, before, month: "2026-11" }, NOW);
  const sizes: number[] = [];
  const send = async (body: string): Promise<Answer> => {
    const packed = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
    sizes.push((await new Response(packed).arrayBuffer()).byteLength);
    return holdsAll(body);
  };
  await push(store, send, () => NOW);
  expect(sizes).toHaveLength(1);
  expect(sizes[0]).toBeLessThan(8000);
});

/** A server that keeps lines in order, and can be set back. */
test("a server that was set back gets again what it had acknowledged", async () => {
  const store = await phone(7);
  const server = new Server();
  await push(store, server.send, () => NOW);
  expect(await store.waiting()).toBe(0);
  for (const to of [3, 0]) {
    server.setBack(to);
    await push(store, server.send, () => NOW);
    expect(server.held).toEqual(await texts(store));
    expect(await store.waiting()).toBe(0);
  }
  server.setBack(2);
  server.hashes[2] = "0".repeat(32);
  await expect(push(store, server.send, () => NOW)).rejects.toBeInstanceOf(Fork);
});

test("where nothing moves half as much is sent, and twice as much once it does", async () => {
  const store = await phone(70);
  const server = new Server();
  const pace = new Pace();
  const sizes: number[] = [];
  let slow = 3;
  const send = async (text: string): Promise<Answer> => {
    sizes.push(text.split("\n").length - 1);
    slow -= 1;
    if (slow >= 0) throw new TooMuch("");
    return server.send(text);
  };
  for (let round = 0; round < 4; round += 1) {
    await exchange(store, send, pace, () => NOW).catch(() => undefined);
  }
  expect(sizes).toEqual([60, 30, 15, 7, 14, 28, 21]);
  expect(server.held).toHaveLength(70);
  expect(new Pace().pause(0.5)).toBe(3_500);
  for (let n = 0; n < 20; n += 1) expect(pace.pause(1)).toBeLessThanOrEqual(901_000);
});

test("what the team wrote is kept with how far it was read, and lists by what changed", async () => {
  const store = await phone(1);
  const mine = (await store.recs.toArray())[0]?.id ?? "";
  const server = new Server();
  server.lines = [
    { sc: "mission:m", whole: true },
    { t: "visits", r: "theirs", d: { count: 4 } },
    { t: "visits", r: "other", d: { count: 5 } },
    { t: "visits", r: mine, d: { mission: "m", held_on: "2026-11-24", count: 2 } },
    { sc: "mission:m", to: "9.aaaaaaaa" },
    {
      list: "items",
      all: [
        { id: "a", n: 1 },
        { id: "b", n: 1 },
      ],
      to: "one",
    },
    { sc: "reference", to: "s1", as_of: "2026-11-24T10:00:00Z" },
  ];
  await push(store, server.send, () => NOW);
  expect((await store.seen.toArray()).map((row) => row.id).sort()).toEqual(
    [mine, "other", "theirs"].sort(),
  );
  await push(store, server.send, () => NOW);
  expect((await told(store, mine))?.data.count, "as the server has it").toBe(2);
  expect(server.heads.at(-1)?.cur).toEqual({
    "mission:m": "9.aaaaaaaa", "list:items": "one", reference: "s1",
  }); // biome-ignore format: a record in one line
  server.lines = [
    { sc: "mission:m" },
    { t: "visits", r: "theirs", gone: true },
    { t: "visits", r: mine, d: { count: 8, void: "twice" } },
    { sc: "mission:m", to: "11.bbbbbbbb" },
    {
      list: "items",
      put: [
        { id: "c", n: 2 },
        { id: "b", n: 3 },
      ],
      gone: ["a"],
      to: "two",
    },
    { sc: "reference", to: "s2", as_of: "2026-11-25T10:00:00Z" },
  ];
  await push(store, server.send, () => NOW);
  expect((await store.seen.toArray()).map((row) => row.id).sort()).toEqual([mine, "other"].sort());
  expect(await told(store, mine)).toMatchObject({ gone: true, data: { count: 8 } });
  const lists = await store.value<{ items: unknown; as_of: string; account: string }>("reference");
  expect(lists?.items).toEqual([
    { id: "b", n: 3 },
    { id: "c", n: 2 },
  ]);
  expect([lists?.as_of, lists?.account]).toEqual(["2026-11-25T10:00:00Z", "a"]);
  server.lines = [{ sc: "mission:m", left: true }];
  await push(store, server.send, () => NOW);
  expect(await store.seen.count()).toBe(0);
  expect(await store.recs.count()).toBe(1);
});

test("a server that knows the phone no more gets all its lines under new numbers", async () => {
  const store = await phone(3);
  await push(store, new Server().send, () => NOW);
  expect(await issueAgain(store, { ...ME, inst: "j", token: "u" }, true)).toBe(3);
  const server = new Server();
  await push(store, server.send, () => NOW);
  expect(server.held.map((line) => JSON.parse(line).o.q)).toEqual([1, 2, 3]);
});
