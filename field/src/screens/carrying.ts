/** What waits, written into a file that somebody carries; and the receipt that comes back. */
import { NotOurs, readReceipt, writeFile } from "../carry/file";
import type { App } from "../shell/app";
import type { Bytes } from "../vault/seal";
import { button, type Child, element, field } from "./parts";

const NAME = "marrow-field.mrw";
const TYPE = "application/octet-stream";

export function recoveryKey(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="recovery-key"]')?.content ?? "";
}

export function carrying(app: App): readonly Child[] {
  const note = element("p", { role: "status", id: "carried" });
  const write = async (give: (data: Bytes) => Promise<void> | void): Promise<void> => {
    const data = await writeFile(app.store, recoveryKey(), new Date());
    if (data) await give(data);
  };
  const parts: Child[] = [];
  if (app.lines) {
    parts.push(element("p", { class: "soft" }, app.say("fileHow")));
    parts.push(button(app.say("saveFile"), () => void write(download)));
    if (navigator.canShare?.({ files: [fileOf(new Uint8Array(1))] })) {
      const share = async (data: Bytes): Promise<void> => {
        await navigator.share({ files: [fileOf(data)] }).catch(() => undefined);
      };
      parts.push(button(app.say("shareFile"), () => void write(share)));
    }
    parts.push(field(app.say("receipt"), receipt(app, note)));
  }
  return [...parts, note];
}

function receipt(app: App, note: HTMLElement): HTMLInputElement {
  const input = element("input", { type: "file", accept: ".ack" });
  const read = async (file: File): Promise<void> => {
    try {
      const count = await readReceipt(app.store, await file.text());
      note.textContent = `${count} ${app.say("receiptRead")}`;
      document.dispatchEvent(new Event("marrow-arrived"));
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
