/** Which screen an address names, and what it is about. */
export function whereIn(hash: string): readonly [string, string] {
  const [name = "", what = ""] = hash.slice(1).split("/");
  return [name, what];
}
