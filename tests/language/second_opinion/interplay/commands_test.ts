/**
 * The command cases of the second opinion, each in a process of its own.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type CommandCase, COMMANDS } from "./arguments.ts";

const CLI = new URL("../../../../cli.ts", import.meta.url).href;

// covers: TYP-09, TYP-15
Deno.test("second opinion, interplay: arguments on the command line", () => {
  const differing = COMMANDS.flatMap((each) => {
    const found = commandDifference(each);
    return found === undefined ? [] : [`${each.id}: ${found}\n  ${each.rests}`];
  });
  assert.equal(differing.length, 0, `${differing.length} differ\n${differing.join("\n")}`);
});

/** How a run differs from its expectation; nothing when it does not. */
export function commandDifference(
  { text, args, exit, output = "" }: CommandCase,
): string | undefined {
  const file = Deno.makeTempFileSync({ suffix: ".dir.json" });
  try {
    Deno.writeTextFileSync(file, text);
    const permissions = ["--allow-read", "--allow-write", "--allow-env", "--allow-sys"];
    const { code, stdout, stderr } = new Deno.Command(Deno.execPath(), {
      args: ["run", ...permissions, CLI, "--simulate", "--emit-trace", ...args, file],
      env: { NO_COLOR: "1" },
    }).outputSync();
    const decoder = new TextDecoder();
    const said = decoder.decode(stdout) + decoder.decode(stderr);
    const isExit = typeof exit === "number" ? code === exit : code !== exit.not;
    const compact = (some: string) => some.replaceAll(/\s/g, "");
    if (isExit && compact(said).includes(compact(output))) return undefined;
    const expected = typeof exit === "number" ? `exit ${exit}` : `an exit other than ${exit.not}`;
    return `must be ${expected} with '${output}', is exit ${code} with ${said.slice(0, 300)}`;
  } finally {
    Deno.removeSync(file);
  }
}
