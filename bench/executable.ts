/**
 * Start-up of the standalone executable compared with an empty compiled program. Compiling needs Deno's runtime base; without it
 * (`docs/release.md`) nothing is measured, and the table says so.
 *
 * @module
 */
import { compile, type Target, TARGETS } from "../tools/compile.ts";

/** Start-up times in seconds, measured in turns; or the reason why there is no executable. */
export type ExecutableStarts =
  | { readonly ours: readonly number[]; readonly empty: readonly number[] }
  | { readonly reason: string };

/** Compiles both programs and starts each of them `runs` times. */
export async function executableStarts(folder: string, runs: number): Promise<ExecutableStarts> {
  const target = TARGETS.find((name): name is Target => name === Deno.build.target);
  if (target === undefined) return { reason: `deno compile has no target ${Deno.build.target}` };
  const compiled = await compile({ target, folder });
  if ("reason" in compiled) return compiled;
  const empty = `${folder}/empty`;
  Deno.writeTextFileSync(`${folder}/empty.ts`, "");
  const deno = Deno.env.get("DENO_FOR_COMPILE") ?? Deno.execPath();
  const { success } = await new Deno.Command(deno, {
    args: ["compile", "--quiet", "--output", empty, `${folder}/empty.ts`],
  }).output();
  if (!success) return { reason: "the empty program does not compile" };
  const starts = { ours: [] as number[], empty: [] as number[] };
  for (let turn = 0; turn < runs; turn++) {
    starts.empty.push(await secondsOf(empty));
    starts.ours.push(await secondsOf(compiled.path, "--version"));
  }
  return starts;
}

async function secondsOf(program: string, ...args: readonly string[]): Promise<number> {
  const start = performance.now();
  const { success } = await new Deno.Command(program, { args: [...args] }).output();
  if (!success) throw new Error(`${program} failed`);
  return (performance.now() - start) / 1_000;
}
