/** Whether the last record that somebody saved was refused; known after the page is begun anew too. */
const nameOf = (base: string): string => `marrow-unsaved:${base}`;
const here = new Set<string>(); // a phone that is full may keep no such word either

export function noteKept(base: string, kept: boolean): void {
  if (kept) here.delete(base);
  else here.add(base);
  try {
    if (!kept) globalThis.localStorage?.setItem(nameOf(base), "yes");
    else globalThis.localStorage?.removeItem(nameOf(base));
  } catch {
    // this page knows it all the same
  }
}

export function lastWasRefused(base: string): boolean {
  return here.has(base) || Boolean(globalThis.localStorage?.getItem(nameOf(base)));
}
