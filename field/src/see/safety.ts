/** How safe what is on this phone is. What is only here is never called safe. */

const DAY = 86_400_000; // ms
export const WARN_BELOW = 50 * 1024 * 1024; // bytes

export const NO_PHOTOS_BELOW = 20 * 1024 * 1024; // bytes: what is left is for records

/** Whether there is room for a photograph; unknown room is taken for enough. */
export const mayPhotograph = (left: number | undefined): boolean =>
  left === undefined || left >= NO_PHOTOS_BELOW;

export type Worry = "none" | "week" | "month";

/** After 7 days unsent one is asked to find a network, after 30 told that it may be lost. */
export function worry(waitsSince: Date | undefined, now: Date): Worry {
  if (!waitsSince) return "none";
  const days = (now.getTime() - waitsSince.getTime()) / DAY;
  if (days >= 30) return "month";
  return days >= 7 ? "week" : "none";
}

export interface Room {
  /** Whether the browser promised not to clear it away; undefined where it does not say. */
  readonly persisted: boolean | undefined;
  /** Bytes that are left; undefined where the browser does not say. */
  readonly left: number | undefined;
}

export async function room(): Promise<Room> {
  const persisted = await navigator.storage?.persisted?.();
  return { persisted, left: leftOf(await navigator.storage?.estimate?.()) };
}

const GIGA = 1024 ** 3; // bytes

/** What is left of an estimate. A browser may tell every page the same round number beyond what is
 * used, so that no phone is known by its disk: that says nothing of the room there is. Chromium 156
 * tells the disk's size up to the next GiB, with 6 MB free as with all of it; nor does a file tried
 * for size meet what is free, only six tenths of the disk. What can be known stands in
 * `reserve.ts`. */
export function leftOf(told: StorageEstimate | undefined): number | undefined {
  if (told?.quota === undefined || told.usage === undefined) return undefined;
  const left = told.quota - told.usage;
  return left > 0 && left % GIGA === 0 ? undefined : left;
}
