import type { Progress } from "../carry/send";
import { TooMuch } from "../outbox/pace";
import { type Answer, Idle, Unknown } from "../outbox/push";
import type { Line } from "../outbox/read";
import type { Enrolment, Names } from "../outbox/store";
import { type Bytes, toBase64 } from "../vault/seal";

const PATIENCE = 25_000; // ms with nothing moving: then the link is as good as gone
const asked = new Set<AbortController>();

/** A network came: what was asked over the one before is answered no more. */
export function lineIsNew(): void {
  for (const one of asked) one.abort(new Error("The network changed."));
}

/** Fetch, and read it all; what stands still is given up, what moves may take its time. */
async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  const stop = new AbortController();
  const still = (): void => stop.abort(new TooMuch("Nothing moved."));
  let timer = setTimeout(still, PATIENCE);
  let begun = false;
  const moved = (): void => {
    begun = true;
    clearTimeout(timer);
    timer = setTimeout(still, PATIENCE);
  };
  asked.add(stop);
  try {
    const answer = await fetch(address, { ...init, redirect: "manual", signal: stop.signal });
    moved();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const from = answer.body?.getReader();
    for (let part = await from?.read(); part && !part.done; part = await from?.read()) {
      parts.push(part.value);
      moved();
    }
    const { status, headers } = answer;
    if (status === 0) return Response.error(); // sent elsewhere: nobody is signed in
    return new Response(status === 204 ? null : new Blob(parts), { status, headers });
  } catch (trouble) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw begun ? new TooMuch("It broke while it was read.") : trouble;
  } finally {
    asked.delete(stop);
    clearTimeout(timer);
  }
}

/** Make this phone of `account` known, or with its `token` heard again after it was silent for too
 * long; undefined when it is not this person who is signed in. */
export async function enrol(
  key: string,
  account: string,
  token = "",
): Promise<Enrolment | undefined> {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const csrf = { "X-CSRFToken": cookie?.[1] ?? "" };
  const known = token ? { Authorization: `Marrow ${token}` } : {};
  const headers = { ...csrf, ...known, "Marrow-Key": key, "Marrow-Account": account };
  const answer = await ask("/field/enrol/", { method: "POST", headers });
  if (answer.status >= 500) throw new Error(`The server answered ${answer.status}.`);
  return answer.ok ? ((await answer.json()) as Enrolment) : undefined;
}

/** Who is signed in in this browser. */
export interface Here {
  readonly account: string;
  readonly name: string;
  readonly names?: Names;
}

/** Undefined when nobody is signed in; "other" for somebody who is of no team. */
export async function whoIsHere(): Promise<Here | "other" | undefined> {
  const answer = await ask("/field/reference/?who=1");
  if (answer.status === 403) return "other";
  return answer.ok ? ((await answer.json()) as Here) : undefined;
}

export async function send(body: string, token: string): Promise<Answer> {
  const packed = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
  const answer = await ask("/sync/v1", {
    method: "POST",
    body: await new Response(packed).arrayBuffer(),
    headers: {
      Authorization: `Marrow ${token}`,
      "Content-Type": "application/x-ndjson",
      "Content-Encoding": "gzip",
    },
  });
  if (answer.status === 401 && (await wasIdle(answer))) throw new Idle("It was silent for long.");
  if (answer.status === 401) throw new Unknown("The server does not know this phone.");
  if (answer.status === 413) throw new TooMuch("The server takes less at once.");
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  const [head, ...lines] = (await answer.text()).split("\n").filter(Boolean);
  const told = lines.map((line) => JSON.parse(line) as Line);
  return { ...(JSON.parse(head ?? "") as Answer), lines: told };
}

/** Whether the server knows the phone, and only heard nothing of it for half a year. */
async function wasIdle(answer: Response): Promise<boolean> {
  const told = (await answer.json().catch(() => ({}))) as { type?: string };
  return told.type === "/problems/idle-installation";
}

/** Tell the key that this phone signs with; false where the server holds another. */
export async function tellKey(key: string, token: string): Promise<boolean> {
  const headers = { Authorization: `Marrow ${token}`, "Marrow-Key": key };
  const answer = await ask("/sync/key", { method: "POST", headers });
  return answer.ok;
}

const TUS = { "Tus-Resumable": "1.0.0" };

/** Begin a file, or find how far it has come. */
export async function beginFile(sha: string, size: number, token: string): Promise<Progress> {
  const headers = {
    ...TUS,
    Authorization: `Marrow ${token}`,
    "Upload-Length": String(size),
    "Upload-Metadata": `sha256 ${btoa(sha)}`,
  };
  return progress(await ask("/sync/files/", { method: "POST", headers }));
}

/** The next piece of a file, with its own checksum. */
export async function sendPiece(
  where: string,
  start: number,
  piece: Bytes,
  token: string,
): Promise<Progress> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", piece));
  const headers = {
    ...TUS,
    Authorization: `Marrow ${token}`,
    "Content-Type": "application/offset+octet-stream",
    "Upload-Offset": String(start),
    "Upload-Checksum": `sha256 ${toBase64(sum)}`,
  };
  return progress(await ask(where, { method: "PATCH", headers, body: piece }));
}

function progress(answer: Response): Progress {
  const held = answer.headers.get("Upload-Offset");
  return {
    status: answer.status,
    where: answer.headers.get("Location") ?? "",
    ...(held === null ? {} : { held: Number(held) }),
  };
}
