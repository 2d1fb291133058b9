/** Photographs leave the phone, after its records. */
import { cursorsOf } from "../outbox/read";
import type { Store } from "../outbox/store";
import { beginFile, sendPiece, tellKey } from "../shell/net";
import { offerAgain, tidy } from "./blobs";
import { Piece, sendFiles } from "./send";

const piece = new Piece();

/** And before them, once a life of this installation, the key that it signs with. */
export async function sendPictures(store: Store): Promise<void> {
  const me = await store.enrolment();
  const told = (await store.meta.get("key-told"))?.value;
  if (me && told !== me.inst) {
    await tellKey((await store.signer()).point, me.token);
    await store.meta.put({ key: "key-told", value: me.inst });
  }
  await offerAgain(store, (await cursorsOf(store)).epoch ?? "", new Date());
  const wire = { begin: beginFile, piece: sendPiece };
  await sendFiles(store, wire, piece, () => new Date());
  await tidy(store, new Date());
}
