import { expect, test } from "vitest";
import type { App } from "../shell/app";
import { inWords } from "./told";

test("a hospital or a technique that left the phone's lists is told in words, not by its number", () => {
  const places = [{ id: "h", names: { en: "Test hospital" } }];
  const app = {
    missions: [{ places }],
    reference: { items: [{ id: "i", n: { en: "Cataract" } }], words: {} },
    name: (names?: Record<string, string>) => names?.en ?? "",
    say: (word: string) => `<${word}>`,
  } as unknown as App;
  expect(inWords(app, "organisation", "h")).toBe("Test hospital");
  expect(inWords(app, "item", "i")).toBe("Cataract");
  const gone = "11111111-1111-4111-8111-111111111111";
  expect(inWords(app, "organisation", gone)).toBe("<notListed>");
  expect(inWords(app, "item", gone)).toBe("<notListed>");
});
