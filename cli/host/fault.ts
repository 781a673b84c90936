/**
 * Faults outside the program: in the command line, in files, in logs. A fault of the program is a `Diagnostic` of the machine;
 * these are reported in the same form, with codes of families 13 and 14. They are thrown where they occur, and only `cli.ts` catches them.
 *
 * @module
 */
import { type Shown, shownJson, shownLines } from "../text/shown.ts";

/** What `dustrun explain` prints about a fault's code. */
export interface FaultEntry {
  readonly title: string;
  readonly rule: string;
  readonly exit: number;
}

/** Codes of families 13, the command line, and 14, the environment manifest. Never renamed or reused. */
export const FAULT_CODES = {
  DR1301: {
    title: "Unknown command",
    rule:
      "The first word is a command or the path of a program; `dustrun --help` lists the commands.",
    exit: 5,
  },
  DR1302: {
    title: "Unknown option",
    rule: "Every command has its options and the common ones; `dustrun COMMAND --help` lists them.",
    exit: 5,
  },
  DR1303: {
    title: "Unusable value of an option or operand",
    rule: "An option takes the values that its help names, and none twice where one is enough.",
    exit: 5,
  },
  DR1304: {
    title: "Missing or superfluous word",
    rule:
      "A command takes as many operands as its usage line shows, and some of its forms need an option.",
    exit: 5,
  },
  DR1305: {
    title: "File that cannot be read",
    rule:
      "Every file that a command is given must exist, be readable, and be UTF-8 where it is text.",
    exit: 2,
  },
  DR1306: {
    title: "File that cannot be written",
    rule: "The log, the store and the sinks of effects must be writable.",
    exit: 2,
  },
  DR1307: {
    title: "No such run",
    rule: "`@` is the last run of the store, `@1` the one before it, `17` the run of that number.",
    exit: 2,
  },
  DR1308: {
    title: "Damaged log",
    rule:
      "A log is valid if it satisfies every numbered rule of its format, that of a store those of the store's. A damaged one is refused whole.",
    exit: 6,
  },
  DR1309: {
    title: "Incomplete log",
    rule:
      "A log that ends before its outcome and last checkpoint is a valid prefix; what is missing cannot be known.",
    exit: 7,
  },
  DR1310: {
    title: "Effect that its sink refused",
    rule:
      "An effect that cannot be performed ends the realization; what was performed before stays performed and recorded (EFF-11). `dustrun resume` continues from there.",
    exit: 7,
  },
  DR1311: {
    title: "Effect in doubt",
    rule:
      "A terminal, pipe or device cannot say after a crash whether it was written to. `dustrun resume --in-doubt perform` or `skip` decides, and the decision is recorded.",
    exit: 7,
  },
  DR1312: {
    title: "Regime without configurations",
    rule:
      "Only a Φ process resolves existence (PHI-02). A K or Q process is executed; it has no configurations to list.",
    exit: 15,
  },
  DR1313: {
    title: "Arguments that do not fit the entry",
    rule:
      "Each argument is given once, names a parameter of the entry, and has a value of its declared type, judged by the exact text. A Φ entry resolves missing ones by existence, where their types have a decidable domain. No run begins otherwise (TYP-09, TYP-15).",
    exit: 5,
  },
  DR1314: {
    title: "Note that cannot be relied on",
    rule:
      "What a note says counts only if it has the form of a note and, where a key is given, a signature by that key for exactly this text. All signatures in the name of the key must be its own.",
    exit: 6,
  },
  DR1315: {
    title: "Note about something else",
    rule:
      "A note names what it is about in its first line: the name of the key, /run/, and the occurrence or identity of the run; or the name of the key and the id of a store. A log that was rewritten before its run was realized has another identity.",
    exit: 6,
  },
  DR1316: {
    title: "Log that is not the attested one",
    rule:
      "The blocks that a note attests, or the lines of a store's log, have one root. A log with another root was changed after the note was made, however consistent it is.",
    exit: 6,
  },
  DR1317: {
    title: "Log shorter than attested",
    rule:
      "A log has at least as many blocks, and a store's log as many lines, as any note about it. What is missing was cut off.",
    exit: 7,
  },
  DR1318: {
    title: "Secret key that others can read",
    rule:
      "A signer key is used only if no other user can read its file (mode 600); on Windows this is not checked.",
    exit: 2,
  },
  DR1319: {
    title: "Proof that proves nothing",
    rule:
      "A proof leads from a block of a log to the root of a signed note. If it does not, nothing shows that the block is in the log that the note attests.",
    exit: 6,
  },
  DR1320: {
    title: "Event that no note attests",
    rule:
      "A note attests the events of its blocks. Later ones are proven with a later note; checkpoints are in no block, as they can be computed from the blocks.",
    exit: 7,
  },
  DR1321: {
    title: "Log of an earlier form",
    rule:
      "A log names its form in its first line. This version reads dustrun-log/2; a log of an earlier form is read, and its realization finished, by the version that wrote it.",
    exit: 6,
  },
  DR1322: {
    title: "Sink without consent",
    rule:
      "A file is written to because the command line names it, or because it belongs to what the command line names: a plain file below the manifest's folder, the ledger of the store, a sink of a run that this store began. Everything else needs --allow-sink PATH.",
    exit: 5,
  },
  DR1323: {
    title: "Another kind of file",
    rule:
      "Each operand takes one kind of file, and what a file is follows from its beginning. Only what is recognizably a log can be a damaged log.",
    exit: 2,
  },
  DR1324: {
    title: "File over the limit",
    rule:
      "Every file is read within a bound (`dustrun help limits`), also a device or a pipe without end.",
    exit: 2,
  },
  DR1325: {
    title: "Log of no execution of its program",
    rule:
      "A log is valid or not without regard to its program. A state is folded only from events that the program in the log can have; the first other one is refused, and replay shows what the program does instead.",
    exit: 6,
  },
  DR1326: {
    title: "Part of dustrun that cannot be loaded",
    rule:
      "dustrun loads the parts that a command needs when it runs. Deno downloads packages that are not in its cache, so the first start needs the network.",
    exit: 2,
  },
  DR1327: {
    title: "Interrupted",
    rule:
      "Ctrl-C (SIGINT) stops a run between two events, or between two effects that are performed: the log stays valid, and no effect is lost or performed twice. A second one ends the process at once, as a crash does.",
    exit: 130,
  },
  DR1328: {
    title: "Terminated",
    rule:
      "SIGTERM stops a run as SIGINT does: between two events, or between two effects that are performed.",
    exit: 143,
  },
  DR1399: {
    title: "Internal error",
    rule:
      "A bug in dustrun, never a property of a program. The log up to that point is a valid prefix.",
    exit: 4,
  },
  DR1401: {
    title: "Manifest that is not JSON with comments",
    rule: "The environment manifest is one JSON object; comments and trailing commas are allowed.",
    exit: 5,
  },
  DR1402: {
    title: "Unknown member of the manifest",
    rule:
      "A member that the manifest does not define is refused: it could be meant to change the run.",
    exit: 5,
  },
  DR1403: {
    title: "Wrong kind of value in the manifest",
    rule: "Each member of the environment manifest holds a value of one kind.",
    exit: 5,
  },
  DR1404: {
    title: "Member of the manifest given twice",
    rule: "Each member of the manifest is given once, so that none is silently lost.",
    exit: 5,
  },
  DR1405: {
    title: "Unusable value in the manifest",
    rule:
      "Counts are whole numbers from 1; a realizer is stdout, stderr, file:PATH, ledger:PATH or log. `dustrun help environment` shows what files, ports and devices have.",
    exit: 5,
  },
  DR1406: {
    title: "Input outside of the manifest's folder",
    rule:
      "What a run reads becomes part of its log. A file that a manifest lists is therefore a plain file below the folder of the manifest: no part of its path begins with a dot, and no link leads out or to nothing.",
    exit: 5,
  },
} as const satisfies { readonly [code: string]: FaultEntry };

/** A code of these families. */
export type FaultCode = keyof typeof FAULT_CODES;

/** One fault, as data. */
export interface FaultReport {
  readonly code: FaultCode;
  /** What is wrong, with the particulars. */
  readonly message: string;
  /** Where: a path, an option, `LOG:line`. */
  readonly place?: string;
  /** What to do about it. */
  readonly help?: string;
}

/** Thrown for a fault outside the program; never for a bug, and never for a fault of the program. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly report: FaultReport;

  constructor(report: FaultReport) {
    super(report.message);
    this.report = report;
  }

  /** The exit code it ends the process with. */
  get exit(): number {
    return FAULT_CODES[this.report.code].exit;
  }
}

/** The fault as text; `fold` breaks lines that are too long for a terminal. */
export function renderFault(
  { code, message, place, help }: FaultReport,
  fold: (line: string) => readonly string[] = (line) => [line],
): Shown {
  const lines = [`error[${code}]: ${FAULT_CODES[code].title.toLowerCase()}: ${message}`];
  if (place !== undefined) lines.push(`  --> ${place}`);
  if (help !== undefined) lines.push(`  help: ${help}`);
  return shownLines(lines.flatMap(fold));
}

/** The fault as one line of JSON. */
export function faultToJson({ code, message, place, help }: FaultReport): Shown {
  const { title } = FAULT_CODES[code];
  return shownJson(JSON.stringify({ fault: { code, title, message, place, help } }));
}
