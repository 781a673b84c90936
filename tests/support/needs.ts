/**
 * Tests that need more than the runtime: a tool, a corpus outside the project, or the time of the `ci` size. Where `CI=true`, what is
 * missing fails the test; elsewhere the test is reported as ignored.
 *
 * @module
 */
import { fail } from "../../std/assert.ts";
import { type TestSize, testSize } from "./size.ts";

/** What a test may need. */
export interface Need {
  /** The name of the tool or folder, for the message. */
  readonly what: string;
  /** Asked only where the test would run. */
  readonly isMissing: () => boolean;
}

/** A test with what it needs. */
export interface NeedyTest {
  readonly name: string;
  readonly needs: readonly Need[];
  /** The smallest size at which the test runs: `ci` for tests with a server, a shell or much work. */
  readonly size?: "quick" | "ci";
  readonly fn: () => void | Promise<void>;
}

/** Where a test runs: at which size, and whether something missing fails it. */
export interface TestHost {
  readonly size: TestSize;
  readonly isCi: boolean;
}

/** Programs and expected results that were not written for this project, in a folder beside it. */
export const CORPORA = new URL("../../../shared/corpora/", import.meta.url);

const HOST: TestHost = { size: testSize(), isCi: Deno.env.get("CI") === "true" };

/** The definition for `Deno.test`: the test itself, an ignored one, or one that fails because something is missing. */
export function needing(
  { name, needs, size = "quick", fn }: NeedyTest,
  host: TestHost = HOST,
): Deno.TestDefinition {
  if (size === "ci" && host.size === "quick") return { name, ignore: true, fn };
  const missing = needs.filter(({ isMissing }) => isMissing()).map(({ what }) => what);
  if (missing.length === 0) return { name, fn };
  if (!host.isCi) return { name: `${name} (needs ${missing.join(", ")})`, ignore: true, fn };
  return { name, fn: () => fail(`CI=true, but this test needs ${missing.join(", ")}`) };
}

/** A program on the path that succeeds with these arguments: `--version` unless given. */
export function tool(program: string, ...args: readonly string[]): Need {
  return {
    what: program,
    isMissing: () => !succeeds(program, args.length > 0 ? args : ["--version"]),
  };
}

/** `strace`; where it is installed, a container may still forbid to trace. */
export function strace(): Need {
  return tool("strace", "-o", "/dev/null", "true");
}

/** A file or folder of {@link CORPORA}. */
export function corpus(path: string): Need {
  return { what: `../shared/corpora/${path}`, isMissing: () => !exists(new URL(path, CORPORA)) };
}

/** A file at a path or URL. */
export function file(path: string | URL): Need {
  return { what: String(path), isMissing: () => !exists(path) };
}

function succeeds(program: string, args: readonly string[]): boolean {
  try {
    const command = new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    });
    return command.outputSync().success;
  } catch {
    return false;
  }
}

function exists(path: string | URL): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
