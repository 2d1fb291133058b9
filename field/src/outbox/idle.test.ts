/** A phone of which nothing was heard for half a year: it proves once more who it is of. */
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { Pace } from "./pace";
import { exchangeAnew, Idle, type Send, SignedOut } from "./push";
import { ME, NOW, phone, push, Server, visit } from "./testing";

test("a phone that was silent for half a year signs in once and sends all as the phone it was", async () => {
  const store = await phone(3);
  const server = new Server();
  await push(store, server.send, () => NOW);
  await store.ops.update(3, { state: "quarantined", why: "REFUSED" });
  const mine = await visit(store, 4);
  let [silent, here] = [true, false];
  const send: Send = async (body) => {
    if (silent) throw new Idle("It was silent for long.");
    return server.send(body);
  };
  const asked: unknown[] = [];
  const enrol = async (_key: string, account: string, token?: string) => {
    asked.push([account, token]);
    if (!here) return undefined;
    silent = false;
    return { ...ME };
  };
  const round = (): Promise<unknown> => exchangeAnew(store, send, enrol, new Pace(), () => NOW);
  for (let n = 0; n < 2; n += 1) await expect(round()).rejects.toBeInstanceOf(SignedOut);
  expect([await store.waiting(), (await store.ops.toArray()).length]).toEqual([1, 4]);
  await visit(store, 5); // what is recorded until somebody signs in waits with the rest
  here = true;
  await round();
  expect([await store.waiting(), server.held.length]).toEqual([0, 5]);
  expect(server.held.map((line) => JSON.parse(line).r)).toContain(mine);
  expect(server.held.filter((line) => JSON.parse(line).o)).toEqual([]);
  expect(server.heads.at(-1), "what was set aside is still asked after").toMatchObject({
    inst: ME.inst,
    aside: [3],
  });
  expect(asked.every((one) => String(one) === "a,t")).toBe(true);
});
