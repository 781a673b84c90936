/**
 * The toolchain that compiles executables on a machine that cannot download Deno's runtime base; see `tools/compile.ts`.
 *
 * @module
 */
import { fromFileUrl } from "../../std/path.ts";
import { assertStrictEquals } from "../../std/assert.ts";
import type { Need } from "./needs.ts";

/** The script that prints where the toolchain is, after it has provided it. */
export const TOOLCHAIN = fromFileUrl(
  new URL("../../../shared/tools/standalone-toolchain", import.meta.url),
);

/** The toolchain compiles for this machine only. */
export const LINUX_X86: Need = {
  what: "Linux on x86-64",
  isMissing: () => Deno.build.target !== "x86_64-unknown-linux-gnu",
};

/** Paths of the runtime base, and of the Deno of its version. */
export interface Toolchain {
  readonly denort: string;
  readonly deno: string;
}

/** Provides the toolchain. */
export async function toolchain(): Promise<Toolchain> {
  const { code, stdout, stderr } = await new Deno.Command("bash", { args: [TOOLCHAIN] }).output();
  assertStrictEquals(code, 0, new TextDecoder().decode(stderr));
  const text = new TextDecoder().decode(stdout);
  const value = (name: string) => new RegExp(`${name}='([^']*)'`).exec(text)?.[1] ?? "";
  return { denort: value("DENORT_BIN"), deno: value("DENO_FOR_COMPILE") };
}
