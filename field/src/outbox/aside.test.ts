import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { countedOf } from "../see/counted";
import { linesOf, whereIs } from "../see/history";
import { asNeeded } from "./anew";
import { keep, told } from "./keep";
import type { Answer, Send } from "./push";
import type { Line } from "./read";
import type { Store } from "./store";
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

const stands = (r: string, d: Record<string, unknown>): readonly Line[] => [
  { sc: "mission:m" },
  { t: "visits", r, d: { mission: "m", held_on: "2026-11-24", ...d } } as Line,
];

type Asides = Partial<Pick<Answer, "notes" | "decided" | "lines">>;

async function hears(store: Store, more: Asides): Promise<void> {
  const ack = await store.ops.count();
  await push(
    store,
    async () => ({ ack, fork: false, notes: [], ...more }),
    () => NOW,
  );
}

async function corrects(store: Store, id: string, from: number, to: number): Promise<void> {
  const bare = { id, type: "visits", kind: "set", month: "2026-11" } as const;
  await keep(store, { ...bare, data: { count: to }, before: { count: from } }, NOW);
}

async function voids(store: Store, id: string): Promise<void> {
  const bare = { id, type: "visits", kind: "void", month: "2026-11" } as const;
  await keep(store, { ...bare, data: { reason: "Twice" } }, NOW);
}

/** How a record stands on the phone, and what it adds to the sum of the month. */
async function figures(store: Store, id: string) {
  const rec = await told(store, id);
  if (!rec) throw new Error("It was kept.");
  const state = whereIs((await linesOf(store, id)).map((line) => line.state));
  const { works } = await countedOf(store, [{ ...rec, state }]);
  const sum = works.filter((one) => !one.gone).map((one) => one.data.count);
  return { shown: rec.data.count, gone: Boolean(rec.gone), sum };
}

test("what the office changes after it left what was there is told on the phone too", async () => {
  const store = await phone(0);
  const id = await visit(store, 10);
  await hears(store, { lines: stands(id, { count: 10 }) });
  await corrects(store, id, 10, 11);
  const notes = [{ q: 2, st: "conflict", why: "" }];
  await hears(store, { notes, lines: stands(id, { count: 12 }) });
  await hears(store, { decided: [{ q: 2, st: "left" }] });
  expect(await figures(store, id)).toEqual({ shown: 12, gone: false, sum: [12] });
  await hears(store, { lines: stands(id, { count: 12, void: "Never held", void_by: "o" }) });
  expect(await figures(store, id)).toEqual({ shown: 12, gone: true, sum: [] });
  expect((await told(store, id))?.voided?.why).toBe("Never held");
  await hears(store, { lines: stands(id, { count: 13 }) });
  expect(await figures(store, id)).toEqual({ shown: 13, gone: false, sum: [13] });
});

const REVOKED = { st: "quarantined", why: "REVOKED" };
const LEFT = { sc: "mission:m", left: true } as Line;

/** A correction 8 → 80 and a void of four visits are set aside, and the team is this phone's no more. */
async function setAside() {
  const store = await phone(0);
  const [put, taken] = [await visit(store, 8), await visit(store, 4)];
  const both = [...stands(put, { count: 8 }), ...stands(taken, { count: 4 })];
  await hears(store, { lines: both });
  await corrects(store, put, 8, 80);
  await voids(store, taken);
  const notes = [3, 4].map((q) => ({ q, ...REVOKED }));
  await hears(store, { notes, lines: [LEFT] });
  return { store, put, taken, both };
}

const LEAVES = [3, 4].map((q) => ({ q, st: "left" as const }));
const EIGHT = { shown: 8, gone: false, sum: [8] };
const FOUR = { shown: 4, gone: false, sum: [4] };

test.each(["told at once", "told before", "told later", "never told"])(
  "left at the office when a role came back, the phone shows and sums what stands there: %s",
  async (order) => {
    const { store, put, taken, both } = await setAside();
    if (order === "told before") await hears(store, { lines: both });
    await hears(store, { decided: LEAVES, lines: order === "told at once" ? both : [] });
    if (order === "told later") await hears(store, { lines: both });
    expect(await figures(store, put)).toEqual(EIGHT);
    expect(await figures(store, taken)).toEqual(FOUR);
  },
);

test("what is left line by line is left whole, whichever comes first", async () => {
  for (const turns of [LEAVES, [...LEAVES].reverse()]) {
    const { store, put } = await setAside();
    await corrects(store, put, 80, 81);
    await hears(store, { notes: [{ q: 5, ...REVOKED }] });
    const all = [...turns, { q: 5, st: "left" as const }];
    for (const one of turns[0] === LEAVES[0] ? all : all.reverse())
      await hears(store, { decided: [one] });
    expect(await figures(store, put)).toEqual(EIGHT);
  }
});

test("while a correction waits for a person, the sum is what the server told last", async () => {
  const store = await phone(0);
  const id = await visit(store, 8);
  await corrects(store, id, 8, 80);
  await hears(store, { notes: [{ q: 2, ...REVOKED }], lines: stands(id, { count: 8 }) });
  await hears(store, { lines: stands(id, { count: 12 }) });
  expect(await figures(store, id)).toEqual({ shown: 80, gone: false, sum: [12] });
  await corrects(store, id, 80, 13);
  await hears(store, { decided: [{ q: 2, st: "left" }], notes: [{ q: 3, ...REVOKED }] });
  expect(await figures(store, id)).toEqual({ shown: 13, gone: false, sum: [12] });
  await hears(store, { decided: [{ q: 3, st: "left" }] });
  expect(await figures(store, id)).toEqual({ shown: 12, gone: false, sum: [12] });
});

const UNSEEN_THEN_PARTED = [
  { q: 2, st: "quarantined", why: "UNSEEN" },
  { q: 3, st: "conflict", why: "" },
];

/** Thirty visits arrived; 30 → 300 → 301 is written with no network, and the role is lost. */
async function twiceCorrected(known: number): Promise<{ store: Store; id: string }> {
  const store = await phone(0);
  const id = await visit(store, 30);
  if (known) await hears(store, { lines: stands(id, { count: known }) });
  await corrects(store, id, 30, 300);
  await corrects(store, id, 300, 301);
  await hears(store, { notes: UNSEEN_THEN_PARTED, lines: [LEFT] });
  return { store, id };
}

const THIRTY = { shown: 30, gone: false, sum: [30] };

test.each([
  ["told before", 30],
  ["never told", 0],
] as const)(
  "a first correction set aside and a second in conflict: row and sum are what stands, %s",
  async (_, known) => {
    const { store, id } = await twiceCorrected(known);
    expect(await figures(store, id), "while both wait").toEqual(THIRTY);
    await hears(store, { decided: [{ q: 2, st: "left" }] });
    expect(await figures(store, id), "the first was left").toEqual(THIRTY);
    await hears(store, { decided: [{ q: 3, st: "left" }] });
    expect(await figures(store, id), "both were left").toEqual(THIRTY);
  },
);

test("a void in conflict counts nothing away where the server tells no more of it", async () => {
  const { store, id } = await twiceCorrected(30);
  await voids(store, id);
  await hears(store, { notes: [{ q: 4, st: "conflict", why: "" }] });
  await hears(store, { decided: [{ q: 2, st: "left" }] });
  expect(await figures(store, id)).toEqual(THIRTY);
});

test("what the office wrote before the role was lost stays in the sum beside what is set aside", async () => {
  const store = await phone(0);
  const id = await visit(store, 30);
  await hears(store, { lines: stands(id, { count: 30 }) });
  await corrects(store, id, 30, 31);
  const parted = [{ q: 2, st: "conflict", why: "" }];
  await hears(store, { notes: parted, lines: stands(id, { count: 33 }) });
  await hears(store, { lines: [LEFT] });
  expect(await figures(store, id)).toEqual({ shown: 33, gone: false, sum: [33] });
  await corrects(store, id, 33, 34);
  await hears(store, { notes: [{ q: 3, ...REVOKED }] });
  expect(await figures(store, id)).toEqual({ shown: 34, gone: false, sum: [33] });
  await hears(store, { decided: [{ q: 2, st: "left" }] });
  await hears(store, { decided: [{ q: 3, st: "left" }] });
  expect(await figures(store, id)).toEqual({ shown: 33, gone: false, sum: [33] });
});
