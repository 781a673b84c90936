/**
 * All of dustrun as one JavaScript file, as it is released and as tests start it. Two bundles of the same sources are identical.
 *
 * @module
 */
import { dirname, fromFileUrl, join } from "../../std/path.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** Bundles a module of the project, by default the command line, and all that it imports into `output`. */
export async function bundle(output: string, module = "cli.ts"): Promise<void> {
  Deno.mkdirSync(dirname(output), { recursive: true });
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--minify", "--output", output, join(ROOT, module)],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(`deno bundle failed:\n${new TextDecoder().decode(stderr)}`);
  Deno.writeTextFileSync(output, `${NEEDS_DENO}\n${Deno.readTextFileSync(output)}`);
}

/** The first line of a bundle: another runtime would run it to its end without a word. */
const NEEDS_DENO =
  `if(typeof Deno==="undefined"){console.error("dustrun needs Deno: deno run -R -W dustrun.js, or an executable of the release");globalThis.process?.exit(1);throw new Error("dustrun needs Deno")}`;
