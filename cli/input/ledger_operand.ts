/**
 * The seal ledger that `--ledger` names, read and checked.
 *
 * @module
 */
import type { Readable } from "../../api/files.ts";
import { type LedgerTree, readLedgerTree } from "../../api/store_notes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { countOf } from "../text/count.ts";
import { WANTED } from "./file_gate.ts";
import { openOrReadWhole, refuseOtherFile } from "./log_operand.ts";

/** A ledger open for reading, and its tree. Whoever opens it closes it. */
export interface OpenLedger {
  readonly path: string;
  readonly file: Readable;
  readonly tree: LedgerTree;
}

/** Opens a ledger, which must have an entry. A damaged or torn one is refused. */
export function openLedger(path: string, io: Io): OpenLedger {
  const file = openOrReadWhole(path, io);
  try {
    refuseOtherFile({ path, log: file }, WANTED.ledger);
    const read = readLedgerTree(file);
    if (!read.ok) {
      throw new Fault({
        code: "DR1308",
        message: read.failure.reason,
        place: `${path}:${read.failure.line}`,
        help: "nothing after this point can be trusted; compare with a copy or an earlier note",
      });
    }
    if (read.value === undefined) {
      throw incomplete(path, "the ledger has no entry, and so no id");
    }
    const { torn } = read.value;
    if (torn === 0) return { path, file, tree: read.value };
    throw incomplete(path, `its last line is unfinished: ${countOf(torn, "byte")}`);
  } catch (cause) {
    file.close();
    throw cause;
  }
}

function incomplete(place: string, message: string): Fault {
  return new Fault({
    code: "DR1309",
    message,
    place,
    help: "the next run that seals something into it completes it",
  });
}
