/**
 * `THIRD_PARTY.md` names every npm package, with the version and licence that is used: the table is compared with `deno.lock`,
 * with every `npm:` specifier in the project, and with the licence that the installed package declares.
 *
 * @module
 */
import ajv from "ajv/package.json" with { type: "json" };
import fastCheck from "fast-check/package.json" with { type: "json" };
import jsoncParser from "jsonc-parser/package.json" with { type: "json" };
import { assert, assertEquals } from "../../std/assert.ts";

const ROOT = new URL("../../", import.meta.url);
const PAGE = Deno.readTextFileSync(new URL("THIRD_PARTY.md", ROOT));
const SPECIFIER = /["'`]npm:\/?((?:@[\w.-]+\/)?[\w.-]+)@([\w.-]+)/g;

/** Rows of the package table: `name@version` to licence. */
const LISTED = new Map(
  [...PAGE.matchAll(/^\| `([\w@./-]+)` \| ([\d][\w.-]*) \| ([\w.-]+) \| [^|]+ \| [^|]+ \|$/gm)]
    .map(([, name, version, licence]) => [`${name}@${version}`, licence ?? ""]),
);

function sourcesBelow(folder: string): string[] {
  return [...Deno.readDirSync(new URL(folder, ROOT))].flatMap(({ name, isDirectory }) => {
    if (name.startsWith(".") || ["node_modules", "dist", "fixtures"].includes(name)) return [];
    if (isDirectory) return sourcesBelow(`${folder}${name}/`);
    return /\.(?:ts|json|jsonc)$/.test(name) ? [`${folder}${name}`] : [];
  });
}

function lockedPackages(): string[] {
  const lock: { readonly npm?: { readonly [id: string]: unknown } } = JSON.parse(
    Deno.readTextFileSync(new URL("deno.lock", ROOT)),
  );
  return Object.keys(lock.npm ?? {}).map((id) => id.replace(/_.*$/, "")).sort();
}

Deno.test("THIRD_PARTY.md lists exactly the packages of deno.lock", () => {
  assertEquals([...LISTED.keys()].sort(), lockedPackages());
});

Deno.test("THIRD_PARTY.md lists every npm specifier in the project", () => {
  const found = new Set<string>();
  for (const file of sourcesBelow("./")) {
    const text = Deno.readTextFileSync(new URL(file, ROOT));
    for (const [, name, version] of text.matchAll(SPECIFIER)) {
      assert(LISTED.has(`${name}@${version}`), `${file}: npm:${name}@${version} is not listed`);
      found.add(`${name}@${version}`);
    }
  }
  assert(found.size >= 3, "no specifiers found");
});

Deno.test("THIRD_PARTY.md states the licence that a package declares", () => {
  for (const { name, version, license } of [ajv, fastCheck, jsoncParser]) {
    assertEquals(LISTED.get(`${name}@${version}`), license, name);
  }
});
