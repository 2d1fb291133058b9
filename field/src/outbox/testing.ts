/** What the tests of this folder stand on: a phone with visits, and a server that holds lines. */

import { random, usable } from "../vault/seal";
import { chained } from "./chain";
import { freshId } from "./ids";
import { keep, told } from "./keep";
import { Pace } from "./pace";
import { type Answer, exchange, type Send } from "./push";
import type { Line } from "./read";
import { Store } from "./store";

export const NOW = new Date("2026-11-24T10:00:00Z");
export const ME = { inst: "i", token: "t", name: "n", account: "a" };
let stores = 0;
export const push = (store: Store, send: Send, now: () => Date): Promise<Answer | undefined> =>
  exchange(store, send, new Pace(), now);

export async function phone(visits: number): Promise<Store> {
  stores += 1;
  const store = new Store(`phone-${stores}`, await usable(random(32)));
  await store.keepEnrolment(ME);
  for (let n = 1; n <= visits; n += 1) await visit(store, n);
  return store;
}

export async function visit(store: Store, count: number): Promise<string> {
  const id = freshId(NOW);
  const data = { mission: "m", held_on: "2026-11-24", count };
  await keep(store, { id, type: "visits", kind: "create", data, month: "2026-11" }, NOW);
  return id;
}

export async function texts(store: Store): Promise<string[]> {
  const ops = await store.ops.orderBy("q").toArray();
  return Promise.all(ops.map((op) => store.reveal(`op:${op.q}`, op.c)));
}

export const linesOf = (body: string): { q: number; r: string }[] =>
  body
    .split("\n")
    .slice(1)
    .map((line) => JSON.parse(line));

export const holdsAll = (body: string): Answer => ({
  ack: Math.max(...linesOf(body).map((line) => line.q)),
  fork: false,
  notes: [],
});

export class Server {
  held: string[] = [];
  hashes = [""];
  heads: Record<string, unknown>[] = [];
  lines: readonly Line[] = [];

  readonly send = async (text: string): Promise<Answer> => {
    const [head, ...lines] = text.split("\n");
    const told = JSON.parse(head ?? "") as { from: number };
    this.heads.push(told);
    for (const [at, line] of lines.entries()) {
      if (told.from + at !== this.held.length + 1) continue;
      this.held.push(line);
      this.hashes.push(await chained(this.hashes.at(-1) ?? "", line));
    }
    const told_ = this.lines;
    this.lines = [];
    const ack = this.held.length;
    return { ack, fork: false, notes: [], h: this.hashes[ack] ?? "", epoch: "e", lines: told_ };
  };

  setBack(to: number): void {
    this.held = this.held.slice(0, to);
    this.hashes = this.hashes.slice(0, to + 1);
  }
}

/** One that finds, as ours does, that a phone went another way than what it holds. */
export class Strict extends Server {
  override readonly send = async (text: string): Promise<Answer> => {
    const [head, ...lines] = text.split("\n");
    const { from, prev } = JSON.parse(head ?? "") as { from: number; prev: string };
    const told = (fork: boolean): Answer => {
      const ack = this.held.length;
      return { ack, fork, notes: [], h: this.hashes[ack] ?? "", epoch: "e", lines: [] };
    };
    if (from - 1 <= this.held.length && this.hashes[from - 1] !== prev) return told(true);
    for (const [at, line] of lines.entries()) {
      const q = from + at;
      if (q <= this.held.length && this.held[q - 1] !== line) return told(true);
      if (q !== this.held.length + 1) continue;
      this.held.push(line);
      this.hashes.push(await chained(this.hashes.at(-1) ?? "", line));
    }
    return told(false);
  };
}

/** What a browser keeps beside its database; `room` is how many bytes more it takes. */
export class Caches {
  places = new Map<string, Map<string, Response>>();
  room = Number.POSITIVE_INFINITY;

  async open(name: string) {
    const held = this.places.get(name) ?? new Map<string, Response>();
    this.places.set(name, held);
    return {
      match: async (address: string) => held.get(address)?.clone(),
      keys: async () => [...held.keys()].map((url) => ({ url })),
      delete: async (address: string) => held.delete(address),
      put: async (address: string, answer: Response) => {
        const size = (await answer.clone().arrayBuffer()).byteLength;
        if (size > this.room) throw new DOMException("full", "QuotaExceededError");
        held.set(address, answer);
      },
    };
  }

  async keys() {
    return [...this.places.keys()];
  }

  async delete(name: string) {
    return this.places.delete(name);
  }

  names(): string[] {
    const all = [...this.places.values()].flatMap((held) => [...held.keys()]);
    return all.map((url) => new URL(url).pathname.slice("/field/kept/".length)).sort();
  }
}
