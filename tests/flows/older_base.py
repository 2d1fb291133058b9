"""A phone's base as an older app left it, made by hand in a browser: what a test of years needs.

It has an older number (21; today's is 30), fewer indexes, a table less, and no copies beside it.
Its lines are of records' first form, sealed with the phone's own key, chained, and sent to nobody.
"""

from __future__ import annotations

# the key of what lies on the phone can be used by its page alone: it is held on to as it is made
HELD = """
const made = [];
const importKey = SubtleCrypto.prototype.importKey;
SubtleCrypto.prototype.importKey = async function (form, raw, how, ...more) {
  const key = await importKey.call(this, form, raw, how, ...more);
  if (how === "AES-GCM") made.push(key);
  return key;
};
window.keysMade = made;
"""

ASKING = """
const done = (asked, end = "onsuccess") =>
  new Promise((then, fail) => {
    asked[end] = () => then(asked.result);
    asked.onerror = asked.onabort = () => fail(asked.error);
  });
const mine = async () =>
  (await indexedDB.databases()).find(({ name }) => name.startsWith("m-"));
"""

KEEPS_KEYS = f"""async () => {{
  {ASKING}
  const asked = indexedDB.open("keys-of-this-test", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("keys");
  const base = await done(asked);
  const all = base.transaction("keys", "readwrite");
  all.objectStore("keys").put(window.keysMade, "all");
  await done(all, "oncomplete");
  base.close();
}}"""

# what stands in the base is put into one of an older number, and two months of lines after it
AGES = f"""async ({{ records, shots, place, first }}) => {{
  {ASKING}
  const {{ name }} = await mine();
  let base = await done(indexedDB.open(name));
  const rows = {{}};
  for (const table of base.objectStoreNames)
    rows[table] = await done(base.transaction(table).objectStore(table).getAll());
  base.close();
  const held = await done(indexedDB.open("keys-of-this-test"));
  const made = await done(held.transaction("keys").objectStore("keys").get("all"));
  held.close();

  const bytes = (text) => new TextEncoder().encode(text);
  const how = (iv, at) => ({{ name: "AES-GCM", iv, additionalData: bytes(at) }});
  const proof = rows.kept.find((row) => row.name === "enrolment").c;
  let key;
  for (const one of made) {{
    const opens = how(proof.slice(0, 12), "kept:enrolment");
    const opened = crypto.subtle.decrypt(opens, one, proof.slice(12));
    if (await opened.catch(() => undefined)) key = one;
  }}
  const seal = async (at, clear) => {{
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = typeof clear === "string" ? bytes(clear) : clear;
    const sealed = new Uint8Array(await crypto.subtle.encrypt(how(iv, at), key, text));
    const whole = new Uint8Array(12 + sealed.length);
    whole.set(iv);
    whole.set(sealed, 12);
    return whole;
  }};
  const two = (one) => one.toString(16).padStart(2, "0");
  const hex = (told, most = 64) => [...new Uint8Array(told)].map(two).join("").slice(0, most);
  const digest = (told) => crypto.subtle.digest("SHA-256", told);

  const begun = new Date(first).getTime();
  let [q, h] = [rows.ops.length, rows.ops.at(-1)?.h ?? ""];
  const line = async (rec, told, at) => {{
    q += 1;
    const text = JSON.stringify({{ q, ...told, at: new Date(at).toISOString() }});
    h = hex(await digest(bytes(h + text)), 32);
    rows.ops.push(
      {{ q, rec, h, state: "queued", why: "", at, c: await seal(`op:${{q}}`, text) }});
  }};
  for (let n = 0; n < records; n += 1) {{
    const at = begun + Math.floor((n * 60) / records) * 86_400_000 + n * 1000;
    const held_on = new Date(at).toISOString().slice(0, 10);
    const data = {{
      ...place, held_on, kind: ["RESCUE", "DELIVERY", "ADVICE"][n % 3], sex: "FM"[n % 2],
      age: n % 5 ? "18_64" : "U1", count: 1, with_whom: `Dr Test ${{n % 9}}`,
    }};
    const id = crypto.randomUUID();
    await line(id, {{ r: id, t: "record", s: 1, k: "create", d: data }}, at);
    if (n < shots.length) {{
      const jpeg = Uint8Array.from(atob(shots[n]), (one) => one.charCodeAt(0));
      const sha = hex(await digest(jpeg));
      rows.blobs.push({{ sha, size: jpeg.length, state: "queued", recs: [id], at }});
      rows.chunks.push({{ sha, n: 0, c: await seal(`blob:${{sha}}:0`, jpeg) }});
      const file = {{ of: "record", record: id, sha256: sha }};
      await line(id, {{ r: crypto.randomUUID(), t: "file", s: 1, k: "create", d: file }}, at);
    }}
    const rec = {{ id, type: "record", at: new Date(at).toISOString(), data }};
    const c = await seal(`rec:${{id}}`, JSON.stringify(rec));
    rows.recs.push({{ id, type: "record", month: held_on.slice(0, 7), q, c }});
  }}

  await done(indexedDB.deleteDatabase(name));
  const older = indexedDB.open(name, 21);
  const tables = {{
    ops: ["q", "state"], recs: ["id", "q"], drafts: ["form"], kept: ["name"], meta: ["key"],
    blobs: ["sha", "state"], chunks: [["sha", "n"]],
  }};
  older.onupgradeneeded = () => {{
    for (const [table, [keyPath, ...indexes]] of Object.entries(tables)) {{
      const one = older.result.createObjectStore(table, {{ keyPath }});
      for (const index of indexes) one.createIndex(index, index);
    }}
  }};
  base = await done(older);
  const all = base.transaction(Object.keys(tables), "readwrite");
  for (const table of Object.keys(tables))
    for (const row of rows[table]) all.objectStore(table).put(row);
  await done(all, "oncomplete");
  base.close();
  for (const place of await caches.keys())
    if (place.startsWith("marrow-kept-")) await caches.delete(place);
  await done(indexedDB.deleteDatabase("keys-of-this-test"));
  return {{ lines: q, h }};
}}"""

STANDS = f"""async () => {{
  {ASKING}
  const {{ name, version }} = await mine();
  const base = await done(indexedDB.open(name));
  const found = {{ version, tables: [...base.objectStoreNames] }};
  for (const table of ["ops", "recs", "blobs", "chunks", "drafts"])
    found[table] = await done(base.transaction(table).objectStore(table).count());
  base.close();
  return found;
}}"""
