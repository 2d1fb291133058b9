/** A thumb that taps twice: the second tap is of what it saw, not of what has come there since. */

const TWICE = 350; // ms between two taps of one gesture; Android takes 300
const NEAR = 30; // px

export interface Tap {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  /** How manieth click in a row it is, where the browser counts; it does not count fingers' taps. */
  readonly nth: number;
  readonly finger: boolean;
}

/** Whether it belongs to the tap before, and what was tapped then is there no more. */
export function strays(tap: Tap, before: Tap | undefined, moved: boolean): boolean {
  if (!before || !moved) return false;
  const near = Math.hypot(tap.x - before.x, tap.y - before.y) <= NEAR;
  return near && (tap.nth > 1 || (tap.finger && tap.at - before.at <= TWICE));
}

/** Whether what was tapped is gone, or `there`, where the finger was, stands something else: a page
 * scrolls to a fault. A tap on its neighbour is meant, while it is still there. */
export function isElsewhere(tapped: Node | undefined, now: Node, there: Node | null): boolean {
  if (!tapped) return false;
  const own = tapped.contains(now) || now.contains(tapped) || tapped.contains(there);
  return !(tapped.isConnected && own);
}

/** From now on no second tap lands on a screen that its person has not seen. */
export function guardTaps(on: Document): void {
  let before: Tap | undefined;
  let tapped: Element | undefined;
  const look = (event: MouseEvent): void => {
    const now = event.target as Element;
    if (event.detail === 0) return; // a key
    if (tapped?.closest("label")?.control === now) return; // its label hands the tap on
    const finger = (event as PointerEvent).pointerType === "touch";
    const { clientX: x, clientY: y, detail: nth, timeStamp: at } = event;
    const tap = { at, x, y, nth, finger };
    const there = before ? on.elementFromPoint(before.x, before.y) : null;
    if (strays(tap, before, isElsewhere(tapped, now, there))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    before = tap;
    tapped = now;
  };
  on.addEventListener("click", look, { capture: true });
}
