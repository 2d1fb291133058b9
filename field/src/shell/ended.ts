/** The words that a phone was ended, or its person's account closed: they stand while that is so. */
import type { Say, Word } from "../words/words";

export const endedWord = (closed: boolean): Word => (closed ? "accountClosed" : "phoneEnded");

/** Headquarters answered as it always did: what was told of an end is true no more. */
export function endedNoMore(place: HTMLElement, say: Say): void {
  const words = [true, false].map((closed) => say(endedWord(closed)));
  if (words.includes(place.textContent ?? "")) place.replaceChildren();
}
