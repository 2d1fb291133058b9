import { expect, test, vi } from "vitest";
import { TooMuch } from "../outbox/pace";
import { lineIsNew, send } from "./net";

const ANSWER = JSON.stringify({ ack: 1, fork: false, notes: [] });

function answers(...parts: (string | Error)[]): void {
  const body = new ReadableStream<Uint8Array>({
    pull(to) {
      const part = parts.shift();
      if (part instanceof Error) to.error(part);
      else if (part === undefined) to.close();
      else to.enqueue(new TextEncoder().encode(part));
    },
  });
  vi.stubGlobal("fetch", async () => new Response(body, { status: 200 }));
}

test("an answer that breaks while it is read was too much for the line, no answer is not", async () => {
  answers(ANSWER.slice(0, 5), ANSWER.slice(5));
  expect((await send("a", "t")).ack).toBe(1);
  answers(ANSWER.slice(0, 5), new TypeError("network error"));
  await expect(send("a", "t")).rejects.toBeInstanceOf(TooMuch);
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  await expect(send("a", "t")).rejects.toBeInstanceOf(TypeError);
});

test("what was asked over a network that is gone is given up when another comes", async () => {
  let stopped: unknown;
  const hangs = (_to: string, asked: RequestInit): Promise<Response> =>
    new Promise((_ok, fails) => {
      asked.signal?.addEventListener("abort", () => fails(asked.signal?.reason));
    });
  vi.stubGlobal("fetch", hangs);
  const asked = send("a", "t").catch((why) => {
    stopped = why;
  });
  await vi.waitFor(() => {
    lineIsNew();
    expect(stopped).toBeDefined();
  });
  await asked;
  expect(stopped, "and it is no reason to send less").not.toBeInstanceOf(TooMuch);
});
