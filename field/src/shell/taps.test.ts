import { expect, test } from "vitest";
import { strays } from "./taps";

const tap = (at: number, more = {}) => ({ at, x: 100, y: 300, nth: 1, finger: true, ...more });

test("the second tap of a thumb lands on nothing that came there between the two", () => {
  expect(strays(tap(1_200), tap(1_000), true)).toBe(true);
  expect(strays(tap(1_200), tap(1_000), false), "the same button is its own guard").toBe(false);
  expect(strays(tap(1_400), tap(1_000), true), "seen, and tapped then").toBe(false);
  expect(strays(tap(1_100, { y: 400 }), tap(1_000), true), "somewhere else").toBe(false);
  expect(strays(tap(1_200), undefined, true), "the first of all").toBe(false);
});

test("a mouse is believed when it says that it clicked twice, and when it says that it did not", () => {
  const mouse = { finger: false };
  expect(strays(tap(1_400, { ...mouse, nth: 2 }), tap(1_000, mouse), true)).toBe(true);
  expect(strays(tap(1_050, mouse), tap(1_000, mouse), true)).toBe(false);
});
