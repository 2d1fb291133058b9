import { expect, test } from "vitest";
import { numberInReference, whoIsTold } from "./cases";
import table from "./cases.cases.json";

// the same table stands before the server's rules: tests/unit/consults/test_naming.py
test.each(table.cases)("of the case “$text” the phone finds whom the server finds", (told) => {
  expect(whoIsTold(told.text)).toBe(told.who);
});

test.each(table.references)("of the reference “$text” as the server does", (told) => {
  expect(numberInReference(told.text)).toBe(told.number);
});
