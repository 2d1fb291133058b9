import { expect, test } from "vitest";
import { nameIn, whoIn } from "./privacy";
import cases from "./privacy.cases.json";

// the same table stands before the server's rules: tests/unit/people/test_privacy.py
test.each(cases)("of “$text” the phone finds what the server finds", ({ text, who, name }) => {
  expect({ who: whoIn(text), name: nameIn(text) }).toEqual({ who, name });
});
