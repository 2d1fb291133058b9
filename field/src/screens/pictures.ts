/** Photographs of a record: chosen in its form, kept at once, shown with where they are. */
import { blobsOf, bytesOf, keepBlob, missingOf } from "../carry/blobs";
import { outOf } from "../carry/out";
import { shrunk } from "../carry/picture";
import type { Blob_ } from "../outbox/store";
import { isAside } from "../see/counted";
import type { Line } from "../see/history";
import { photographFits } from "../see/reserve";
import { room } from "../see/safety";
import type { Voided } from "../see/team";
import type { App } from "../shell/app";
import type { Word } from "../words/words";
import { button, type Child, element, filed } from "./parts";
import { whoWrote } from "./told";

const MOST = 8; // photographs of a record

let taking: Promise<void> = Promise.resolve();

/** All that was chosen is kept, or was told not to be. */
export function pictured(): Promise<void> {
  return taking;
}

export function namesIn(told: string | undefined): readonly string[] {
  return (told ?? "").split(" ").filter(Boolean);
}

/** Photographs of a form that are not on this phone any more: what may be done, and the first. */
export interface Gone {
  readonly words: string;
  readonly among: (made: HTMLFormElement) => Element | null;
}

/** Undefined where none is gone. */
export async function gonePictures(app: App, told: string | undefined): Promise<Gone | undefined> {
  const gone = await missingOf(app.store, namesIn(told));
  if (gone.length === 0) return undefined;
  const which = gone.map((at) => `${app.say("picture")} ${at}`).join(", ");
  const words = `${app.say("pictureGone")}${app.say("colon")}${which}`;
  return { words, among: (made) => made.querySelector(`.shots figure:nth-child(${gone[0]})`) };
}

/** A button that takes photographs; their names stand in the form's value `pictures`. */
export function pictures(app: App, draft: string): HTMLElement {
  const names = element("input", { type: "hidden", name: "pictures", value: draft });
  const input = element("input", { type: "file", accept: "image/*", multiple: "" });
  const note = element("p", { role: "alert", class: "note" });
  const shown = element("div", { class: "shots" });
  const stand = (told: readonly string[]): void => {
    names.value = told.join(" ");
    names.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = async (): Promise<void> => {
    const told = namesIn(names.value);
    const figures = await images(app, told);
    for (const [at, figure] of figures.entries()) {
      const out = button(app.say("takeOut"), () => void leave(told[at]), { class: "plain" });
      out.setAttribute("aria-label", `${app.say("takeOut")} · ${app.say("picture")} ${at + 1}`);
      figure.append(out);
    }
    shown.replaceChildren(...figures);
  };
  const leave = async (name: string | undefined): Promise<void> => {
    stand(namesIn(names.value).filter((one) => one !== name));
    note.textContent = "";
    await show();
    input.focus();
  };
  const take = async (files: readonly File[]): Promise<void> => {
    for (const [at, file] of files.entries()) {
      const told = namesIn(names.value);
      if (told.length >= MOST) {
        note.append(` ${files.length - at} ${app.say("eightPictures")}`);
        break;
      }
      const { left } = await room();
      if (!(await photographFits(app.store, left))) {
        note.textContent = app.say("noRoom");
        break;
      }
      try {
        const name = await keepBlob(app.store, await shrunk(file), new Date());
        stand([...new Set([...told, name])]);
      } catch {
        note.textContent = app.say("noPicture");
      }
    }
    await show();
  };
  input.addEventListener("change", (event) => {
    event.stopPropagation();
    note.textContent = "";
    const files = [...(input.files ?? [])];
    taking = taking
      .then(() => take(files))
      .finally(() => {
        input.value = "";
      });
  });
  void show();
  return element("div", {}, filed(app.say("takePicture"), input), names, shown, note);
}

/** Where a photograph of a record is: its bytes may be at the office, and the office have taken none
 * with this record. */
export function whereIsPicture(
  { sha, state }: Pick<Blob_, "sha" | "state">,
  lines: readonly Line[],
): Word {
  const words = {
    chosen: "queued", queued: "picturePending", on_server: "on_server", refused: "noPicture",
    turned_away: "pictureTurned", taken_out: "pictureOut",
  } as const; // biome-ignore format: a list of words
  const line = lines.findLast((one) => one.type === "file" && one.data.sha256 === sha);
  if (state === "on_server" && line && isAside(line)) return line.state as "stayed" | "quarantined";
  return words[state];
}

/** The photographs of a record that this phone wrote. */
export async function picturesOf(
  app: App,
  rec: string,
  lines: readonly Line[],
): Promise<readonly Child[]> {
  const blobs = await blobsOf(app.store, rec);
  const outs = await Promise.all(blobs.map(({ sha }) => outOf(app.store, sha, rec)));
  const here = blobs.filter((_, at) => !outs[at]);
  const told = here.map((blob) => app.say(whereIsPicture(blob, lines)));
  const names = here.map((blob) => blob.sha);
  const shown = here.length ? await images(app, names, told) : [];
  return [
    ...(shown.length ? [element("div", { class: "shots" }, ...shown)] : []),
    ...outs.filter((out) => out !== undefined).map((out) => element("p", {}, outWords(app, out))),
  ];
}

/** Who took a photograph out of its record, and why. */
export function outWords(app: App, { why, by }: Voided): string {
  return `${app.say("pictureOut")} · ${whoWrote(app, by)}${app.say("colon")}${why}`;
}

async function images(
  app: App,
  names: readonly string[],
  told: readonly string[] = [],
): Promise<HTMLElement[]> {
  return Promise.all(
    names.map(async (name, at) => {
      const data = await bytesOf(app.store, name);
      const parts: Child[] = [];
      if (data) {
        const address = URL.createObjectURL(new Blob([data], { type: "image/jpeg" }));
        const image = element("img", { src: address, alt: `${app.say("picture")} ${at + 1}` });
        image.addEventListener("load", () => URL.revokeObjectURL(address));
        parts.push(image);
      } else if (!told[at]) parts.push(element("figcaption", {}, app.say("pictureNotHere")));
      if (told[at]) parts.push(element("figcaption", {}, told[at]));
      return element("figure", {}, ...parts);
    }),
  );
}
