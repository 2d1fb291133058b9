import { expect, test } from "vitest";
import { withNumbers } from "./whom";

const dialled = (text: string): readonly (string | undefined)[] =>
  withNumbers(text)
    .map(([, to]) => to)
    .filter(Boolean);

test("a number that the office told is one tap from being called, its words stay as they are", () => {
  expect(withNumbers("Permanence +44 1632 960 017, jour et nuit")).toEqual([
    ["Permanence "],
    ["+44 1632 960 017", "+441632960017"],
    [", jour et nuit"],
  ]);
});

test("two numbers are two, a short one is one, and hours are none", () => {
  expect(dialled("01632 960017, 117; 8-18 h, 24/7")).toEqual(["01632960017", "117"]);
  expect(dialled("(01632) 960-017")).toEqual(["01632960017"]);
});

test("words without a number have none to dial", () => {
  expect(withNumbers("Permanence d’essai")).toEqual([["Permanence d’essai"]]);
  expect(withNumbers("")).toEqual([]);
});
