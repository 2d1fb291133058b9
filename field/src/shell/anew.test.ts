import { expect, test, vi } from "vitest";
import { Hands, onlyTells } from "./anew";

function touch(on: EventTarget, name: string, pointerId = 1): void {
  on.dispatchEvent(Object.assign(new Event(name), { pointerId }));
}

test("nothing moves while a finger is down, nor while the same gesture may go on", async () => {
  vi.useFakeTimers();
  const screen = new EventTarget();
  const hands = new Hands(screen);
  expect(hands.busy(), "nobody touched it").toBe(0);
  touch(screen, "pointerdown");
  vi.advanceTimersByTime(5_000);
  expect(hands.busy(), "a finger that stays down").toBeGreaterThan(0);
  touch(screen, "pointerup");
  let rests = false;
  const rest = hands.rest().then(() => {
    rests = true;
  });
  await vi.advanceTimersByTimeAsync(400);
  expect(rests, "a second tap may come yet").toBe(false);
  await vi.advanceTimersByTimeAsync(400);
  await rest;
  expect(hands.busy()).toBe(0);
  vi.useRealTimers();
});

test("a key holds the screen still; a finger that was never seen to lift does not for ever", () => {
  vi.useFakeTimers();
  const screen = new EventTarget();
  const hands = new Hands(screen);
  touch(screen, "keydown");
  expect(hands.busy()).toBeGreaterThan(0);
  touch(screen, "pointerdown");
  vi.advanceTimersByTime(11_000);
  expect(hands.busy()).toBe(0);
  vi.useRealTimers();
});

/** A screen of this element, as far as the words of a selector go. */
const standing = (what: string): HTMLElement =>
  ({
    querySelector: (of: string) => (of.split(", ").some((one) => what.includes(one)) ? {} : null),
  }) as unknown as HTMLElement;

test("the list of questions only tells, with its link to a new one; who signs is left alone", () => {
  expect(onlyTells("ask", standing("a.do"))).toBe(true);
  expect(onlyTells("sign", standing("button.do"))).toBe(false);
});
