/**
 * The standalone executable beside a compiled program that does nothing. Compiling needs Deno's runtime base; where it cannot be
 * had (`docs/release.md`), there is nothing to measure.
 *
 * @module
 */
import { compile, type Target, TARGETS } from "../tools/compile.ts";

/** The paths of both, or why there are none. */
export type Executables =
  | { readonly ours: string; readonly empty: string }
  | { readonly reason: string };

/** Compiles both into the folder. */
export async function compileBoth(folder: string): Promise<Executables> {
  const target = TARGETS.find((name): name is Target => name === Deno.build.target);
  if (target === undefined) return { reason: `deno compile has no target ${Deno.build.target}` };
  const compiled = await compile({ target, folder });
  if ("reason" in compiled) return compiled;
  const empty = `${folder}/empty`;
  const deno = Deno.env.get("DENO_FOR_COMPILE") ?? Deno.execPath();
  const { success } = await new Deno.Command(deno, {
    args: ["compile", "--quiet", "--output", empty, `${folder}/empty.ts`],
  }).output();
  return success
    ? { ours: compiled.path, empty }
    : { reason: "the empty program does not compile" };
}
