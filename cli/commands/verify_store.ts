/**
 * `dustrun verify` without a log: checks the store, its log and the logs of its runs. It is loaded only for that.
 *
 * @module
 */
import { openStoreNote, type StoreNote } from "../../api/notes.ts";
import type { StoreHistory } from "../../api/runs.ts";
import { checkStore, type StoreCheck } from "../../api/store_check.ts";
import { compareWithStoreNote } from "../../api/store_notes.ts";
import { type Io, unreadable } from "../host/io.ts";
import { exitOfFindings, renderFinding } from "../render/store_findings.ts";
import { mismatchedStore, unusableNote } from "../input/note_operand.ts";
import { storeOf } from "../input/store_folder.ts";
import { absentStore } from "../input/store_operand.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { type Shown, shownJson, shownLines } from "../text/shown.ts";
import { readNote } from "./verify_against.ts";

/** Checks a store and prints what is wrong with it on standard output. */
export async function verifyStore(args: ArgumentsOf<"verify">, io: Io): Promise<number> {
  const store = storeOf(args);
  const isAlone = args.against === undefined && args.key === undefined;
  const given = isAlone ? undefined : readNote(args, io);
  io.drop("write");
  const check = checkIn(store);
  if (check.log === undefined && check.findings.length === 0 && given === undefined) {
    throw absentStore(store);
  }
  io.drop("read");
  const attested = given === undefined ? undefined : await attest(check, store, given);
  io.stdout(args.json ? toJson(store, check, attested) : toText(store, check, attested));
  return exitOfFindings(check.findings);
}

function checkIn(store: string): StoreCheck {
  try {
    return checkStore(store);
  } catch (cause) {
    throw unreadable(store, cause);
  }
}

/** What a note says about a store that agrees with it. */
interface AttestedStore {
  readonly note: StoreNote;
  /** Number of lines that it does not attest. */
  readonly beyond: number;
}

async function attest(
  { log, findings }: StoreCheck,
  store: string,
  { text, place, key }: ReturnType<typeof readNote>,
): Promise<AttestedStore | undefined> {
  const opened = await openStoreNote(text, key);
  if (!opened.ok) throw unusableNote(opened.failure, place, "store");
  const note = opened.value;
  if (log === undefined && findings[0]?.kind === "damaged") return undefined;
  if (log === undefined) {
    throw mismatchedStore({ code: "shorter-store", lines: 0 }, { place: store, note });
  }
  const compared = compareWithStoreNote(log, note);
  if (!compared.ok) throw mismatchedStore(compared.failure, { place: store, note });
  return { note, beyond: compared.value.beyond };
}

function toText(store: string, { log, findings }: StoreCheck, attested?: AttestedStore): Shown {
  const problems = findings.length === 0 ? "in order" : countOf(findings.length, "problem");
  const lines = [`${store}: ${problems}; ${log === undefined ? "no log" : contentOf(log.history)}`];
  if (attested !== undefined) {
    const { note, beyond } = attested;
    const after = beyond === 0 ? "" : `, and not ${countOf(beyond, "line")} after them`;
    lines.push(`  attested: ${countOf(note.size, "line")}${after} (signature ${note.signature})`);
  }
  return shownLines([...lines, ...findings.map((finding) => `  ${renderFinding(finding)}`)]);
}

function contentOf(history: StoreHistory): string {
  const { runs, older } = history;
  const unknown = older === 0 ? "" : `, numbers up to ${older} are older`;
  return `${countOf(runs.size, "run")} recorded, ${removedIn(history)} removed${unknown}`;
}

function removedIn({ runs }: StoreHistory): number {
  return [...runs.values()].filter(({ removed }) => removed).length;
}

function toJson(store: string, { log, findings }: StoreCheck, attested?: AttestedStore): Shown {
  const { history, root } = log ?? {};
  const { note, beyond } = attested ?? {};
  return shownJson(JSON.stringify({
    store,
    id: history?.names.at(-1)?.id,
    lines: history?.lines,
    root,
    runs: history?.runs.size,
    removed: history === undefined ? undefined : removedIn(history),
    older: history?.older,
    findings,
    attestation: note === undefined
      ? undefined
      : { origin: note.origin, signature: note.signature, lines: note.size, beyond },
  }));
}
