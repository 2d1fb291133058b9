/** Lines of the app's first form, which has no passcode: they come too, however long it was silent. */
import "fake-indexeddb/auto";
import Dexie from "dexie";
import { expect, test, vi } from "vitest";
import { sendOlder } from "./older";
import { Idle, type Send, SignedOut } from "./push";
import { holdsAll, linesOf } from "./testing";

const asked = vi.hoisted(() => ({ here: false, of: [] as unknown[] }));
vi.mock("../shell/net", () => ({
  enrol: async (...told: unknown[]) => {
    asked.of.push(told);
    return asked.here ? { inst: "i", token: "t", name: "n", account: "a" } : undefined;
  },
}));

test("a first form's lines that waited for half a year are sent once their person is signed in", async () => {
  const base = new Dexie("marrow-field");
  base.version(1).stores({ lines: "q, state", meta: "key" });
  await base
    .table("lines")
    .bulkPut(
      [1, 2].map((q) => ({ q, text: `{"q":${q},"r":"r${q}"}`, h: `h${q}`, state: "queued" })),
    );
  await base
    .table("meta")
    .put({ key: "enrolment", value: { inst: "i", token: "t", account: "a" } });
  const came: number[] = [];
  const send: Send = async (body) => {
    if (!asked.here) throw new Idle("It was silent for long.");
    came.push(...linesOf(body).map((line) => line.q));
    return holdsAll(body);
  };
  await expect(sendOlder(send)).rejects.toBeInstanceOf(SignedOut);
  expect(await base.table("lines").where("state").equals("queued").count()).toBe(2);
  expect(asked.of).toEqual([["", "a", "t"]]);

  const silent: Send = async (body, token) => {
    if (asked.of.length === 1) asked.here = true;
    if (asked.of.length < 2) throw new Idle("It was silent for long.");
    return send(body, token);
  };
  await sendOlder(silent);
  expect(came).toEqual([1, 2]);
  expect(await base.table("lines").where("state").equals("queued").count()).toBe(0);
});
