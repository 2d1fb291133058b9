/** Photographs leave the phone, after its records. */
import { Pace } from "../outbox/pace";
import { cursorsOf } from "../outbox/read";
import type { Store } from "../outbox/store";
import { beginFile, sendPiece, tellKey } from "../shell/net";
import { offerAgain, tidy } from "./blobs";
import { type Gone, Piece, sendFiles } from "./send";

const WIRE = { begin: beginFile, piece: sendPiece };
const piece = new Piece();
const pace = new Pace(); // of photographs alone: what the server fails on keeps no record back

/** And before them, once a life of this installation, the key that it signs with. Tells how long to
 * wait with those that the server failed on, ms; undefined where there are none. */
export async function sendPictures(store: Store): Promise<number | undefined> {
  const me = await store.enrolment();
  const told = (await store.meta.get("key-told"))?.value;
  if (me && told !== me.inst) {
    await tellKey((await store.signer()).point, me.token);
    await store.meta.put({ key: "key-told", value: me.inst });
  }
  await offerAgain(store, (await cursorsOf(store)).epoch ?? "", new Date());
  const gone = await sendFiles(store, WIRE, piece, () => new Date());
  await tidy(store, new Date());
  return waitFor(gone, pace);
}

/** The same from a phone whose memory takes nothing more, what was sent before it no less. */
export async function sendFromFull(store: Store): Promise<void> {
  await sendFiles(store, WIRE, piece, () => new Date(), true);
}

/** Longer each time, until one arrives. */
export function waitFor({ sent, failed }: Gone, pace: Pace): number | undefined {
  if (sent > 0) pace.fresh();
  return failed > 0 ? pace.pause() : undefined;
}
