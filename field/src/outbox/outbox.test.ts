import "fake-indexeddb/auto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WORDS } from "../words/words";
import { chained } from "./chain";
import { issueAgain, keepVisit } from "./keep";
import { type Answer, Fork, push } from "./push";
import { Store } from "./store";

const NOW = new Date("2026-11-24T10:00:00Z");
let stores = 0;

async function phone(visits: number): Promise<Store> {
  stores += 1;
  const store = new Store(`phone-${stores}`);
  await store.keepEnrolment({ inst: "i", token: "t", name: "n" });
  for (let n = 1; n <= visits; n += 1) {
    await keepVisit(store, { mission: "m", name: "M", held_on: "2026-11-24", count: n }, NOW);
  }
  return store;
}

const holdsAll = (body: string): Answer => ({
  ack: Math.max(
    ...body
      .split("\n")
      .slice(1)
      .map((line) => JSON.parse(line).q),
  ),
  fork: false,
  notes: [],
});

test("numbers have no gap and each line is chained to the one before", async () => {
  const store = await phone(3);
  const lines = await store.lines.orderBy("q").toArray();
  expect(lines.map((line) => line.q)).toEqual([1, 2, 3]);
  let before = "";
  for (const line of lines) {
    before = await chained(before, line.text);
    expect(line.h).toBe(before);
  }
});

test("what is kept while a push is under way stays queued", async () => {
  const store = await phone(1);
  let once = true;
  await push(
    store,
    async (body) => {
      if (once) {
        once = false;
        await keepVisit(store, { mission: "m", name: "M", held_on: "2026-11-24", count: 9 }, NOW);
        return holdsAll(body);
      }
      throw new Error("The link is cut.");
    },
    () => NOW,
  ).catch(() => undefined);
  expect(await store.waiting()).toBe(1);
});

test("whatever part of a push arrives, every line is sent in the end, in order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 12 }), async (takes) => {
      const store = await phone(6);
      const held: number[] = [];
      const turns = [...takes];
      const send = async (body: string): Promise<Answer> => {
        const told = body
          .split("\n")
          .slice(1)
          .map((line) => JSON.parse(line).q as number);
        const turn = turns.shift();
        const take = turn ?? told.length;
        for (const q of told.slice(0, take)) if (q === held.length + 1) held.push(q);
        if (turn === 3) throw new Error("The link is cut after the server kept it.");
        return { ack: held.length, fork: false, notes: [] };
      };
      for (let round = 0; round < 20; round += 1) {
        await push(store, send, () => NOW).catch(() => undefined);
      }
      expect(held).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await store.waiting()).toBe(0);
    }),
    { numRuns: 25 },
  );
});

test("a line that the server set aside says so and does not block the rest", async () => {
  const store = await phone(2);
  await push(
    store,
    async () => ({ ack: 2, fork: false, notes: [{ q: 1, st: "quarantined", why: "NOT-ALLOWED" }] }),
    () => NOW,
  );
  const lines = await store.lines.orderBy("q").toArray();
  expect(lines.map((line) => line.state)).toEqual(["quarantined", "on_server"]);
});

test("a phone whose numbers the server knows otherwise goes on as a new one and loses nothing", async () => {
  const store = await phone(3);
  const forked = async (): Promise<Answer> => ({ ack: 3, fork: true, notes: [] });
  await expect(push(store, forked, () => NOW)).rejects.toBeInstanceOf(Fork);
  expect(await store.waiting()).toBe(3);
  const records = (await store.visits.toArray()).map((visit) => visit.id).sort();
  expect(await issueAgain(store, { inst: "j", token: "u", name: "n" })).toBe(3);
  await keepVisit(store, { mission: "m", name: "M", held_on: "2026-11-24", count: 9 }, NOW);
  const heads: { inst: string; from: number; prev: string }[] = [];
  const told: { q: number; r: string }[] = [];
  await push(
    store,
    async (text) => {
      const [head, ...lines] = text.split("\n");
      heads.push(JSON.parse(head ?? ""));
      for (const line of lines) told.push(JSON.parse(line));
      return { ack: told.length, fork: false, notes: [] };
    },
    () => NOW,
  );
  expect(heads[0]).toMatchObject({ inst: "j", from: 1, prev: "" });
  expect(told.map((line) => line.q)).toEqual([1, 2, 3, 4]);
  expect(
    told
      .slice(0, 3)
      .map((line) => line.r)
      .sort(),
  ).toEqual(records);
  expect(await store.waiting()).toBe(0);
  const visits = await store.visits.toArray();
  const lines = new Map((await store.lines.toArray()).map((line) => [line.q, line.state]));
  expect(visits.map((visit) => lines.get(visit.q))).toEqual(Array(4).fill("on_server"));
});

test("every word is there in three tongues", () => {
  for (const [word, tongues] of Object.entries(WORDS)) {
    for (const text of Object.values(tongues)) expect(text, word).not.toBe("");
  }
});
