/** What waits, written into a file that somebody carries; and the receipt that comes back. */
import { type Carried, fileIsKept, NotOurs, readReceipt, writeFile } from "../carry/file";
import type { Store } from "../outbox/store";
import type { App } from "../shell/app";
import { orThrowOff } from "../vault/ballast";
import type { Bytes } from "../vault/seal";
import type { Say } from "../words/words";
import { button, type Child, element, filed } from "./parts";

const NAME = "marrow-field.mrw";
const TYPE = "application/octet-stream";

export function recoveryKey(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="recovery-key"]')?.content ?? "";
}

export function carrying(app: App): readonly Child[] {
  const note = element("p", { role: "status", id: "carried" });
  const write = async (give: (file: Carried) => Promise<readonly Child[]>): Promise<void> => {
    try {
      let file: Carried | undefined;
      const tight = await orThrowOff(app.store, async () => {
        file = await writeFile(app.store, recoveryKey(), new Date());
      });
      app.tight ||= tight;
      if (file) note.replaceChildren(...(await give(file)));
    } catch {
      note.textContent = app.say("fileFailed");
    }
  };
  const parts: Child[] = [];
  if (app.lines) {
    parts.push(element("p", { class: "soft" }, app.say("fileHow")));
    const save = async (file: Carried) => saved(app.say, app.store, file);
    parts.push(button(app.say("saveFile"), () => void write(save)));
    if (navigator.canShare?.({ files: [fileOf(new Uint8Array(1))] })) {
      const share = (file: Carried) => shared(app.say, app.store, file);
      parts.push(button(app.say("shareFile"), () => void write(share)));
    }
    parts.push(filed(app.say("receipt"), receipt(app, note)));
  }
  return [...parts, note];
}

/** Whether a download ended nobody tells a page: whoever looked says so. */
export function saved(
  say: Say,
  store: Store,
  file: Carried,
  then: () => void = () => undefined,
): readonly Child[] {
  download(file.data);
  const yes = button(say("fileIsThere"), () => void keep(), { class: "plain" });
  const keep = async (): Promise<void> => {
    await fileIsKept(store, file);
    yes.replaceWith(say("fileKept"));
    then();
  };
  return [`${say("fileThere")} ${NAME} `, yes];
}

/** Handed to another app; who closes that choice has handed nothing on. */
export async function shared(say: Say, store: Store, file: Carried): Promise<readonly Child[]> {
  try {
    await navigator.share({ files: [fileOf(file.data)] });
  } catch {
    return [say("fileNotGiven")];
  }
  await fileIsKept(store, file);
  return [say("fileKept")];
}

function receipt(app: App, note: HTMLElement): HTMLInputElement {
  const input = element("input", { type: "file", accept: ".ack" });
  const read = async (file: File): Promise<void> => {
    try {
      const count = await readReceipt(app.store, await file.text());
      const detail = `${count} ${app.say("receiptRead")}`;
      document.dispatchEvent(new CustomEvent("marrow-arrived", { detail }));
    } catch (trouble) {
      if (!(trouble instanceof NotOurs)) throw trouble;
      note.textContent = app.say("receiptWrong");
    } finally {
      input.value = "";
    }
  };
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) void read(file);
  });
  return input;
}

function fileOf(data: Bytes): File {
  return new File([data], NAME, { type: TYPE });
}

export function download(data: Bytes): void {
  const address = URL.createObjectURL(fileOf(data));
  const link = element("a", { href: address, download: NAME });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
