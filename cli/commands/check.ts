/**
 * `dustrun check`: reports every violation of a static rule, and leaks and wrong uses of handles that every run of `main` meets. Executes
 * nothing.
 *
 * @module
 */
import type { Diagnostic } from "../../api/diagnostics.ts";
import { certainViolations } from "../../api/certain_violations.ts";
import { type ArtifactSource, check, load } from "../../api/program.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { exitOfFailure } from "../host/exit_codes.ts";
import { Fault, faultToJson, renderFault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { type FindingFormat, formatAsked } from "../input/finding_format.ts";
import { tellDiagnostics } from "../render/diagnostics.ts";
import { programsAt, readArtifacts } from "../input/artifacts.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Checks each program that can be read; the exit code is that of the first violation, or file that cannot be. */
export async function run(args: ArgumentsOf<"check">, io: Io): Promise<number> {
  const format = formatAsked(args);
  if (!args.watch) return await checkAll(args, { format, isLast: true, io });
  const { watchFiles } = await import("../host/watch.ts");
  return await watchFiles([...args.operands, ...args.link], async () => {
    await checkAll(args, { format, isLast: false, io });
  }, io);
}

async function checkAll(
  args: ArgumentsOf<"check">,
  { format, isLast, io }: {
    readonly format: FindingFormat | undefined;
    /** Whether files are read for the last time. */
    readonly isLast: boolean;
    readonly io: Io;
  },
): Promise<number> {
  let exit = 0;
  const programs = args.operands.flatMap(programsAt).map((path) => ({
    path,
    artifacts: artifactsAt(path, args, io),
  }));
  if (isLast) io.drop("read", "write");
  const checked: { paths: readonly string[]; diagnostics: readonly Diagnostic[] }[] = [];
  for (const { path, artifacts } of programs) {
    if (artifacts instanceof Fault) {
      tellFault(artifacts, args, io);
      if (exit === 0) exit = artifacts.exit;
      continue;
    }
    const diagnostics = violationsOf(artifacts);
    const [first] = diagnostics;
    if (first !== undefined && exit === 0) exit = exitOfFailure(first.kind, "spec");
    if (format !== undefined) checked.push({ paths: [path, ...args.link], diagnostics });
    else {
      await tellDiagnostics(diagnostics, { args, io });
      tellVerdict(path, diagnostics, { args, io });
    }
  }
  if (format !== undefined) {
    const { printDiagnostics } = await import("../render/findings.ts");
    printDiagnostics(checked, format, io);
  }
  return exit;
}

/** The artifacts of one program, or why they cannot be read: the other programs are checked all the same. */
function artifactsAt(
  path: string,
  args: ArgumentsOf<"check">,
  io: Io,
): readonly ArtifactSource[] | Fault {
  try {
    return readArtifacts(path, args, io);
  } catch (cause) {
    if (cause instanceof Fault && !args.link.some((link) => link === cause.report.place)) {
      return cause;
    }
    throw cause;
  }
}

function tellFault({ report }: Fault, args: ArgumentsOf<"check">, io: Io): void {
  io.stderr(args.json ? faultToJson(report) : renderFault(report));
}

function violationsOf(artifacts: readonly ArtifactSource[]): readonly Diagnostic[] {
  const loaded = load(artifacts);
  return loaded.ok ? [...check(loaded.value), ...certainViolations(loaded.value)] : loaded.failure;
}

function tellVerdict(
  path: string,
  diagnostics: readonly Diagnostic[],
  { args, io }: { readonly args: ArgumentsOf<"check">; readonly io: Io },
): void {
  if (args.json) {
    const valid = diagnostics.length === 0;
    io.stdout(shownJson(JSON.stringify({ program: path, valid, diagnostics })));
  } else if (!args.quiet) {
    const count = diagnostics.length;
    io.stdout(shownLines([`${path}: ${count === 0 ? "valid" : countOf(count, "violation")}`]));
  }
}
