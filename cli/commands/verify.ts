/**
 * `dustrun verify`: checks that a log is unchanged and complete; without a log, the store.
 *
 * @module
 */
import { type LogVerdict, verifyLog } from "../../api/verify.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { EXIT_DAMAGED, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import type { Io } from "../host/io.ts";
import { openLog } from "../input/log_operand.ts";
import { watchReading } from "../host/progress.ts";
import { type JudgedLog, renderAttestation, renderVerdict } from "../render/verdict.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";

/** Verifies one log, or the store, and prints the verdict on standard output. */
export async function run(args: ArgumentsOf<"verify">, io: Io): Promise<number> {
  const reference = args.operands[0];
  if (args.ledger !== undefined) {
    return await (await import("./ledger_notes.ts")).verifyLedger(args.ledger, args, io);
  }
  if (reference === undefined) {
    return await (await import("./verify_store.ts")).verifyStore(args, io);
  }
  const { path, log } = openLog(reference, args, io);
  try {
    const isAlone = args.against === undefined && args.key === undefined;
    const judged = isAlone ? judgeAlone() : await judgeAgainstNote();
    io.stdout(args.json ? toJson(path, judged) : toText(path, judged));
    return exitOf(judged.verdict);
  } finally {
    log.close();
  }

  function judgeAlone(): JudgedLog {
    io.drop("read", "write");
    return { verdict: verifyLog(watchReading(log, io)), attested: undefined };
  }

  async function judgeAgainstNote(): Promise<JudgedLog> {
    const { judgeAgainst, readNote } = await import("./verify_against.ts");
    const note = readNote(args, io);
    io.drop("read", "write");
    return await judgeAgainst(note, { path, log: watchReading(log, io) });
  }
}

function exitOf(verdict: LogVerdict): number {
  switch (verdict.status) {
    case "complete":
      return 0;
    case "damaged":
      return EXIT_DAMAGED;
    case "prefix":
    case "incomplete":
    case "torn":
      return EXIT_INCOMPLETE;
  }
}

function toText(path: string, { verdict, attested }: JudgedLog): Shown {
  const isWhole = attested?.attestation.beyond === 0;
  const attests = attested === undefined ? [] : [`  ${renderAttestation(attested)}`];
  return shownLines([`${path}: ${renderVerdict(verdict, isWhole)}`, ...attests]);
}

function toJson(path: string, { verdict, attested }: JudgedLog): Shown {
  if (attested === undefined) return shownJson(JSON.stringify({ log: path, ...verdict }));
  const { note: { origin, signature }, attestation } = attested;
  return shownJson(
    JSON.stringify({ log: path, ...verdict, attestation: { origin, signature, ...attestation } }),
  );
}
