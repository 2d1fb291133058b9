/** SHA-256 over the hash before and the exact bytes of the line; the first 32 hex digits are kept. */
export async function chained(before: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(before + text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.slice(0, 32);
}
