/** A photograph drawn anew: small, and without the place, time and owner that a camera writes. */
import type { Bytes } from "../vault/seal";

export const LONGEST = 1280; // pixels of the longer side
export const TARGET = 150_000; // bytes
const QUALITIES = [0.82, 0.7, 0.55, 0.4];
const SMALLEST = 480; // pixels

export class NoPicture extends Error {}

export async function shrunk(file: Blob): Promise<Bytes> {
  const drawn = await createImageBitmap(file).catch(() => {
    throw new NoPicture("This is no picture.");
  });
  let longest = Math.min(LONGEST, Math.max(drawn.width, drawn.height));
  for (;;) {
    const canvas = sized(drawn, longest);
    for (const quality of QUALITIES) {
      const told = await jpeg(canvas, quality);
      if (told.size <= TARGET || (longest <= SMALLEST && quality === QUALITIES.at(-1))) {
        drawn.close();
        return new Uint8Array(await told.arrayBuffer());
      }
    }
    longest = Math.max(SMALLEST, Math.round(longest * 0.75));
  }
}

function sized(drawn: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new NoPicture("This browser draws nothing.");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((done, fail) => {
    const take = (told: Blob | null): void =>
      told ? done(told) : fail(new NoPicture("This browser makes no JPEG."));
    canvas.toBlob(take, "image/jpeg", quality);
  });
}
