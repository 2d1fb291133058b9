/** Names of records: new ones by time, a month's by what it is of. */

const URL_SPACE = "6ba7b8119dad11d180b400c04fd430c8";

/** A new record's id (UUIDv7): what is made later sorts later. */
export function freshId(now: Date): string {
  const told = crypto.getRandomValues(new Uint8Array(16));
  new DataView(told.buffer).setUint32(0, Math.floor(Math.max(0, now.getTime()) / 0x10000));
  new DataView(told.buffer).setUint16(4, Math.max(0, now.getTime()) % 0x10000);
  return dashed(told, 0x70);
}

/** The id of a place's month: the same on every phone, so that two of them meet in one record. */
export async function monthId(place: string, mission: string, month: string): Promise<string> {
  const space = Uint8Array.from(URL_SPACE.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const words = new TextEncoder().encode(`marrow:${["month", place, mission, month].join("\x1f")}`);
  const whole = new Uint8Array([...space, ...words]);
  const told = new Uint8Array(await crypto.subtle.digest("SHA-1", whole));
  return dashed(told.slice(0, 16), 0x50);
}

function dashed(told: Uint8Array, version: number): string {
  told[6] = ((told[6] ?? 0) & 0x0f) | version;
  told[8] = ((told[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...told].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
