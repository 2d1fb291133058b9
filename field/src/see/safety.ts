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
  const told = await navigator.storage?.estimate?.();
  const known = told?.quota !== undefined && told.usage !== undefined;
  return { persisted, left: known ? (told.quota ?? 0) - (told.usage ?? 0) : undefined };
}
