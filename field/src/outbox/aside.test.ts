import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { asNeeded } from "./anew";
import { keep, told } from "./keep";
import type { Answer, Send } from "./push";
import type { Line } from "./read";
import { holdsAll, NOW, phone, push, texts, visit } from "./testing";

test("a line that the server set aside says so and does not block the rest", async () => {
  const store = await phone(2);
  const notes = [{ q: 1, st: "quarantined", why: "NOT-ALLOWED" }];
  await push(
    store,
    async () => ({ ack: 2, fork: false, notes }),
    () => NOW,
  );
  const ops = await store.ops.orderBy("q").toArray();
  expect(ops.map((op) => op.state)).toEqual(["quarantined", "on_server"]);
});

test("what was set aside and is put right is made anew, whole, and arrives", async () => {
  const store = await phone(0);
  const data = { kind: "ADVICE", with_whom: "Dr Ba 0612345678", age: "U1" };
  const bare = { id: "r", type: "record" as const, month: "2026-11" };
  await keep(store, { ...bare, kind: "create", data }, NOW);
  const refused = { st: "quarantined", why: "REFUSED" };
  await push(
    store,
    async () => ({ ack: 1, fork: false, notes: [{ q: 1, ...refused }] }),
    () => NOW,
  );
  const change = { data: { with_whom: "Dr Ba", age: "" }, before: { with_whom: "x", age: "U1" } };
  const { said } = await asNeeded(store, { ...bare, kind: "set", ...change }, data);
  await keep(store, said, NOW);
  const line = JSON.parse((await texts(store))[1] ?? "");
  expect([line.k, line.d, line.b]).toEqual([
    "create",
    { kind: "ADVICE", with_whom: "Dr Ba" },
    undefined,
  ]);
  await push(
    store,
    async (body) => holdsAll(body),
    () => NOW,
  );
  const states = (await store.ops.orderBy("q").toArray()).map((op) => op.state);
  expect([states, (await told(store, "r"))?.data.with_whom]).toEqual([
    ["issued_again", "on_server"],
    "Dr Ba",
  ]);
  const more = { ...bare, kind: "set" as const, data: { age: "U1" }, before: { age: "" } };
  expect((await asNeeded(store, more, {})).said.kind, "now it is there").toBe("set");
});

test("what the office decided of a line that waited for it is told on the phone", async () => {
  const store = await phone(2);
  const notes = [
    { q: 1, st: "quarantined", why: "REFUSED" },
    { q: 2, st: "conflict", why: "" },
  ];
  const asked: unknown[] = [];
  let decided: NonNullable<Answer["decided"]> = [];
  const send: Send = async (text) => {
    const head = JSON.parse(text.split("\n")[0] ?? "");
    asked.push(head.aside);
    return { ack: 2, fork: false, notes: head.aside ? [] : notes, decided };
  };
  await push(store, send, () => NOW);
  expect((await store.ops.toArray()).map((op) => op.state)).toEqual(["quarantined", "conflict"]);
  decided = [
    { q: 1, st: "left" },
    { q: 2, st: "taken" },
  ];
  await push(store, send, () => NOW);
  expect((await store.ops.toArray()).map((op) => op.state)).toEqual(["stayed", "on_server"]);
  await push(store, send, () => NOW);
  expect(asked).toEqual([undefined, [1, 2], undefined]);
});

test("a record of ours that an office took back and let count again counts on the phone too", async () => {
  const store = await phone(0);
  const id = await visit(store, 102);
  const told_ = async (d: Record<string, unknown>): Promise<void> => {
    const stands = { t: "visits", r: id, d: { mission: "m", held_on: "2026-11-24", ...d } };
    const lines = [{ sc: "mission:m" }, stands as Line];
    await push(
      store,
      async () => ({ ack: 1, fork: false, notes: [], lines }),
      () => NOW,
    );
  };
  await told_({ count: 102, void: "Entered twice", void_by: "o" });
  expect((await told(store, id))?.gone).toBe(true);
  await told_({ count: 122 });
  const rec = await told(store, id);
  expect([rec?.gone, rec?.voided, rec?.data.count]).toEqual([undefined, undefined, 122]);
});

test("where the office left what stood there, the phone's record says that too", async () => {
  const store = await phone(0);
  const id = await visit(store, 9);
  const seen = { sc: "mission:m" };
  const stands = { t: "visits", r: id, d: { mission: "m", held_on: "2026-11-24", count: 7 } };
  const notes = [{ q: 1, st: "conflict", why: "" }];
  await push(
    store,
    async () => ({ ack: 1, fork: false, notes, lines: [seen, stands as Line] }),
    () => NOW,
  );
  expect((await told(store, id))?.data.count, "no month adds the disputed one up").toBe(7);
  const decided = [{ q: 1, st: "left" as const }];
  await push(
    store,
    async () => ({ ack: 1, fork: false, notes: [], decided }),
    () => NOW,
  );
  expect((await told(store, id))?.data.count).toBe(7);
});
