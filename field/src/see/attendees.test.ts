import { expect, test } from "vitest";
import { namesIn, namesWrong } from "./attendees";
import cases from "./attendees.cases.json";

// the same table stands before the server's rule: tests/unit/activity/test_attendees.py
test.each(cases)("in “$text” the phone counts the names that the server counts", (told) => {
  expect(namesIn(told.text)).toEqual(told.names);
});

test("a list that the office would not take is wrong: more than 500 names, a name of 121 letters", () => {
  const many = Array.from({ length: 501 }, (_, n) => `Dr ${n}`);
  expect(namesWrong(many)).toBe("manyNames");
  expect(namesWrong(many.slice(1))).toBeUndefined();
  expect(namesWrong(["Dr Un", "𠮷".repeat(121)])).toBe("longName");
  expect(namesWrong(["𠮷".repeat(120)]), "letters, not halves of them").toBeUndefined();
});
