/**
 * Every place of a command line that takes a file × a file of every kind: the right exit code, a first line that names the problem, no
 * trace of the stack, no escape sequence, no endless reading; and no file is changed.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "../../std/assert.ts";
import { COMMANDS } from "../../cli/spec/commands.ts";
import { type CommandResult, dustrunOn } from "../support/memory_io.ts";
import { needing } from "../support/needs.ts";
import { FILES, LIMIT, type Slot, SLOTS, wordsOf, writeFiles } from "../support/operand_matrix.ts";

/** What fits nowhere else is refused as such; a text may also be refused by whoever reads it. */
function exitsOf(slot: Slot, file: string): readonly number[] | "any" {
  const kind = FILES[file];
  if (kind === undefined) {
    return slot.line.startsWith("conformance") && file === "folder" ? [5] : [2];
  }
  if (slot.takes.includes(kind)) return "any";
  return kind === "text" || kind === "empty"
    ? [1, 2, 3, 5, 6]
    : kind === "signer key"
    ? [2, 5]
    : [2];
}

const HEADLINE = /^(?:error\[DR[0-9]{4}\]: |[^\n]*:[0-9]+:[0-9]+: error\[DR0[0-9]{3}\]: )[^\n]+\n/;

function assertNamed(
  { exit, stdout, stderr }: CommandResult,
  expected: readonly number[] | "any",
  where: string,
) {
  const all = stdout + stderr;
  assert(exit !== 4, `${where}: a bug\n${all}`);
  assert(expected === "any" || expected.includes(exit), `${where}: exit ${exit}\n${all}`);
  // deno-lint-ignore no-control-regex -- these are looked for
  assert(!/\u001b|^ +at .*(?:file:|\.ts:|\.js:)[^\n]*:[0-9]+\)?$/m.test(all), `${where}\n${all}`);
  // A verdict is an answer, on standard output; everything else that goes wrong is a message.
  if (exit !== 0 && stdout === "") assertMatch(stderr, HEADLINE, where);
}

/** The content of every file of a folder, by name. */
function contentOf(folder: string): ReadonlyMap<string, string> {
  const files = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile);
  return new Map(files.map(({ name }) => [name, Deno.readFileSync(`${folder}/${name}`).join()]));
}

Deno.test(needing({
  name: "every place for a file × every kind of file has the right exit code and message",
  needs: [],
  size: "ci",
  async fn() {
    const folder = Deno.makeTempDirSync();
    try {
      await writeFiles(folder);
      const before = contentOf(folder);
      for (const isTerminal of [false, true]) {
        for (const slot of SLOTS) {
          for (const file of Object.keys(FILES)) {
            const words = wordsOf(slot, file, (name) => `${folder}/${name}`);
            const began = performance.now();
            const surroundings = { isTerminal, color: false, columns: 40, most: LIMIT };
            const result = await dustrunOn(surroundings, words);
            const where = words.join(" ");
            assert(performance.now() - began < 20_000, `${where} takes too long`);
            assertNamed(result, exitsOf(slot, file), where);
          }
        }
      }
      assertEquals(contentOf(folder), before);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
}));

Deno.test("the matrix has every command that takes a file", () => {
  const covered = new Set(SLOTS.map(({ line }) => line.split(" ")[0]));
  const others = COMMANDS.map(({ name }) => name).filter((name) => !covered.has(name));
  // They need a terminal, take runs of the store, write a new file, or take a word.
  assertEquals(others, ["step", "runs", "keygen", "completions"]);
});
