/** Locked in one tab is locked in every tab of this phone; one that was asleep sees it as it wakes. */
const LOCKED = "marrow-locked";

/** What changes with each lock of this phone, in whichever tab. */
export const locksSoFar = (): string => localStorage.getItem(LOCKED) ?? "";

/** Have the other tabs lock too. */
export const lockOthers = (): void => localStorage.setItem(LOCKED, crypto.randomUUID());

/** Tell of each lock in another tab. */
export function onLockElsewhere(then: () => void): void {
  window.addEventListener("storage", (event) => {
    if (event.key === LOCKED) then();
  });
}
