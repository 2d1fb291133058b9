import { expect, test } from "vitest";
import { guardTaps, isElsewhere, strays } from "./taps";

const tap = (at: number, more = {}) => ({ at, x: 100, y: 300, nth: 1, finger: true, ...more });

test("the second tap of a thumb lands on nothing that came there between the two", () => {
  expect(strays(tap(1_200), tap(1_000), true)).toBe(true);
  expect(strays(tap(1_200), tap(1_000), false), "the same button is its own guard").toBe(false);
  expect(strays(tap(1_400), tap(1_000), true), "seen, and tapped then").toBe(false);
  expect(strays(tap(1_100, { y: 400 }), tap(1_000), true), "somewhere else").toBe(false);
  expect(strays(tap(1_200), undefined, true), "the first of all").toBe(false);
});

test("a mouse is believed when it says that it clicked twice, and when it says that it did not", () => {
  const mouse = { finger: false };
  expect(strays(tap(1_400, { ...mouse, nth: 2 }), tap(1_000, mouse), true)).toBe(true);
  expect(strays(tap(1_050, mouse), tap(1_000, mouse), true)).toBe(false);
});

test("nor on what came under the finger because the page scrolled to what is at fault", () => {
  type Made = Node & { readonly holds: readonly Node[] };
  const made = (isConnected: boolean, ...holds: Node[]): Made => {
    const contains = (one: Node): boolean => one === own || holds.includes(one);
    const own = { isConnected, holds, contains } as unknown as Made;
    return own;
  };
  const [word, other] = [made(true), made(true)];
  const save = made(true, word);
  expect(isElsewhere(save, other, other), "Save was tapped, a language would be").toBe(true);
  expect(isElsewhere(save, other, null), "it left the screen").toBe(true);
  expect(isElsewhere(save, word, word), "its own words").toBe(false);
  expect(isElsewhere(word, save, word)).toBe(false);
  expect(isElsewhere(made(false), other, other), "it is gone").toBe(true);
  expect(isElsewhere(undefined, other, other), "the first of all").toBe(false);
  expect(isElsewhere(word, other, word), "its neighbour, while nothing moved").toBe(false);
});

test("a label's word, tapped once, ticks its box, and a quick thumb ticks the next one too", () => {
  const element = (control?: Element): Element => {
    const contains = (one: unknown): boolean => one === own;
    const own = { isConnected: true, contains, closest: () => control && { control } };
    return own as unknown as Element;
  };
  const [box, next] = [element(), element()];
  const word = element(box);
  let listens: (event: unknown) => void = () => undefined;
  const addEventListener = (_kind: string, look: typeof listens): void => {
    listens = look;
  };
  const screen = { addEventListener, elementFromPoint: () => word };
  guardTaps(screen as unknown as Document);
  const taken = (target: Element, more: object): boolean => {
    let kept = true;
    const preventDefault = (): void => {
      kept = false;
    };
    const stopImmediatePropagation = (): void => undefined;
    const finger = { detail: 1, pointerType: "touch", clientX: 100, clientY: 300 };
    listens({ target, ...finger, ...more, preventDefault, stopImmediatePropagation });
    return kept;
  };
  expect(taken(word, { timeStamp: 1_000 })).toBe(true);
  expect(taken(box, { timeStamp: 1_000 }), "by its label, in the same moment").toBe(true);
  expect(taken(next, { timeStamp: 1_200, clientX: 120 }), "nothing moved").toBe(true);
  screen.elementFromPoint = () => box;
  expect(taken(word, { timeStamp: 1_400, clientX: 120 }), "the page scrolled").toBe(false);
});
