/**
 * Keeps the shell for days with no network. The newest shell wins when it comes in good time; a
 * stored one opens when there is no network, or one that takes long. It never answers for the wire: that is the outbox's work.
 */
declare const self: ServiceWorkerGlobalScope;

const CACHE = "marrow-field-2";
const SHELL = "/field/";
const PATIENCE = 1_500; // ms that a newer shell has to come

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell()); // a new worker waits until no page of the app is open
});

self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(self.skipWaiting()); // all pages agreed
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

/** The shell and what it asks for, all or nothing. */
async function keepShell(): Promise<void> {
  const answer = await fetch(SHELL, { cache: "reload" });
  if (!answer.ok) throw new Error(`The shell answered ${answer.status}.`);
  const text = await answer.clone().text();
  const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  const cache = await caches.open(CACHE);
  await cache.addAll(parts.filter((part) => part !== undefined));
  await cache.put(SHELL, answer);
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === SHELL) {
    event.respondWith(shell(event.request, (work) => event.waitUntil(work)));
  } else if (address.pathname.startsWith("/static/")) event.respondWith(part(event.request));
});

/** A link may take what is asked for and answer nothing: nobody looks at an empty page for it. */
async function shell(request: Request, alive: (work: Promise<unknown>) => void): Promise<Response> {
  const fresh = newest(request);
  alive(fresh.catch(() => undefined)); // what comes late is for the next start
  const stored = await caches.match(SHELL);
  if (!stored) return fresh;
  const late = new Promise<Response>((done) => setTimeout(() => done(stored), PATIENCE));
  return Promise.race([fresh.catch(() => stored), late]);
}

async function newest(request: Request): Promise<Response> {
  const answer = await fetch(request);
  if (answer.ok) await keepShell().catch(() => undefined);
  return answer;
}

async function part(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

export {};
