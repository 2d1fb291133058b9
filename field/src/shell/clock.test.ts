import { expect, test } from "vitest";
import { speak, type Tongue } from "../words/words";
import { clockWords } from "./clock";

const told = (tongue: Tongue, slow: number): string =>
  clockWords(speak(tongue), tongue, slow).replace(/[\u00a0\u202f]/g, " ");
const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

test("of a clock that is right nothing is said", () => {
  for (const tongue of ["en", "zh", "fr"] as const) expect(told(tongue, 0)).toBe("");
});

test("a slow clock and a fast one are told apart, with what to do", () => {
  expect(told("en", 15 * MINUTE)).toBe(
    "This phone’s clock is slow by 15 minutes – set it to automatic.",
  );
  expect(told("en", -15 * MINUTE)).toBe(
    "This phone’s clock is fast by 15 minutes – set it to automatic.",
  );
  expect(told("fr", 15 * MINUTE)).toBe(
    "L’horloge de ce téléphone retarde de 15 minutes – réglez-la sur automatique.",
  );
  expect(told("zh", -3 * HOUR)).toBe("本机时钟快了3小时，请设为自动校时。");
});

test("how wrong it is stands in minutes, hours from two on, days from two on", () => {
  const long = (slow: number): string => /by (.*) –/.exec(told("en", slow))?.[1] ?? "";
  expect(long(119 * MINUTE)).toBe("119 minutes");
  expect(long(2 * HOUR)).toBe("2 hours");
  expect(long(47 * HOUR)).toBe("47 hours");
  expect(long(2 * DAY)).toBe("2 days");
  expect(long(3 * 365 * DAY)).toBe("1,095 days");
});
