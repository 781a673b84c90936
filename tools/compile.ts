/**
 * `deno task compile [TARGET…]`: standalone executables in `dist/`, for this machine or for the given targets (`all` for every
 * target). They have permission to read and write files and no other, and never prompt for one.
 *
 * The executable contains the bundle, which starts faster than the sources.
 *
 * `deno compile` appends the program to Deno's runtime base, which it downloads. Without that download, set `DENORT_BIN` to a
 * base for the target (and `DENO_FOR_COMPILE` to the Deno of the same version). The output is moved into place only after it has
 * been verified to be dustrun.
 *
 * @module
 */
import { fromFileUrl, join } from "../std/path.ts";
import { VERSION } from "../mod.ts";
import { bundle } from "../tests/support/bundle.ts";

const ROOT = fromFileUrl(new URL("../", import.meta.url));

/** The targets that Deno can compile for. */
export const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
] as const;
/** One target. */
export type Target = (typeof TARGETS)[number];

/** The permissions of the executable. */
export const PERMISSIONS = ["--no-prompt", "--allow-read", "--allow-write"] as const;

const MAIN = "dustrun.js";

/** Loaded by URL, so that the main bundle does not contain it. */
const WORKER = "conformance_worker.js";

/** The files of the executable, and the modules that they are bundled from. */
const BUNDLES = [[MAIN, "cli.ts"], [WORKER, "cli/commands/conformance_worker.ts"]] as const;

/** Options of {@link compile}. */
export interface CompileOptions {
  readonly target: Target;
  /** Folder for the executable. */
  readonly folder: string;
  /** The Deno that compiles; by default `DENO_FOR_COMPILE`, else the running one. */
  readonly deno?: string;
}

/** The executable's file name. */
export function executableName(target: Target): string {
  return `dustrun-${VERSION}-${target}${target.includes("windows") ? ".exe" : ""}`;
}

/** Compiles one executable. Returns its path, or the reason why there is none. */
export async function compile(
  { target, folder, deno = Deno.env.get("DENO_FOR_COMPILE") ?? Deno.execPath() }: CompileOptions,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  Deno.mkdirSync(folder, { recursive: true });
  const scratch = Deno.makeTempDirSync({ dir: folder, prefix: ".compile-" });
  try {
    for (const [file, module] of BUNDLES) {
      const path = join(scratch, file);
      await bundle(path, module);
      Deno.utimeSync(path, 0, 0); // the executable holds it: two builds are to be the same bytes
    }
    const built = join(scratch, executableName(target));
    const { success, stderr } = await new Deno.Command(deno, {
      args: [
        ...[
          "compile",
          "--quiet",
          "--no-config",
          "--no-code-cache",
          ...PERMISSIONS,
          "--include",
          WORKER,
        ],
        ...["--target", target, "--output", built, MAIN],
      ],
      cwd: scratch,
    }).output();
    if (!success) return { reason: reasonIn(new TextDecoder().decode(stderr)) };
    const wrong = await whyNotOurs(built, target);
    if (wrong !== undefined) return { reason: wrong };
    const path = join(folder, executableName(target));
    Deno.renameSync(built, path);
    return { path };
  } finally {
    Deno.removeSync(scratch, { recursive: true });
  }
}

/**
 * Why the file is not dustrun for the target; `undefined` if it is. It must have the target's format and contain our sources; for
 * this machine it must also print its version.
 */
async function whyNotOurs(path: string, target: Target): Promise<string | undefined> {
  const bytes = Deno.readFileSync(path);
  if (formatOf(bytes) !== FORMATS[target]) {
    return `the runtime base is ${formatOf(bytes)}, not ${FORMATS[target]}`;
  }
  if (!new TextDecoder("latin1").decode(bytes).includes(MARK)) {
    return "the output does not contain the program";
  }
  if (target !== Deno.build.target) return undefined;
  const { success, stdout } = await new Deno.Command(path, { args: ["--version"] }).output();
  const answer = new TextDecoder().decode(stdout);
  return success && answer.startsWith(`dustrun ${VERSION}\n`)
    ? undefined
    : `the output does not print its version: ${JSON.stringify(answer.slice(0, 80))}`;
}

/** A text that occurs only in our sources. */
const MARK =
  "dustrun executes DIR, the intermediate representation of the Dust Programming Language";

const FORMATS: { readonly [T in Target]: string } = {
  "x86_64-unknown-linux-gnu": "ELF x86-64",
  "aarch64-unknown-linux-gnu": "ELF arm64",
  "x86_64-apple-darwin": "Mach-O x86-64",
  "aarch64-apple-darwin": "Mach-O arm64",
  "x86_64-pc-windows-msvc": "PE x86-64",
};

/** The executable format and processor in the header of a file. */
export function formatOf(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 64) return "not an executable";
  if (view.getUint32(0) === 0x7f454c46) {
    return `ELF ${PROCESSORS[view.getUint16(18, true)] ?? "unknown"}`;
  }
  if (view.getUint32(0, true) === 0xfeedfacf) {
    return `Mach-O ${PROCESSORS[view.getUint32(4, true)] ?? "unknown"}`;
  }
  const peAt = view.getUint16(0) === 0x4d5a ? view.getUint32(60, true) : bytes.length;
  if (peAt + 6 > bytes.length || view.getUint32(peAt) !== 0x50450000) return "not an executable";
  return `PE ${PROCESSORS[view.getUint16(peAt + 4, true)] ?? "unknown"}`;
}

/** Processor numbers in ELF, Mach-O and PE headers. */
const PROCESSORS: { readonly [number: number]: string } = {
  0x3e: "x86-64",
  0xb7: "arm64",
  0x01000007: "x86-64",
  0x0100000c: "arm64",
  0x8664: "x86-64",
  0xaa64: "arm64",
};

/** The reason that Deno reports: its `error:` and causes, without color and backtrace, on one line. */
function reasonIn(stderr: string): string {
  const plain = stderr.replaceAll(ANSI_STYLE, "");
  const from = Math.max(0, plain.indexOf("error:"));
  const [reason = ""] = plain.slice(from).split("Stack backtrace");
  return reason.trim().replaceAll(/\s*\n\s*/g, " ") || "no reason given";
}

const ANSI_STYLE = new RegExp(String.fromCharCode(27) + "\\[[0-9;]*m", "g");

function askedTargets(words: readonly string[]): readonly Target[] {
  if (words.includes("all")) return TARGETS;
  const asked = TARGETS.filter((target) => words.includes(target));
  const unknown = words.filter((word) => !TARGETS.some((target) => target === word));
  if (unknown.length > 0) {
    console.error(
      `unknown target ${unknown.join(", ")}; the targets are ${TARGETS.join(", ")}, all`,
    );
    Deno.exit(5);
  }
  if (asked.length > 0) return asked;
  return TARGETS.filter((target) => target === Deno.build.target);
}

if (import.meta.main) {
  let failed = false;
  for (const target of askedTargets(Deno.args)) {
    const compiled = await compile({ target, folder: join(ROOT, "dist") });
    if ("path" in compiled) {
      console.log(compiled.path);
    } else {
      failed = true;
      console.error(`${target}: not compiled: ${compiled.reason}
  deno compile downloads Deno's runtime base for the target. If that is impossible here, set DENORT_BIN to a base of
  the same Deno version (DENO_FOR_COMPILE names another Deno to compile with). Nothing was written to dist/ for it.`);
    }
  }
  if (failed) Deno.exit(1);
}
