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

test.each([
  ["01632 960017, 117; 8-18 h, 24/7", ["01632960017", "117"]],
  ["Permanence 620 00 00 01 / 621 00 00 02", ["620000001", "621000002"]],
  ["SAMU 117/118", ["117", "118"]],
  ["使馆值班电话：+224 620 00 00 01，急救 120", ["+224620000001", "120"]],
])("of %s each number is dialled by itself", (text, numbers) => {
  expect(dialled(text)).toEqual(numbers);
});

test("a nought in brackets is dialled at home alone", () => {
  expect(dialled("+33 (0)1 99 00 00 00")).toEqual(["+33199000000"]);
  expect(dialled("(01632) 960-017")).toEqual(["01632960017"]);
});

test.each([
  "Permanence 08.00 - 18.00",
  "8:00 - 18:00",
  "Permanence d’essai, bât. 300, salle 2001",
  "总机转8001",
  "2026-11-30",
  "30.11.2026",
  "2025-2026",
  "1234 5678 9012 3456 7890",
  "",
])("nothing is dialled of what is no number: %s", (text) => {
  expect(dialled(text)).toEqual([]);
});
