/**
 * `deno task release`: builds a release in `dist/`: the bundle, an executable for each target, the sources, the manual page, and
 * `SHA256SUMS` over all of them. The bundle and every executable are built twice and must be identical. `docs/release.md` has the
 * checklist.
 *
 * @module
 */
import { fromFileUrl, join } from "../std/path.ts";
import { createHash } from "node:crypto";
import { manPage } from "../cli/spec/man_page.ts";
import { VERSION } from "../mod.ts";
import { bundle } from "../tests/support/bundle.ts";
import { compile, executableName, type Target, TARGETS } from "./compile.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));

/** The result of building a release. */
export interface Release {
  /** Names of the files in the folder, sorted. */
  readonly files: readonly string[];
  /** Targets without an executable, with the reason. */
  readonly missing: readonly { readonly target: Target; readonly reason: string }[];
}

/** Builds a release into an empty folder. */
export async function buildRelease(
  folder: string,
  targets: readonly Target[] = TARGETS,
): Promise<Release> {
  Deno.mkdirSync(folder, { recursive: true });
  const again = Deno.makeTempDirSync();
  const missing: { readonly target: Target; readonly reason: string }[] = [];
  await bundle(join(folder, "dustrun.js"));
  await bundle(join(again, "dustrun.js"));
  requireSame("dustrun.js", folder, again);
  for (const target of targets) {
    const compiled = await compile({ target, folder });
    if ("reason" in compiled) {
      missing.push({ target, reason: compiled.reason });
      continue;
    }
    await compile({ target, folder: again });
    requireSame(executableName(target), folder, again);
  }
  Deno.writeTextFileSync(join(folder, "dustrun.1"), manPage());
  await archiveSources(join(folder, `dustrun-${VERSION}-sources.tar`));
  Deno.removeSync(again, { recursive: true });
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name !== "SHA256SUMS").sort();
  const sums = files.map((name) => `${digestOf(join(folder, name))}  ${name}\n`);
  Deno.writeTextFileSync(join(folder, "SHA256SUMS"), sums.join(""));
  return { files: [...files, "SHA256SUMS"], missing };
}

/** Archives the committed sources with git: the same commit yields the same bytes. */
async function archiveSources(path: string): Promise<void> {
  const { success, stderr } = await new Deno.Command("git", {
    args: ["archive", "--format=tar", `--prefix=dustrun-${VERSION}/`, `--output=${path}`, "HEAD"],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error(`git archive failed:\n${new TextDecoder().decode(stderr)}`);
}

function requireSame(name: string, ...folders: readonly string[]): void {
  const digests = new Set(folders.map((folder) => digestOf(join(folder, name))));
  if (digests.size !== 1) throw new Error(`${name}: two builds differ`);
}

function digestOf(path: string): string {
  return createHash("sha256").update(Deno.readFileSync(path)).digest("hex");
}

if (import.meta.main) {
  const folder = join(ROOT, "dist");
  try {
    Deno.removeSync(folder, { recursive: true });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
  }
  const { files, missing } = await buildRelease(folder);
  for (const name of files) console.log(name);
  for (const { target, reason } of missing) console.error(`${target}: missing: ${reason}`);
  if (missing.length > 0) Deno.exit(1);
}
