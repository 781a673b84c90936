/**
 * `dustrun prove` without a log: proves what the store records of a run, or that it has only grown since an earlier note. It is loaded only
 * for that.
 *
 * @module
 */
import { openStoreNote, renderLogProof, type StoreNote } from "../../api/notes.ts";
import { proveGrowth, proveRun, type UnprovableStore } from "../../api/store_notes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { WANTED } from "../input/file_gate.ts";
import { readText } from "../input/text_file.ts";
import { mismatchedStore, refuseInvisible, unusableNote } from "../input/note_operand.ts";
import { openStore } from "../input/store_operand.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { shownJson, shownPage } from "../text/shown.ts";

/** Prints one proof. */
export async function proveStore(args: ArgumentsOf<"prove">, io: Io): Promise<number> {
  const { run, since, note: place } = args;
  if (place === undefined || (run === undefined) === (since === undefined)) {
    throw new Fault({
      code: "DR1304",
      message:
        "prove needs a signed note, and a log, or for the store either a run or an earlier note",
      place: place === undefined ? "--note" : "--run",
      help: "dustrun prove --run N --note NOTE, or dustrun prove --since OLD --note NOTE",
    });
  }
  const note = await readStoreNote(place, io, "--note");
  const older = since === undefined ? undefined : await readStoreNote(since, io, "--since");
  const { store, tree } = openStore(args);
  io.drop("read", "write");
  if (!args.json) refuseInvisible(note);
  const proof = older !== undefined
    ? proveGrowth(tree, older, note)
    : rendered(proveRun(tree, run ?? 0, note));
  if (!proof.ok) throw unprovable(proof.failure, { store, note, run });
  io.stdout(
    args.json
      ? shownJson(JSON.stringify({ run, store, proof: proof.value }))
      : shownPage(proof.value),
  );
  return 0;
}

function rendered(proof: ReturnType<typeof proveRun>): ReturnType<typeof proveGrowth> {
  return proof.ok ? { ok: true, value: renderLogProof(proof.value) } : proof;
}

async function readStoreNote(path: string, io: Io, option: string): Promise<StoreNote> {
  const opened = await openStoreNote(readText(path, WANTED.note, io));
  if (!opened.ok) throw unusableNote(opened.failure, `${option} ${path}`, "store");
  return opened.value;
}

function unprovable(
  failure: UnprovableStore,
  { store, note, run }: {
    readonly store: string;
    readonly note: StoreNote;
    readonly run: number | undefined;
  },
): Fault {
  switch (failure.code) {
    case "unsigned-note":
      return unusableNote(failure, "--note", "store");
    case "other-store":
    case "shorter-store":
    case "rewritten-store":
      return mismatchedStore(failure, { place: store, note });
    case "no-line-of-run":
      return new Fault({
        code: "DR1320",
        message: `the note attests nothing of run ${run}`,
        place: "--run",
        help: "make a later note: dustrun checkpoint --sign KEY",
      });
    case "later-note":
      return new Fault({
        code: "DR1303",
        message: "the note attests fewer lines than the earlier one",
        place: "--since",
        help: "exchange the two",
      });
  }
}
