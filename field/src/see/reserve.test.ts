import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { phone } from "../outbox/testing";
import { lay } from "../vault/ballast";
import { isTight, photographFits } from "./reserve";
import { NO_PHOTOS_BELOW } from "./safety";

test("a phone whose reserve is gone takes photographs once it finds room again", async () => {
  const store = await phone(0);
  await lay(store, undefined);
  expect(await isTight(store), "the browser tells nothing, and the reserve lies").toBe(false);
  await store.meta.delete("ballast"); // as a save does that found no room
  expect(await isTight(store)).toBe(true);
  const full = vi.spyOn(store.meta, "put").mockRejectedValue(new Error("full"));
  expect(await photographFits(store, undefined)).toBe(false);
  full.mockRestore();
  expect(await photographFits(store, NO_PHOTOS_BELOW), "where it is told").toBe(true);
  expect(await photographFits(store, NO_PHOTOS_BELOW - 1)).toBe(false);
  expect(await isTight(store), "a browser that tells was believed").toBe(true);
  expect(await photographFits(store, undefined)).toBe(true);
  expect(await isTight(store)).toBe(false);
});
