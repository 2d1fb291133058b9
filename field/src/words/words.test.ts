import { expect, test } from "vitest";
import { WORDS } from "./words";

test("every word is there in three tongues", () => {
  for (const [word, tongues] of Object.entries(WORDS)) {
    for (const text of Object.values(tongues)) expect(text, word).not.toBe("");
  }
});
