/**
 * At rest: AES-256-GCM under one random key an account. The key itself is kept wrapped twice: by
 * what the passcode gives (Argon2id), and by the programme's recovery key, so that who forgets the
 * passcode loses nothing that was not sent.
 */
import { argon2id } from "hash-wasm";

export type Bytes = Uint8Array<ArrayBuffer>;

/** KiB of memory that Argon2id takes: what a strong phone and a weak one can bear. */
export const STRONG = 65_536;
export const WEAK = 19_456;
const NONCE = 12;
const INFO = new TextEncoder().encode("marrow field key");

export interface ByPasscode {
  readonly salt: Bytes;
  readonly memory: number;
  readonly passes: number;
  readonly key: Bytes;
}

/** The phone's throw-away point, and the key sealed under what it shares with the server's. */
export interface ForRecovery {
  readonly point: Bytes;
  readonly key: Bytes;
}

const bytes = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

export function random(size: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(size));
}

/** A key for use in the page that nothing in the page can read out again. */
export async function usable(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Sealed text: nonce, then ciphertext. `place` binds it to where it is kept. */
export async function seal(key: CryptoKey, place: string, text: string): Promise<Bytes> {
  return sealBytes(key, place, bytes(text));
}

export async function open(key: CryptoKey, place: string, sealed: Bytes): Promise<string> {
  return new TextDecoder().decode(await openBytes(key, place, sealed));
}

export async function sealBytes(key: CryptoKey, place: string, clear: Bytes): Promise<Bytes> {
  const iv = random(NONCE);
  const how = { name: "AES-GCM", iv, additionalData: bytes(place) };
  const told = new Uint8Array(await crypto.subtle.encrypt(how, key, clear));
  const whole = new Uint8Array(NONCE + told.length);
  whole.set(iv);
  whole.set(told, NONCE);
  return whole;
}

export async function openBytes(key: CryptoKey, place: string, sealed: Bytes): Promise<Bytes> {
  const iv = sealed.slice(0, NONCE);
  const how = { name: "AES-GCM", iv, additionalData: bytes(place) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.slice(NONCE)));
}

/** Six digits that are not one digit or a row: with five tries and for hours, never alone. */
export function pinEnough(pin: string): boolean {
  const row = "01234567890".includes(pin) || "09876543210".includes(pin);
  return /^\d{6}$/.test(pin) && new Set(pin).size >= 3 && !row;
}

export async function wrap(raw: Bytes, passcode: string, memory = STRONG): Promise<ByPasscode> {
  const told = { salt: random(16), memory, passes: 2 };
  return { ...told, key: await sealBytes(await stretched(passcode, told), "dek", raw) };
}

/** The account's key; undefined for a wrong passcode. */
export async function unwrap(held: ByPasscode, passcode: string): Promise<Bytes | undefined> {
  try {
    return await openBytes(await stretched(passcode, held), "dek", held.key);
  } catch {
    return undefined;
  }
}

async function stretched(
  passcode: string,
  told: Pick<ByPasscode, "salt" | "memory" | "passes">,
): Promise<CryptoKey> {
  const raw = await argon2id({
    password: passcode.trim().normalize("NFKC"),
    salt: told.salt,
    parallelism: 1,
    iterations: told.passes,
    memorySize: told.memory,
    hashLength: 32,
    outputType: "binary",
  });
  return usable(raw as Bytes);
}

/** Wrap the key for the programme's recovery key, an uncompressed point of P-256 in base64. */
export async function wrapForRecovery(raw: Bytes, theirs: string): Promise<ForRecovery> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const mine = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
  const other = await crypto.subtle.importKey("raw", fromBase64(theirs), curve, false, []);
  const shared = await crypto.subtle.deriveBits(
    { name: "ECDH", public: other },
    mine.privateKey,
    256,
  );
  const seed = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: INFO };
  const aes = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.deriveKey(how, seed, aes, false, ["encrypt"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", mine.publicKey));
  return { point, key: await sealBytes(key, "dek", raw) };
}

/** What a phone signs with: the private half is used here and read out nowhere. */
export interface Signer {
  readonly key: CryptoKey;
  /** The public half, base64 of its point. */
  readonly point: string;
}

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export async function freshSigner(): Promise<Signer> {
  const pair = await crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]);
  return { key: pair.privateKey, point: await pointOf(pair) };
}

/** A signer with the private half of its key, to be sealed at once. */
export interface CopiedSigner {
  readonly signer: Signer;
  readonly secret: Bytes;
}

export async function copiedSigner(): Promise<CopiedSigner> {
  const pair = await crypto.subtle.generateKey(ECDSA, true, ["sign", "verify"]);
  const secret = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  return { signer: { key: await signerOf(secret), point: await pointOf(pair) }, secret };
}

const pointOf = async (pair: CryptoKeyPair): Promise<string> =>
  toBase64(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)));

/** The private half again, not to be read out any more. */
export async function signerOf(secret: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", secret, ECDSA, false, ["sign"]);
}

export async function signed(signer: Signer, what: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(ECDSA, signer.key, what));
}

export function toBase64(told: Bytes): string {
  let text = "";
  for (const byte of told) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(told: string): Bytes {
  return Uint8Array.from(atob(told), (letter) => letter.charCodeAt(0));
}
