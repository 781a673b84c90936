/**
 * `dustrun export LOG --format F`: writes a log in another form to standard output.
 *
 * @module
 */
import { certificateOfLog } from "../../api/certificates.ts";
import { EVENT_FORMATS, EventExport, type EventFormat } from "../../api/export.ts";
import { followLog } from "../../api/log.ts";
import { type NoTrace, summaryTraceText } from "../../api/trace.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { noCertificate } from "../input/log_certificate.ts";
import { damagedLog, type OpenLog, openLog } from "../input/log_operand.ts";
import { shownData } from "../text/shown.ts";

/** Writes the log in the requested form; with `--follow`, until the run is finished. */
export async function run(args: ArgumentsOf<"export">, io: Io): Promise<number> {
  const open = openLog(args.operands[0], args, io);
  try {
    io.drop("read", "write");
    const asked = args.format ?? "events";
    if (args.json && asked === "csv") throw noJson();
    const format = EVENT_FORMATS.find((name) => name === asked);
    if (asked === "certificate") exportCertificate(open, args, io);
    else if (format === undefined) exportTrace(open, args, io);
    else await EventExports(open, format, { args, io });
    return 0;
  } finally {
    open.log.close();
  }
}

/** Events, input for dustviz and the summary trace are JSON anyway. */
function noJson(): Fault {
  return new Fault({
    code: "DR1303",
    message: "--json and --format csv are two forms of one answer",
    place: "--format",
    help: "keep one of the two; --format events is JSON",
  });
}

/** How often a log that is being written is read. */
const FOLLOW_MILLISECONDS = 100;

async function EventExports(
  { path, log }: OpenLog,
  format: EventFormat,
  { args, io }: { readonly args: ArgumentsOf<"export">; readonly io: Io },
): Promise<void> {
  const out = new Outlet(io);
  const events = new EventExport(format);
  out.write(events.head);
  const wait = async () => {
    out.flush();
    await new Promise((resolve) => setTimeout(resolve, FOLLOW_MILLISECONDS));
    return true;
  };
  for await (const read of followLog(log, args.follow ? wait : () => false)) {
    if (!read.ok) {
      out.flush();
      throw damagedLog(path, read.failure);
    }
    out.write(events.add(read.value));
  }
  out.write(events.tail);
  out.flush();
}

function exportTrace({ path, log }: OpenLog, args: ArgumentsOf<"export">, io: Io): void {
  refuseFollow(args, "a summary trace begins with the result, which a running log does not have");
  const out = new Outlet(io);
  for (const piece of summaryTraceText(log)) {
    if (!piece.ok) throw noTrace(path, piece.failure);
    out.write(piece.value);
  }
  out.flush();
}

function exportCertificate({ path, log }: OpenLog, args: ArgumentsOf<"export">, io: Io): void {
  refuseFollow(args, "a certificate is about the end of a run, which a running log does not have");
  const found = certificateOfLog(log);
  if (!found.ok) throw noCertificate(path, found.failure);
  io.stdout(shownData(`${found.value.file}\n`));
}

function refuseFollow({ follow }: ArgumentsOf<"export">, message: string): void {
  if (!follow) return;
  throw new Fault({
    code: "DR1303",
    message,
    place: "--follow",
    help: "follow with --format events, dustviz, dustviz-constraints or csv",
  });
}

function noTrace(path: string, none: NoTrace): Fault {
  if (none.code === "damaged-log") return damagedLog(path, none);
  return new Fault({
    code: "DR1309",
    message: "the log has no outcome, and so no summary",
    place: path,
    help: "export its events, or run the program again",
  });
}

/** Collects small pieces into large writes. */
class Outlet {
  readonly #io: Io;
  #pending = "";

  constructor(io: Io) {
    this.#io = io;
  }

  write(text: string): void {
    this.#pending += text;
    if (this.#pending.length > 65_536) this.flush();
  }

  flush(): void {
    if (this.#pending !== "") this.#io.stdout(shownData(this.#pending));
    this.#pending = "";
  }
}
