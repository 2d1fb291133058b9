import { expect, test } from "vitest";
import { speak } from "../words/words";
import { endedNoMore, endedWord, offNoMore, offWord } from "./ended";

const say = speak("en");

/** A place on the screen, as far as these words need one. */
function place(textContent: string): HTMLElement {
  const made = {
    textContent,
    replaceChildren: () => {
      made.textContent = "";
    },
  };
  return made as unknown as HTMLElement;
}

test("that an account was taken off the phone is told until somebody begins, and no longer", () => {
  for (const closed of [true, false]) {
    const off = place(say(offWord(closed)));
    offNoMore(off, say);
    expect(off.textContent).toBe("");
    const told = place(say(offWord(closed)));
    endedNoMore(told, say);
    expect(told.textContent, "headquarters answers as ever").toBe("");
  }
});

test("that a phone was ended is told while that is so, whoever opens it", () => {
  for (const closed of [true, false]) {
    const ended = place(say(endedWord(closed)));
    offNoMore(ended, say);
    expect(ended.textContent).toBe(say(endedWord(closed)));
    endedNoMore(ended, say);
    expect(ended.textContent).toBe("");
  }
});
