/** Pictures go after the records, piece by piece; a new round goes on where the last one ended. */
import { TooMuch } from "../outbox/pace";
import type { Blob_, Store } from "../outbox/store";
import { isFull } from "../vault/ballast";
import { bytesOf } from "./blobs";

export interface Progress {
  readonly status: number;
  readonly where: string;
  /** Bytes that the server holds. */
  readonly held?: number;
}

export interface Wire {
  begin(sha: string, size: number, token: string): Promise<Progress>;
  piece(
    where: string,
    start: number,
    piece: Uint8Array<ArrayBuffer>,
    token: string,
  ): Promise<Progress>;
}

const LEAST = 32_768; // bytes
const MOST = 1_048_576;
const QUICK = 4_000; // ms for one piece: then the next is twice as large
const SLOW = 12_000;
const ANEW = 3; // times that one file is begun anew in a round
const FAILED = 3; // files of a round: then it is the server that fails, and no file

/** How many files arrived, and on how many the server failed. */
export interface Gone {
  readonly sent: number;
  readonly failed: number;
}

/** How large a piece is: it grows on a good link and shrinks on a bad one. */
export class Piece {
  size = 65_536;

  took(ms: number): void {
    if (ms < QUICK) this.size = Math.min(MOST, this.size * 2);
    else if (ms > SLOW) this.less();
  }

  less(): void {
    this.size = Math.max(LEAST, this.size / 2);
  }
}

/** What the server cannot take now, for a reason of its own. */
class NotNow extends Error {}

/** Send what waits; records that come meanwhile go first. One that the server fails on keeps no other
 * back: it goes to the end of those that wait. A `full` phone cannot put down that its records went
 * before, nor that a file arrived: each is offered again, which costs one short request. Raises what is
 * no answer of a server. */
export async function sendFiles(
  store: Store,
  wire: Wire,
  piece: Piece,
  now: () => Date,
  full = false,
): Promise<Gone> {
  const token = (await store.enrolment())?.token;
  let [sent, failed] = [0, 0];
  if (!token) return { sent, failed };
  const blobs = await store.blobs.where("state").equals("queued").sortBy("at");
  const first = async (): Promise<boolean> => !full && (await store.waiting()) > 0;
  const put = (sha: string, more: Partial<Blob_>): PromiseLike<unknown> =>
    store.blobs.update(sha, more).catch(orFull);
  let end = blobs.at(-1)?.at ?? 0; // by no clock: one that was set back would put it first again
  for (const blob of blobs) {
    if (failed === FAILED || (await first())) break;
    const way = { wire, piece, token, now, first };
    const state = await sendOne(store, blob, way).catch(orNotNow);
    if (!state) break;
    if (state === "not now") {
      end += 1;
      failed += 1;
      await put(blob.sha, { at: end });
    } else {
      await put(blob.sha, { state, at: now().getTime() });
      sent += state === "on_server" ? 1 : 0;
    }
  }
  return { sent, failed };
}

function orFull(trouble: unknown): void {
  if (!isFull(trouble)) throw trouble;
}

function orNotNow(trouble: unknown): "not now" {
  if (trouble instanceof NotNow) return "not now";
  throw trouble;
}

interface Way {
  readonly wire: Wire;
  readonly piece: Piece;
  readonly token: string;
  readonly now: () => Date;
  /** Whether records came, that go first. */
  readonly first: () => Promise<boolean>;
}

/** What became of it; undefined when records came and go first. */
async function sendOne(store: Store, blob: Blob_, way: Way): Promise<Blob_["state"] | undefined> {
  const data = await bytesOf(store, blob.sha);
  if (!data) return "refused";
  for (let turn = 0; turn < ANEW; turn += 1) {
    let told = await way.wire.begin(blob.sha, blob.size, way.token);
    const where = told.where;
    while (goesOn(told) && told.held < blob.size) {
      if (await way.first()) return undefined;
      told = await sendPiece(where, told.held, data, way);
    }
    if (told.status === 403) return "turned_away"; // the phone was ended: it may send no files
    if ([410, 413, 415].includes(told.status)) return "refused"; // taken out, too large, no picture
    if (goesOn(told)) return "on_server";
    if (told.status !== 460 && told.status !== 404) {
      throw new NotNow(`The server answered ${told.status}.`);
    }
  }
  throw new NotNow("The file never arrived whole.");
}

function goesOn(told: Progress): told is Progress & { readonly held: number } {
  return [201, 204, 409].includes(told.status) && told.held !== undefined;
}

async function sendPiece(
  where: string,
  start: number,
  data: Uint8Array<ArrayBuffer>,
  { wire, piece, token, now }: Way,
): Promise<Progress> {
  const began = now().getTime();
  try {
    const told = await wire.piece(where, start, data.slice(start, start + piece.size), token);
    piece.took(now().getTime() - began);
    return told;
  } catch (trouble) {
    if (trouble instanceof TooMuch) piece.less();
    throw trouble;
  }
}
