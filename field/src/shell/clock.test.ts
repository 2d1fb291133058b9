import { expect, test } from "vitest";
import { speak, type Tongue } from "../words/words";
import { clockWords, dayOf, madeAt, notedAt, rightly, todayBy } from "./clock";

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

test("a clock that is known to be fast proposes the server's day, a slow one asks for it", () => {
  const years = 5 * 365 * DAY;
  const wrong = new Date("2031-11-28T10:00:00");
  const fast = { seconds: -years, at: wrong.getTime() };
  const asOf = "2026-11-29T09:00:00Z";
  expect(todayBy(asOf, undefined, wrong), "as far as anybody knows").toBe("2031-11-28");
  expect(todayBy(asOf, fast, wrong)).toBe("2026-11-29");
  const later = new Date(wrong.getTime() + 3 * DAY * 1000);
  expect(todayBy(asOf, fast, later), "three days on, with no network").toBe("2026-12-02");
  const put = new Date("2026-11-30T10:00:00");
  expect(todayBy(asOf, fast, put), "the clock was set since").toBe("2026-11-30");
  expect(rightly(fast, put)).toEqual(put);
  const slow = { seconds: 2 * DAY, at: put.getTime() };
  expect(todayBy(asOf, slow, put)).toBe("");
  expect(todayBy(asOf, { ...slow, seconds: 15 * MINUTE }, put)).toBe("2026-11-30");
  expect(todayBy(asOf, undefined, new Date("1970-01-01T10:00:00"))).toBe("");
});

test("when something was said stands, also after a wrong clock was put right", () => {
  const came = Date.parse("2026-11-30T15:40:00Z");
  const slow = new Date("2026-11-27T15:38:00Z");
  expect(madeAt(slow, came, 3 * DAY), "sent while it was slow").toEqual(
    new Date("2026-11-30T15:38:00Z"),
  );
  const fast = new Date("2028-01-04T15:38:00Z");
  expect(madeAt(fast, came, 0), "put right before it was sent").toEqual(new Date(came));
  const offline = new Date("2026-11-27T15:38:00Z");
  expect(madeAt(offline, came, 0), "kept for three days").toEqual(offline);
});

test("what was noted today is of today, although the phone's clock is a day ahead in between", () => {
  const [noted, now] = [new Date("2026-11-29T23:50:00"), new Date("2026-11-30T01:10:00")];
  const fast = { seconds: -5 * HOUR, at: noted.getTime() - 1 };
  expect(dayOf(notedAt(fast, noted, now))).toBe(dayOf(rightly(fast, now)));
  expect(notedAt(fast, noted, now)).toEqual(new Date("2026-11-29T18:50:00"));
  expect(notedAt(undefined, noted, now)).toEqual(noted);
  const later = { ...fast, at: now.getTime() };
  expect(notedAt(later, noted, now), "before the server told it").toEqual(
    new Date("2026-11-29T18:50:00"),
  );
});
