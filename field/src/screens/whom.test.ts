import { expect, test } from "vitest";
import { dialled } from "./whom";

test.each([
  ["+224 620 00 00 01", "+224620000001"],
  ["01632-960.017", "01632960017"],
  ["117", "117"],
])("of %s a tap dials the digits", (number, digits) => {
  expect(dialled(number)).toBe(digits);
});
