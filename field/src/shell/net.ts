import type { Answer } from "../outbox/push";
import type { Enrolment } from "../outbox/store";
import type { Reference } from "./app";

const PATIENCE = 25_000; // ms without an answer: then the link is as good as gone

async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  return fetch(address, { ...init, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
}

/** Make this phone known; undefined when nobody is signed in. */
export async function enrol(): Promise<Enrolment | undefined> {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const headers = { "X-CSRFToken": cookie?.[1] ?? "" };
  const answer = await ask("/field/enrol/", { method: "POST", headers });
  return answer.ok ? ((await answer.json()) as Enrolment) : undefined;
}

/** What is kept to read with no network; undefined when nobody is signed in. */
export async function reference(): Promise<Reference | undefined> {
  const answer = await ask("/field/reference/");
  return answer.ok ? ((await answer.json()) as Reference) : undefined;
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
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return JSON.parse((await answer.text()).split("\n", 1)[0] ?? "") as Answer;
}
