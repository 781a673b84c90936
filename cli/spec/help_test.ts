import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun, dustrunOn } from "../../tests/support/memory_io.ts";
import { parseTree } from "npm:jsonc-parser@3.3.1";
import { parseManifest } from "../input/manifest.ts";
import { MANIFEST_MEMBERS } from "../input/manifest_members.ts";
import { ManifestNodes } from "../input/manifest_nodes.ts";
import { displayWidth } from "../text/width.ts";
import { COMMANDS } from "./commands.ts";
import { TOPICS } from "./topics.ts";

const HELLO = new URL("../../fixtures/programs/hello/program.dir.json", import.meta.url).pathname;

Deno.test("help about every command and topic fits terminals of 80, 60 and 40 columns", async () => {
  const asked = [[], ...[...COMMANDS, ...TOPICS].map(({ name }) => [name])];
  for (const columns of [80, 60, 40]) {
    for (const words of asked) {
      const { exit, stdout } = await dustrunOn({ isTerminal: true, columns }, ["help", ...words]);
      assertStrictEquals(exit, 0);
      // A path or a digest is one word, however long.
      const lines = stdout.split("\n").filter((line) => !/^ *\S+( \\)?$/.test(line));
      assertEquals(lines.filter((line) => displayWidth(line) > columns), [], words.join(" "));
    }
  }
});

Deno.test("the manifest in the help is a valid one with every member", () => {
  const topic = TOPICS.find(({ name }) => name === "environment");
  const text = topic?.paragraphs.find((paragraph) => paragraph.startsWith(" {")) ?? "";
  const given = new Set<string>();
  const nodes = new ManifestNodes(text, "help");
  nodes.members(parseTree(text), MANIFEST_MEMBERS, (name) => given.add(name));
  assertEquals([...given], [...MANIFEST_MEMBERS]);
  assertEquals(parseManifest(text, "help").ok, true);
});

Deno.test("help shows the accepted words of an option, and corrects a topic", async () => {
  const { stdout } = await dustrun("diff", "--help");
  assertMatch(stdout, /--level observational\|trace\|bytes/);
  const { exit, stderr } = await dustrun("help", "enviroment");
  assertStrictEquals(exit, 5);
  assertMatch(stderr, /did you mean environment\?/);
});

Deno.test("options are read anywhere, also before the command", async () => {
  const log = Deno.makeTempFileSync();
  const lines = [
    ["--json", "check", HELLO],
    ["check", "--json", HELLO],
    ["check", HELLO, "--json"],
    ["--color", "never", "--json", "check", HELLO],
  ];
  const answers = await Promise.all(lines.map((words) => dustrun(...words)));
  assertEquals(new Set(answers.map(({ stdout }) => stdout)).size, 1);
  assertStrictEquals((await dustrun("--log", log, "--simulate", "run", HELLO)).exit, 0);
  assertStrictEquals((await dustrun("--at", "end", "--json", "state", log)).exit, 0);
  assertStrictEquals((await dustrun("--level", "trace", "diff", log, log)).exit, 0);
});

Deno.test("every option is a flag in all commands that have it, or has a value in all", () => {
  const valued = new Map<string, boolean>();
  for (const { name, value } of COMMANDS.flatMap(({ options }) => options)) {
    assertStrictEquals(valued.get(name) ?? value !== undefined, value !== undefined, name);
    valued.set(name, value !== undefined);
  }
});

Deno.test("--color decides over the terminal", async () => {
  const program = HELLO.replace("programs/hello", "diagnostics/linearity/arms_differ");
  const isColored = async (isTerminal: boolean, ...words: readonly string[]) =>
    (await dustrunOn({ isTerminal }, ["check", program, ...words])).stderr.includes("\u001b[");
  assertEquals(
    [
      await isColored(true),
      await isColored(true, "--color", "never"),
      await isColored(false),
      await isColored(false, "--color", "always"),
    ],
    [true, false, false, true],
  );
  assert(!(await isColored(false, "--color", "auto")));
});
