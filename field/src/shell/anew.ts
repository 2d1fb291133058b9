/** A screen that only tells is told anew where it would tell otherwise now, and never under a
 * finger: what is about to be tapped stays where it is. */
import { type Child, element } from "../screens/parts";

const REST = 700; // ms with no touch and no key: two taps of one gesture are long over
const STUCK = 10_000; // ms: a finger whose lifting nobody told is on the screen no more

/** What the fingers do: whether one is down, and since when they rest. */
export class Hands {
  private readonly down = new Map<number, number>();
  private last = Number.NEGATIVE_INFINITY;

  constructor(on: EventTarget) {
    const heed = (name: string, note: (event: Event) => void): void =>
      on.addEventListener(name, note, { capture: true, passive: true });
    const touched = (): void => {
      this.last = performance.now();
    };
    heed("pointerdown", (event) => {
      this.down.set((event as PointerEvent).pointerId, performance.now());
      touched();
    });
    for (const name of ["pointerup", "pointercancel"])
      heed(name, (event) => {
        this.down.delete((event as PointerEvent).pointerId);
        touched();
      });
    for (const name of ["click", "keydown", "wheel", "touchmove", "scroll"]) heed(name, touched);
  }

  /** For how many ms the screen has to stand as it is yet; 0 where it may change. */
  busy(now = performance.now()): number {
    const held = [...this.down.values()].some((at) => now - at < STUCK);
    if (held) return REST;
    const since = now - this.last;
    return since < REST ? REST - since : 0;
  }

  /** When they rest. */
  async rest(): Promise<void> {
    for (let wait = this.busy(); wait > 0; wait = this.busy())
      await new Promise((go) => setTimeout(go, wait));
  }
}

const TELLS = ["", "month", "safe", "ask", "sign", "team", "rec"];
const WRITES =
  "form, details[open], button.do, #carried button, input:focus, textarea:focus, select:focus";

/** Whether the screen of that name only tells, and nobody writes or answers in it. */
export function onlyTells(name: string, screen: HTMLElement): boolean {
  return TELLS.includes(name) && !screen.querySelector(WRITES);
}

/** What stands on the screen, as it was drawn. */
export class Drawn {
  private stood = "";

  constructor(
    private readonly screen: HTMLElement,
    /** What is done about whatever stands there now. */
    private readonly stands: () => void,
  ) {}

  put(made: readonly Child[]): void {
    this.screen.replaceChildren(...made);
    this.stood = bare(this.screen);
    this.stands();
  }

  /** Put it where it tells otherwise than what stands; who goes by keys stays where they are. */
  change(made: readonly Child[]): void {
    const fresh = element("div", {}, ...made);
    if (bare(fresh) === this.stood) return;
    const at = this.screen.contains(document.activeElement) ? document.activeElement : null;
    this.put([...fresh.childNodes] as Child[]);
    if (at) alike(this.screen, at)?.focus({ preventScroll: true });
  }
}

/** Addresses of pictures are new each time, and tell nothing. */
const bare = (of: HTMLElement): string => of.innerHTML.replaceAll(/blob:[^"]*/g, "");

function alike(screen: HTMLElement, gone: Element): HTMLElement | undefined {
  const name = (one: Element): string => one.getAttribute("href") ?? one.textContent ?? "";
  const found = [...screen.querySelectorAll<HTMLElement>(gone.localName)];
  return found.find((one) => name(one) === name(gone));
}
