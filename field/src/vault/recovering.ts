/** What only the server does, for tests: its recovery key, and how that opens what was wrapped. */
import { type Bytes, type ForRecovery, toBase64 } from "./seal";

const CURVE = { name: "ECDH", namedCurve: "P-256" };

export async function serverKey(): Promise<{ text: string; pair: CryptoKeyPair }> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { text: toBase64(point), pair };
}

export async function unwrapped(told: ForRecovery, pair: CryptoKeyPair): Promise<Bytes> {
  const theirs = await crypto.subtle.importKey("raw", told.point, CURVE, false, []);
  const how = { name: "ECDH", public: theirs };
  const shared = await crypto.subtle.deriveBits(how, pair.privateKey, 256);
  const seed = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode("marrow field key");
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  const aes = { name: "AES-GCM", length: 256 };
  const wrap = await crypto.subtle.deriveKey(hkdf, seed, aes, false, ["decrypt"]);
  const iv = told.key.slice(0, 12);
  const place = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode("dek") };
  return new Uint8Array(await crypto.subtle.decrypt(place, wrap, told.key.slice(12)));
}
