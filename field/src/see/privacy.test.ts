import { expect, test } from "vitest";
import { nameIn, titledIn, whoIn } from "./privacy";
import cases from "./privacy.cases.json";
import titles from "./titled.cases.json";

// the same table stands before the server's rules: tests/unit/people/test_privacy.py
test.each(cases)("of “$text” the phone finds what the server finds", ({ text, who, name }) => {
  expect({ who: whoIn(text), name: nameIn(text) }).toEqual({ who, name });
});

test.each(titles)("whom “$text” calls by a title is found as on the server", (told) => {
  expect(titledIn(told.text)).toBe(told.called);
});
