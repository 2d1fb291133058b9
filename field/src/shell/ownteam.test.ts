import { beforeEach, expect, test, vi } from "vitest";
import { forgetTeam, holdTeam, teamOf, useTeam } from "./ownteam";

const FIRST = { id: "first", serves: true };
const FOURTH = { id: "fourth", serves: false };

beforeEach(() => {
  const held = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => held.set(name, value),
    removeItem: (name: string) => held.delete(name),
  });
});

test("a phone goes on recording for its team when its person may record for one more", () => {
  holdTeam("base", [FIRST]);
  expect(teamOf("base", [FOURTH, FIRST])).toBe(FIRST);
  const other = { id: "other", serves: true };
  expect(teamOf("base", [other, FOURTH, FIRST]), "also when they serve in two").toBe(FIRST);
});

test("who never chose records for the team in which they serve, whichever comes first", () => {
  expect(teamOf("base", [FOURTH, FIRST])).toBe(FIRST);
  expect(teamOf("base", [FOURTH]), "else for the one there is").toBe(FOURTH);
  expect(teamOf("base", [])).toBeUndefined();
});

test("a team that was chosen is that person's, of whoever else uses the phone, until it is left", () => {
  useTeam("base", "fourth");
  expect(teamOf("base", [FIRST, FOURTH])).toBe(FOURTH);
  expect(teamOf("mate", [FIRST, FOURTH])).toBe(FIRST);
  expect(teamOf("base", [FIRST]), "it is over").toBe(FIRST);
  forgetTeam("base");
  expect(teamOf("base", [FIRST, FOURTH])).toBe(FIRST);
});

test("what an older version kept for all who use a phone is believed among one's own teams alone", () => {
  localStorage.setItem("marrow-team", "fourth");
  expect(teamOf("base", [FIRST, FOURTH])).toBe(FIRST);
  expect(teamOf("base", [FIRST, { ...FOURTH, serves: true }])?.id).toBe("fourth");
});
