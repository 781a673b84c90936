/**
 * The command line: picks a command, and turns its outcome into an exit code.
 *
 * @module
 */
import { ClosedPipe, hostIo, type Io, isFileError } from "./cli/host/io.ts";
import { Fault, faultToJson, renderFault } from "./cli/host/fault.ts";
import { type Shown, shownJson, shownLines } from "./cli/text/shown.ts";
import { SUPPORTS, VERSION } from "./api/version.ts";

/** Runs one command line and returns the exit code. */
export async function main(words: readonly string[], io: Io): Promise<number> {
  try {
    if (isVersionAsked(words)) {
      const isJson = words.includes("--json");
      const version = { name: "dustrun", version: VERSION, supports: SUPPORTS };
      io.stdout(
        isJson ? shownJson(JSON.stringify(version)) : shownLines([`dustrun ${VERSION}`, SUPPORTS]),
      );
      return 0;
    }
    const { dispatch } = await import("./cli/dispatch.ts");
    return await dispatch(words, io);
  } catch (cause) {
    if (cause instanceof ClosedPipe) return 0;
    const fault = toFault(cause);
    const isJson = words.includes("--json");
    io.stderr(isJson ? faultToJson(fault.report) : await renderFor(fault, io));
    return fault.exit;
  }
}

/** The fault as text, folded on a terminal. */
async function renderFor({ report }: Fault, io: Io): Promise<Shown> {
  if (!io.isStderrTerminal) return renderFault(report);
  const { renderFolded } = await import("./cli/host/folded_fault.ts");
  return await renderFolded(report, io.columns);
}

/** `--version` or `-V`, with nothing else but `--json`. */
function isVersionAsked(words: readonly string[]): boolean {
  const [asked, ...more] = words.filter((word) => word !== "--json");
  return (asked === "--version" || asked === "-V") && more.length === 0;
}

/** What was thrown, as a fault: of a part that cannot be loaded, of a file, or a bug of ours. */
function toFault(cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  if (isModuleError(cause)) {
    return new Fault({
      code: "DR1326",
      message: moduleReasonOf(cause),
      help: "the first start downloads packages; check the network, its proxy and its certificates",
    });
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  if (isFileError(cause)) {
    return new Fault({ code: "DR1306", message, help: "check the path and the free space" });
  }
  const origin = cause instanceof Error ? originOf(cause) : undefined;
  return new Fault({
    code: "DR1399",
    message,
    ...(origin === undefined ? {} : { place: origin }),
    help: "this is a bug in dustrun, not in your program; please report it with the command line",
  });
}

/** Whether an exception says that an import failed. */
function isModuleError(cause: unknown): cause is Error {
  return cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND";
}

// deno-lint-ignore no-control-regex -- Deno's own, not a text of the user
const COLOR = /\u001b\[[0-9;]*m/g;

/** Why an import failed, on one line: Deno also writes the chain of causes, each repeated in the first, and the place, in colors. */
function moduleReasonOf({ message }: Error): string {
  const [what = "", cause = ""] = message.replaceAll(COLOR, "").split("\n").map((line) =>
    line.trim()
  );
  return cause.startsWith("0: ")
    ? `${what.replace(/\.$/, "")}: ${cause.slice("0: ".length)}`
    : what;
}

/** The innermost frame of the stack that does not belong to `assert` and its kin. */
function originOf({ stack = "" }: Error): string | undefined {
  const frames = stack.split("\n").map((line) => line.trim()).filter((line) =>
    line.startsWith("at ")
  );
  return frames.find((frame) => !frame.includes("/dvm/base/result.ts:"));
}

/**
 * Lets the event loop turn once. Only then does Deno store the compiled form of a module, and without it the bundle would be compiled
 * again by every start. The sources need no turn of their own: importing a command takes one.
 */
async function letBundleBeCached(): Promise<void> {
  if (import.meta.url.endsWith("/cli.ts")) return;
  await crypto.subtle.digest("SHA-256", new Uint8Array()); // any asynchronous operation does; this one touches nothing
}

if (import.meta.main) {
  const exit = await main(Deno.args, hostIo());
  await letBundleBeCached();
  Deno.exit(exit);
}
