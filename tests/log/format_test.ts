/**
 * `docs/log-format.md` has a row for every kind of event, with exactly its fields, in their order; `thread` is described for all of them.
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";
import { EVENT_KINDS } from "../../store/codec/decode_event.ts";

interface Described {
  readonly properties: object;
  readonly required: readonly string[];
}

const read = (path: string) => Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url));

/** The rows of the page: kind to fields, an optional one with its `?`. */
function rowsOf(page: string): Map<string, readonly string[]> {
  const rows = new Map<string, readonly string[]>();
  for (
    const [, kind, fields] of page.matchAll(/^\| `([a-z_]+)` \| ((?:`[a-z_0-9]+`\?? ?)+) \|/gm)
  ) {
    if (kind === undefined || fields === undefined) continue;
    rows.set(
      kind,
      [...fields.matchAll(/`([a-z_0-9]+)`(\??)/g)].map(([, name, mark]) => `${name}${mark}`),
    );
  }
  return rows;
}

// covers: TRC-07
Deno.test("docs/log-format.md describes every kind of event with its fields", () => {
  const defs: { readonly [name: string]: Described } =
    JSON.parse(read("schema/log.schema.json")).$defs;
  const rows = rowsOf(read("docs/log-format.md"));
  assertEquals([...rows.keys()].sort(), [...EVENT_KINDS].sort());
  for (const [kind, fields] of rows) {
    const described = defs[kind];
    assert(described !== undefined);
    const expected = Object.keys(described.properties).slice(2).filter((name) => name !== "thread")
      .map((name) => described.required.includes(name) ? name : `${name}?`);
    assertEquals(fields, expected, kind);
  }
});
