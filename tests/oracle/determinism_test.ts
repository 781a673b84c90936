/**
 * The same inputs give the same bytes: run after run, for any order of the members of objects, and under every version
 * of the runtime that is supported.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { execute, load, parsePlain, type PlainArgument, summaryTrace } from "../../mod.ts";
import { type Fixture, fixtures, goldenFiles, loadFixture } from "../support/fixtures.ts";
import { Random } from "../../campaign/random.ts";
import { testSeed } from "../support/size.ts";
import { needing, tool } from "../support/needs.ts";

/** The oldest supported runtime, as a package of npm. */
const OLDEST = "deno@2.6.8";

// covers: REP-01, FAI-04, CON-13
Deno.test("two runs of a fixture are the same bytes", () => {
  for (const fixture of fixtures()) {
    assertEquals([...goldenFiles(fixture)], [...goldenFiles(fixture)], fixture.name);
  }
});

// covers: REP-01
Deno.test("the order of members has no effect: in artifacts, and in arguments", () => {
  const random = new Random(testSeed("order of members", 7));
  for (const fixture of fixtures()) {
    for (let round = 0; round < 3; round++) {
      const artifacts = fixture.artifacts.map(({ name, text }) => ({
        name,
        text: write(reordered(read(text), random)),
      }));
      const input = reordered(fixture.input as PlainArgument, random) as Fixture["input"];
      const shuffled = { ...fixture, artifacts, input };
      assertEquals(told(shuffled), told(fixture), fixture.name);
      assertStrictEquals(logOf({ ...fixture, input }), logOf(fixture), fixture.name);
    }
  }
});

// covers: DIR-13
Deno.test("the order of declarations and of linked artifacts has no effect", () => {
  const random = new Random(testSeed("order of declarations", 8));
  for (const fixture of fixtures()) {
    const { diagnostics } = execute(loadFixture(fixture), fixture.input);
    if (diagnostics.length > 1) continue; // several violations are told in document order
    for (let round = 0; round < 3; round++) {
      const artifacts = random.shuffled(fixture.artifacts).map(({ name, text }) => ({
        name,
        text: write(redeclared(read(text), random)),
      }));
      assertStrictEquals(traceOf({ ...fixture, artifacts }), traceOf(fixture), fixture.name);
    }
  }
});

// covers: REP-01, TYP-19
Deno.test(needing({
  name: "the oldest supported runtime writes the same bytes as this one",
  needs: [tool("npx", "--yes", OLDEST, "--version")],
  size: "ci",
  fn: async () => {
    const script = new URL("./print_digests.ts", import.meta.url).pathname;
    const words = ["run", "--allow-read", script];
    const here = await output(Deno.execPath(), words);
    assert(here.split("\n").length > fixtures().length);
    const there = await output("npx", ["--yes", OLDEST, ...words]);
    assertStrictEquals(there, here);
  },
}));

/** The standard output of a command, which must succeed. */
async function output(command: string, args: readonly string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(command, { args: [...args] }).output();
  assert(success, command);
  return new TextDecoder().decode(stdout);
}

/** Everything that a run reports, except the text of the artifacts. */
function told(fixture: Fixture): readonly string[] {
  return logOf(fixture).split("\n").filter((line) =>
    !/^\{"seq":[0-9]+,"kind":"(run_started|program_loaded|checkpoint)"/.test(line)
  );
}

function logOf(fixture: Fixture): string {
  return goldenFiles(fixture).get("log.jsonl") ?? "";
}

function traceOf({ artifacts, input }: Fixture): string {
  const loaded = load(artifacts);
  assert(loaded.ok);
  return JSON.stringify(summaryTrace(execute(loaded.value, input)));
}

function read(text: string): PlainArgument {
  const parsed = parsePlain(text);
  assert(parsed.ok);
  return parsed.value;
}

/** JSON text; integers beyond 2^53 are `bigint`, which `JSON.stringify` refuses. */
function write(plain: PlainArgument): string {
  if (isList(plain)) return `[${plain.map(write).join(",")}]`;
  if (typeof plain !== "object" || plain === null) {
    return typeof plain === "bigint" ? String(plain) : JSON.stringify(plain);
  }
  return `{${
    Object.entries(plain).map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`)
  }}`;
}

function reordered(plain: PlainArgument, random: Random): PlainArgument {
  if (isList(plain)) return plain.map((item) => reordered(item, random));
  if (typeof plain !== "object" || plain === null) return plain;
  const members = Object.entries(plain).map(([name, value]) => [name, reordered(value, random)]);
  return Object.fromEntries(random.shuffled(members));
}

const UNORDERED: readonly string[] = ["forges", "shapes", "procs", "binds", "types", "locals"];

function redeclared(plain: PlainArgument, random: Random): PlainArgument {
  if (isList(plain)) return plain.map((item) => redeclared(item, random));
  if (typeof plain !== "object" || plain === null) return plain;
  const members = Object.entries(plain).map(([name, value]): [string, PlainArgument] => {
    const inner = redeclared(value, random);
    return [name, UNORDERED.includes(name) && isList(inner) ? random.shuffled(inner) : inner];
  });
  return Object.fromEntries(members);
}

function isList(plain: PlainArgument): plain is readonly PlainArgument[] {
  return Array.isArray(plain);
}
