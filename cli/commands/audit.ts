/**
 * `dustrun audit`: compares a log with its sinks, to show what was done.
 *
 * @module
 */
import { auditLog, type LogAudit, SinkContents } from "../../api/audit.ts";
import { HOST_DISK } from "../../api/files.ts";
import { Places } from "../../api/places.ts";
import { listRuns, resolveLog } from "../../api/runs.ts";
import { checkStore, type StoreFinding } from "../../api/store_check.ts";
import { EXIT_DAMAGED, EXIT_DIFFERENT, EXIT_INCOMPLETE } from "../host/exit_codes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { openAnyForm, openLog } from "../input/log_operand.ts";
import { storeOf, storeWords } from "../input/store_folder.ts";
import { exitOfFindings, renderFinding } from "../render/store_findings.ts";
import { auditToJson, renderAudit, renderLedger, summaryOf } from "../render/audit.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";

/** One log to audit. */
interface Asked {
  /** The operand by which commands name it. */
  readonly reference: string;
  readonly name: string;
}

/** Audits the logs that are named, or every run of the store, one line each. */
export function run(args: ArgumentsOf<"audit">, io: Io): number {
  io.drop("write"); // logs name the ledgers that are read beside them
  const isStore = args.operands.length === 0;
  const asked = isStore ? runsOfStore(args) : namedLogs(args);
  const folder = HOST_DISK.resolve(".");
  const totals = new Map<number, number>();
  const sinks = new SinkContents(HOST_DISK);
  const ledgers = new Map<string, { last: LogAudit["ledgers"][number]; intended: number }>();
  try {
    for (const { reference, name } of asked) {
      // In a store, a log of an earlier form is one finding among others.
      const { path, log } = isStore
        ? openAnyForm(reference, args, io)
        : openLog(reference, args, io);
      try {
        const resource = args.resource;
        const audit = auditLog(log, {
          disk: HOST_DISK,
          sinks,
          ...(resource === undefined ? {} : { resource }),
        });
        const exit = exitOf(audit);
        totals.set(exit, (totals.get(exit) ?? 0) + 1);
        for (const last of audit.ledgers) {
          const intended = (ledgers.get(last.path)?.intended ?? 0) + last.ofRun;
          ledgers.set(last.path, { last, intended });
        }
        const pieces = args.json
          ? auditToJson(audit, path)
          : isStore
          ? [lineOf(name, audit, folder)]
          : renderAudit(audit, { name, folder, resource, places: Places.of(audit.artifacts) });
        for (const piece of pieces) io.stdout(piece);
      } finally {
        log.close();
      }
    }
  } finally {
    sinks.close();
  }
  if (!args.json) {
    for (const { last, intended } of ledgers.values()) {
      io.stdout(renderLedger(last, { foreign: last.entries - intended, folder }));
    }
  }
  const store = isStore && args.since === undefined ? checkStore(storeOf(args)).findings : [];
  for (const finding of store) {
    io.stdout(args.json ? findingToJson(finding) : lineOfFinding(finding));
  }
  if (asked.length !== 1 && !args.json && !args.quiet) io.stderr(sumUp(totals));
  return worstOf([...totals.keys(), exitOfFindings(store)]);
}

function namedLogs(args: ArgumentsOf<"audit">): Asked[] {
  return args.operands.map((reference) => ({ reference, name: reference }));
}

function runsOfStore(args: ArgumentsOf<"audit">): Asked[] {
  const store = storeOf(args);
  const since = args.since;
  const first = since === undefined ? undefined : resolveLog(store, since);
  const runs = listRuns(store);
  const from = first === undefined
    ? 0
    : runs.findIndex(({ path }) => first.ok && path === first.value);
  if (from < 0) {
    throw new Fault({
      code: "DR1307",
      message: first?.ok === false ? first.failure.reason : `${since} is not a run of the store`,
      place: "--since",
      help: `dustrun runs${storeWords(args)} lists them`,
    });
  }
  return runs.slice(from).map(({ number, label, path }) => ({
    reference: path,
    name: `${number} ${label}`,
  }));
}

function lineOf(name: string, audit: LogAudit, folder: string): Shown {
  const findings = audit.findings.map(({ kind, message }) =>
    `  ${kind}: ${message.replaceAll(`${folder}/`, "")}`
  );
  return shownLines([`${name}: ${summaryOf(audit)}`, ...findings]);
}

const EXIT_OF_FINDING = {
  damaged: EXIT_DAMAGED,
  disagreement: EXIT_DIFFERENT,
  unknown: EXIT_INCOMPLETE,
  incomplete: EXIT_INCOMPLETE,
} as const;

/** In order of severity: damage, a sink that disagrees, unfinished work. */
const BY_SEVERITY = [EXIT_DAMAGED, EXIT_DIFFERENT, EXIT_INCOMPLETE] as const;

function exitOf({ findings }: LogAudit): number {
  return worstOf(findings.map(({ kind }) => EXIT_OF_FINDING[kind]));
}

function worstOf(exits: readonly number[]): number {
  return BY_SEVERITY.find((exit) => exits.includes(exit)) ?? 0;
}

function findingToJson(finding: StoreFinding): Shown {
  return shownJson(JSON.stringify({ store: finding }));
}

function lineOfFinding(finding: StoreFinding): Shown {
  return shownLines([`store ${renderFinding(finding)}`]);
}

function sumUp(totals: ReadonlyMap<number, number>): Shown {
  const words = [[0, "in order"], [EXIT_INCOMPLETE, "incomplete"], [
    EXIT_DIFFERENT,
    "in disagreement with a sink",
  ], [EXIT_DAMAGED, "damaged"]] as const;
  const total = [...totals.values()].reduce((sum, count) => sum + count, 0);
  const parts = words.flatMap(([exit, word]) => {
    const count = totals.get(exit);
    return count === undefined ? [] : [`${count} ${word}`];
  });
  return shownLines([
    `${countOf(total, "run")}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`,
  ]);
}
