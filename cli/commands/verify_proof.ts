/**
 * `dustrun verify-proof`: checks a proof that `dustrun prove` wrote, without the log, and prints the proven events, or the line of a
 * store's log.
 *
 * @module
 */
import {
  checkEventProof,
  type InvalidProof,
  type ProvenBlock,
  seqOfLine,
} from "../../api/attest.ts";
import { openStoreNote, parseLogProof, type VerifierKey } from "../../api/notes.ts";
import {
  checkGrowthProof,
  checkLineProof,
  isGrowthProof,
  type ProvenLine,
} from "../../api/store_notes.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { WANTED } from "../input/file_gate.ts";
import { readText } from "../input/text_file.ts";
import { readVerifierKey, unusableNote } from "../input/note_operand.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";

/** Checks one proof. */
export async function run(args: ArgumentsOf<"verify-proof">, io: Io): Promise<number> {
  const [place] = args.operands;
  if (args.key === undefined) {
    throw new Fault({
      code: "DR1304",
      message: "a proof is checked with the key that its note was signed with",
      place: "--key",
      help: "dustrun verify-proof PROOF --key VKEY",
    });
  }
  const key = readVerifierKey(args.key, io);
  const text = readText(place, WANTED.proof, io);
  if (isGrowthProof(text)) return await checkGrowth(text, key, args, io);
  if (args.since !== undefined) throw withoutGrowth();
  io.drop("read", "write");
  const parsed = parseLogProof(text);
  if (!parsed.ok) {
    throw new Fault({
      code: "DR1319",
      message: `not a proof of an event: ${parsed.failure.reason}`,
      place,
      help: "dustrun prove LOG --event N --note NOTE writes one",
    });
  }
  const proven = await checkEventProof(parsed.value, key);
  if (!proven.ok && proven.failure.code === "foreign-origin") {
    const line = await checkLineProof(parsed.value, key);
    if (!line.ok) throw invalid(line.failure, place);
    if (args.event !== undefined) throw withoutEvents();
    io.stdout(args.json ? lineToJson(line.value) : lineToText(line.value));
    return 0;
  }
  if (!proven.ok) throw invalid(proven.failure, place);
  const lines = provenLines(proven.value, args.event);
  io.stdout(args.json ? toJson(proven.value, lines) : toText(proven.value, lines));
  return 0;
}

/** Checks a proof that what one note attests is the beginning of what another does. */
async function checkGrowth(
  text: string,
  key: VerifierKey,
  args: ArgumentsOf<"verify-proof">,
  io: Io,
): Promise<number> {
  const [place] = args.operands;
  const { since } = args;
  if (args.event !== undefined) throw withoutEvents();
  if (since === undefined) {
    throw new Fault({
      code: "DR1304",
      message: "the proof leads from an earlier note to a later one, and only the later is in it",
      place: "--since",
      help: "dustrun verify-proof PROOF --key VKEY --since OLD",
    });
  }
  const older = await openStoreNote(readText(since, WANTED.note, io), key);
  if (!older.ok) throw unusableNote(older.failure, `--since ${since}`, "store");
  io.drop("read", "write");
  const proven = await checkGrowthProof(text, older.value, key);
  if (!proven.ok && proven.failure.code !== "not-grown") {
    throw unusableNote(proven.failure, place, "store");
  }
  if (!proven.ok) {
    throw new Fault({
      code: "DR1319",
      message: "its hashes do not lead from the earlier note to its own",
      place,
      help: "the proof was changed, or it was made for another earlier note",
    });
  }
  const { note: { origin, size, root }, from } = proven.value;
  const lines = `its first ${countOf(from, "line")} of ${size} are those of the earlier note`;
  io.stdout(
    args.json
      ? shownJson(JSON.stringify({ origin, size, root, since: from }))
      : shownLines([`proven of ${origin}: ${lines}`]),
  );
  return 0;
}

function withoutGrowth(): Fault {
  return new Fault({
    code: "DR1303",
    message: "the proof is not about what was added since an earlier note",
    place: "--since",
    help: "leave it out",
  });
}

function withoutEvents(): Fault {
  return new Fault({
    code: "DR1303",
    message: "the proof is about lines of a store's log or of a ledger, not about events",
    place: "--event",
    help: "leave it out",
  });
}

function provenLines({ lines }: ProvenBlock, event: number | undefined): readonly string[] {
  if (event === undefined) return lines;
  const line = lines.find((line) => seqOfLine(line) === event);
  if (line !== undefined) return [line];
  const first = seqOfLine(lines[0] ?? ""), last = seqOfLine(lines.at(-1) ?? "");
  throw new Fault({
    code: "DR1320",
    message: first === undefined || last === undefined
      ? `the proven block has no event ${event}`
      : `the proven block has the events ${first} to ${last}, and not ${event}`,
    place: "--event",
    help: "leave --event out to see them, or ask for a proof of this event",
  });
}

function invalid(failure: InvalidProof, place: string): Fault {
  if (failure.code === "no-block") {
    return new Fault({
      code: "DR1319",
      message: `its block is none of a log: ${failure.reason}`,
      place,
      help: "the note was signed for something else than the log of a run",
    });
  }
  if (failure.code !== "not-included") return unusableNote(failure, place);
  return new Fault({
    code: "DR1319",
    message: "its block is not in the tree of its note",
    place,
    help: "the proof was changed, or it was made for another log or note",
  });
}

function toText({ note, index }: ProvenBlock, lines: readonly string[]): Shown {
  const { run, size } = note;
  return shownLines([
    `proven by ${run.name}: block ${index + 1} of ${size} of run ${run.run}`,
    ...lines,
  ]);
}

function lineToText({ note, index, line }: ProvenLine): Shown {
  const head = `proven of ${note.origin}: line ${index + 1} of ${note.size}`;
  return shownLines([head, line]);
}

function lineToJson({ note: { origin, size, root }, index, line }: ProvenLine): Shown {
  return shownJson(JSON.stringify({ origin, size, root, line: index, lines: [line] }));
}

function toJson({ note, index }: ProvenBlock, lines: readonly string[]): Shown {
  const { origin, size, root } = note;
  return shownJson(JSON.stringify({ origin, size, root, block: index, lines }));
}
