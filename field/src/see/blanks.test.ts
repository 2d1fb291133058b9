import { expect, test } from "vitest";
import { oneBlank } from "./blanks";
import { whoIsTold } from "./cases";
import { nameIn } from "./privacy";

test("blanks are one each, and a line end stays one", () => {
  expect(oneBlank("Mrs  Smith \n\n died\u00a0here")).toBe("Mrs Smith\ndied\u00a0here");
});

// the server is held to the same: tests/unit/people/test_long_texts.py
test.each(["\n", " ", ",", "a", "A", "1", ".", "王", "A-", "111 ", "李先生", "Mr "])(
  "thousands of “%s” after a name hold no phone up",
  (one) => {
    const text = `Mrs Smith${one.repeat(3_000)}.`;
    expect(whoIsTold(text)).not.toBe("");
    expect(nameIn(text)).not.toBe("");
  },
);
