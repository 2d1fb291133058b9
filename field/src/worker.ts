/**
 * Keeps the shell for days with no network. The newest shell wins when there is a network; a
 * stored one opens when there is none. It never answers for the wire: that is the outbox's work.
 */
declare const self: ServiceWorkerGlobalScope;

const CACHE = "marrow-field-2";
const SHELL = "/field/";

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
  if (address.pathname === SHELL) event.respondWith(shell(event.request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(part(event.request));
});

async function shell(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok) await keepShell().catch(() => undefined);
    return answer;
  } catch {
    return (await caches.match(SHELL)) ?? Response.error();
  }
}

async function part(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

export {};
