import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { freshId } from "../outbox/ids";
import { keep } from "../outbox/keep";
import type { Store } from "../outbox/store";
import { NOW, phone, push, Server } from "../outbox/testing";
import { outWords } from "../screens/pictures";
import type { App } from "../shell/app";
import { speak } from "../words/words";
import { bytesOf, keepBlob, tidy } from "./blobs";
import { outOf, takeOut } from "./out";

const OFFICE = "an-account-of-the-office";

interface Held {
  readonly store: Store;
  readonly sha: string;
  readonly rec: string;
  readonly server: Server;
}

async function withPicture(name: string): Promise<Held> {
  const store = await phone(0);
  const sha = await keepBlob(store, new TextEncoder().encode(name), NOW);
  return { store, sha, rec: await record(store, sha), server: new Server() };
}

async function record(store: Store, sha: string, draft?: string): Promise<string> {
  const id = freshId(NOW);
  const data = { kind: "DEMONSTRATION", count: 1 };
  const said = { id, type: "record", kind: "create", data, month: "2026-11" } as const;
  await keep(store, draft ? { ...said, draft } : said, NOW, [sha]);
  return id;
}

/** The phone reads that a photograph was taken out of a record, after its bytes had arrived. */
async function toldOut({ store, sha, server }: Held, rec: string, to = "7.aaaaaaaa") {
  await push(store, server.send, () => NOW);
  await store.blobs.update(sha, { state: "on_server" });
  const d = { record: rec, sha256: sha, void: "a face is seen", void_by: OFFICE };
  server.lines = [{ sc: "mission:m" }, { t: "picture", r: "p", d }, { sc: "mission:m", to }];
  await push(store, server.send, () => NOW);
}

test("a photograph that the office took out is on its phone no more, which says who did and why", async () => {
  const held = await withPicture("face");
  await toldOut(held, held.rec);
  expect(await bytesOf(held.store, held.sha)).toBeUndefined();
  expect((await held.store.blobs.get(held.sha))?.state).toBe("taken_out");
  const out = await outOf(held.store, held.sha, held.rec);
  expect(out).toEqual({ why: "a face is seen", by: OFFICE });
  const app = { say: speak("en"), reference: undefined } as unknown as App;
  const words = outWords(app, out ?? { why: "", by: "" });
  expect(words).toBe("A photograph was taken out · somebody else: a face is seen");
  expect(await held.store.seen.count()).toBe(0);
});

test("a photograph of two records stays where it was not taken out", async () => {
  const held = await withPicture("two");
  const other = await record(held.store, held.sha);
  await toldOut(held, held.rec);
  expect(await bytesOf(held.store, held.sha)).toBeDefined();
  expect(await outOf(held.store, held.sha, other)).toBeUndefined();
  await toldOut(held, other, "8.bbbbbbbb");
  expect(await bytesOf(held.store, held.sha)).toBeUndefined();
  expect((await outOf(held.store, held.sha, held.rec))?.why).toBe("a face is seen");
});

test("a photograph that a draft names stays on the phone until it is old, and another phone's changes nothing", async () => {
  const held = await withPicture("draft");
  await held.store.keepDraft("record", { pictures: held.sha });
  await toldOut(held, "another-record");
  expect((await held.store.blobs.get(held.sha))?.state).toBe("on_server");
  await toldOut(held, held.rec, "8.bbbbbbbb");
  expect(await bytesOf(held.store, held.sha)).toBeDefined();
  await held.store.drafts.clear();
  for (let week = 0; week < 6; week += 1)
    await tidy(held.store, new Date(NOW.getTime() + week * 7 * 86_400_000));
  expect(await bytesOf(held.store, held.sha)).toBeUndefined();
});

test("a photograph that another record is saved with, while it is told as taken out, is not lost", async () => {
  const { store, sha, rec } = await withPicture("moment");
  await store.blobs.update(sha, { state: "on_server" });
  await store.keepDraft("DEMO", { pictures: sha }); // of the record that is being written
  const note = store.keepValue.bind(store);
  vi.spyOn(store, "keepValue").mockImplementationOnce(async (...what) => {
    await note(...what);
    await record(store, sha, "DEMO"); // it is saved at this moment, and its draft is let go
  });
  await takeOut(store, { record: rec, sha256: sha, void: "wrong record", void_by: OFFICE });
  expect((await store.blobs.get(sha))?.state, "it waits to be sent").toBe("queued");
  expect(await bytesOf(store, sha)).toBeDefined();
  expect((await outOf(store, sha, rec))?.why).toBe("wrong record");
});

test("a phone tells how many photographs are on it alone", async () => {
  const { store, sha, server } = await withPicture("alone");
  await push(store, server.send, () => NOW);
  expect(server.heads.at(-1)?.shots).toBe(1);
  await store.blobs.update(sha, { state: "on_server" });
  await push(store, server.send, () => NOW);
  expect(server.heads.at(-1)?.shots).toBe(0);
});
