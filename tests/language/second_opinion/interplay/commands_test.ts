/**
 * The command cases of the second opinion.
 *
 * @module
 */
import { assertStrictEquals } from "../../../../std/assert.ts";
import { dustrun } from "../../../support/memory_io.ts";
import { type CommandCase, COMMANDS } from "./arguments.ts";

// covers: TYP-09, TYP-15
Deno.test("second opinion, interplay: arguments on the command line", async () => {
  const differing: string[] = [];
  for (const each of COMMANDS) {
    const found = await commandDifference(each);
    if (found !== undefined) differing.push(`${each.id}: ${found}\n  ${each.rests}`);
  }
  assertStrictEquals(differing.length, 0, `${differing.length} differ\n${differing.join("\n")}`);
});

/** How a run differs from its expectation; nothing when it does not. White space is not compared. */
async function commandDifference(
  { text, args, exit, output = "" }: CommandCase,
): Promise<string | undefined> {
  const folder = Deno.makeTempDirSync();
  try {
    const file = `${folder}/program.dir.json`;
    Deno.writeTextFileSync(file, text);
    const options = ["--simulate", "--emit-trace", "--log", `${folder}/log.jsonl`];
    const result = await dustrun(...options, ...args, file);
    const printed = result.stdout + result.stderr;
    const isExit = typeof exit === "number" ? result.exit === exit : result.exit !== exit.not;
    const compact = (some: string) => some.replaceAll(/\s/g, "");
    if (isExit && compact(printed).includes(compact(output))) return undefined;
    const expected = typeof exit === "number" ? `exit ${exit}` : `an exit other than ${exit.not}`;
    return `must be ${expected} with '${output}', is exit ${result.exit} with ${
      printed.slice(0, 300)
    }`;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
