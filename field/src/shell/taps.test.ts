import { expect, test } from "vitest";
import { isElsewhere, strays } from "./taps";

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

test("nor on what came under the finger because the page scrolled to what is at fault", () => {
  type Made = Node & { readonly holds: readonly Node[] };
  const made = (isConnected: boolean, ...holds: Node[]): Made =>
    ({ isConnected, holds, contains: (one: Node) => holds.includes(one) }) as unknown as Made;
  const [word, other] = [made(true), made(true)];
  const save = made(true, word);
  expect(isElsewhere(save, other), "Save was tapped, a language would be").toBe(true);
  expect(isElsewhere(save, word), "its own words").toBe(false);
  expect(isElsewhere(word, save)).toBe(false);
  expect(isElsewhere(made(false), other), "it is gone").toBe(true);
  expect(isElsewhere(undefined, other), "the first of all").toBe(false);
});
