/**
 * Asks another program, which shares no code with dustrun: lines in, lines out.
 *
 * @module
 */
import { assert } from "../../std/assert.ts";

/** What a program printed. */
export interface Answers {
  /** The lines of its standard output. */
  readonly lines: readonly string[];
  readonly stderr: string;
}

/** Runs a program on some lines. Fails unless it ends with exit code 0. */
export async function askProgram(
  command: string,
  options: Pick<Deno.CommandOptions, "args" | "env">,
  lines: readonly string[],
): Promise<Answers> {
  const child = new Deno.Command(command, {
    ...options,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output(); // read meanwhile: a full pipe would stop the program
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
  await writer.close();
  const { success, stdout, stderr } = await output;
  const errors = new TextDecoder().decode(stderr);
  assert(success, `${command}: ${errors}`);
  return { lines: new TextDecoder().decode(stdout).trimEnd().split("\n"), stderr: errors };
}
