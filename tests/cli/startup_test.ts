/**
 * What a command loads before it runs. Time is measured by `bench/startup.ts`; these sets decide it and do not depend on the
 * machine.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { executeToLog, LogWriter, MemoryFile, verifyLog } from "../../mod.ts";
import { readModuleSyntax } from "../support/module_syntax.ts";

const ROOT = new URL("../../", import.meta.url);

/** Static imports of values, by file: many commands load the same files. */
const known = new Map<string, readonly string[]>();

function importsOf(url: URL): readonly string[] {
  const read = () =>
    readModuleSyntax(url.pathname, Deno.readTextFileSync(url)).imports
      .flatMap(({ kind, specifier = "" }) =>
        kind === "value" && specifier !== "" ? [specifier] : []
      );
  const imports = known.get(url.href) ?? read();
  known.set(url.href, imports);
  return imports;
}

/** Files and packages that are loaded with a file: those that it imports statically, and so on. */
function loadedWith(file: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const visit = (url: URL): void => {
    if (loaded.has(url.href)) return;
    loaded.add(url.href);
    for (const specifier of importsOf(url)) {
      if (specifier.startsWith(".")) {
        if (/\.ts$/.test(specifier)) visit(new URL(specifier, url));
      } else loaded.add(specifier);
    }
  };
  visit(new URL(file, ROOT));
  return new Set([...loaded].map((each) => each.replace(ROOT.href, "")));
}

const HEAVY =
  /^node:|^dvm\/(phi|host01)\/|^store\/(conformance|projection\/(replay|diff|explain|audit))\/|^store\/realize\/(?!realizer\.ts$)/;

for (const command of ["check", "run", "verify"]) {
  Deno.test(`dustrun ${command} loads none of the heavy parts before it needs them`, () => {
    const loaded = loadedWith(`cli/commands/${command}.ts`);
    assert(loaded.size > 20);
    assertEquals([...loaded].filter((file) => HEAVY.test(file)), []);
  });
}

Deno.test("the command line and its table load no command, and of the machine only the version and functions on text", () => {
  const loaded = [...loadedWith("cli.ts").union(loadedWith("cli/dispatch.ts"))];
  assertEquals(loaded.filter((file) => /^(dvm|store|cli\/(commands|render|input))\//.test(file)), [
    "dvm/text/visible.ts",
    "dvm/base/version.ts",
    "dvm/text/suggest.ts",
  ]);
});

Deno.test("no file of a command imports a host module statically, so the bundle loads none at start", () => {
  const host = [...Deno.readDirSync(new URL("cli/commands", ROOT))]
    .map(({ name }) => `cli/commands/${name}`)
    // The worker of a suite is a separate entry and not in the bundle.
    .filter((file) => !/_test\.ts$|_worker\.ts$/.test(file))
    .flatMap((file) => [...loadedWith(file)].filter((each) => each.startsWith("node:")));
  assertEquals(host, []);
});

Deno.test("executing into a small log and verifying it does not load the host's buffers", () => {
  const artifact = new URL("fixtures/programs/hello/program.dir.json", ROOT);
  const file = new MemoryFile();
  const load = globalThis.process.getBuiltinModule;
  const loaded: string[] = [];
  globalThis.process.getBuiltinModule = (name: string) => {
    loaded.push(name);
    return load(name);
  };
  try {
    const writer = new LogWriter(file);
    const artifacts = [{ name: "hello", text: Deno.readTextFileSync(artifact) }];
    executeToLog({ artifacts, input: { mode: "simulate" } }, writer);
    assertStrictEquals(verifyLog(file).status, "complete");
  } finally {
    globalThis.process.getBuiltinModule = load;
  }
  // Where tests share a process, earlier ones may have hashed so much that later messages go to the host.
  assertEquals(loaded.filter((name) => name !== "node:crypto"), []);
});
