/** The words that a phone was ended, or its person's account closed: they stand while that is so. */
import type { Say, Word } from "../words/words";

export const endedWord = (closed: boolean): Word => (closed ? "accountClosed" : "phoneEnded");
export const offWord = (closed: boolean): Word => (closed ? "accountOff" : "takenOff");

/** Headquarters answered as it always did: what was told of an end is true no more. */
export function endedNoMore(place: HTMLElement, say: Say): void {
  offNoMore(place, say);
  emptied(place, say, endedWord);
}

/** Somebody is in: of what was taken off this phone they were told at its door. */
export function offNoMore(place: HTMLElement, say: Say): void {
  emptied(place, say, offWord);
}

function emptied(place: HTMLElement, say: Say, word: (closed: boolean) => Word): void {
  const words = [true, false].map((closed) => say(word(closed)));
  if (words.includes(place.textContent ?? "")) place.replaceChildren();
}
