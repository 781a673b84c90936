/**
 * Runs every line of the operand matrix as another user, for whom the file in question cannot be read, and prints each exit code and first
 * line as JSON. The process is the superuser's at first, and loads all modules before it gives that up.
 *
 * @module
 */
import process from "node:process";
import { dustrunOn } from "./memory_io.ts";
import { LIMIT, SLOTS, wordsOf, writeFiles } from "./operand_matrix.ts";

const NOBODY = 65_534;
const folder = Deno.makeTempDirSync();
Deno.chmodSync(folder, 0o755);
await writeFiles(folder);
const run = async () => {
  const results = [];
  for (const slot of SLOTS) {
    const words = wordsOf(slot, "secret", (name) => `${folder}/${name}`);
    const { exit, stderr } = await dustrunOn({ isTerminal: false, most: LIMIT }, words);
    results.push({ line: slot.line, exit, first: stderr.split("\n")[0] });
  }
  return results;
};
Deno.copyFileSync(`${folder}/program`, `${folder}/secret`);
await run(); // loads what the commands load
Deno.chmodSync(`${folder}/secret`, 0);
Deno.chmodSync(`${folder}/key`, 0o600);
process.setegid?.(NOBODY);
process.seteuid?.(NOBODY);
console.log(JSON.stringify(await run()));
process.seteuid?.(0);
Deno.removeSync(folder, { recursive: true });
