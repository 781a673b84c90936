/**
 * `dustrun verify`, `checkpoint` and `prove` with `--ledger`: check a seal ledger, attest it, and prove its entries. They are loaded only
 * for that.
 *
 * @module
 */
import { type NotedTree, openStoreNote, renderLogProof, type StoreNote } from "../../api/notes.ts";
import {
  compareWithLedgerNote,
  type NoSuchEntry,
  noteOfLedger,
  proveEntry,
  proveLedgerGrowth,
  type UnprovableLines,
} from "../../api/store_notes.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { WANTED } from "../input/file_gate.ts";
import { openLedger } from "../input/ledger_operand.ts";
import { mismatchedStore, refuseInvisible, unusableNote } from "../input/note_operand.ts";
import { readText } from "../input/text_file.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownLines, shownPage } from "../text/shown.ts";
import { readNote } from "./verify_against.ts";

/** The note about a ledger. */
export function noteAbout(path: string, name: string, io: Io): NotedTree {
  const { file, tree } = openLedger(path, io);
  file.close();
  io.drop("read", "write");
  return noteOfLedger(tree, name);
}

/** Checks a ledger, and with `--against` compares it with a note. */
export async function verifyLedger(
  path: string,
  args: ArgumentsOf<"verify">,
  io: Io,
): Promise<number> {
  const isAlone = args.against === undefined && args.key === undefined;
  const given = isAlone ? undefined : readNote(args, io);
  const { file, tree } = openLedger(path, io);
  file.close();
  io.drop("read", "write");
  const entries = tree.leaves.length;
  let attestation:
    | { origin: string; signature: string; entries: number; beyond: number }
    | undefined;
  if (given !== undefined) {
    const opened = await openStoreNote(given.text, given.key);
    if (!opened.ok) throw unusableNote(opened.failure, given.place, "ledger");
    const note = opened.value;
    const compared = compareWithLedgerNote(tree, note);
    if (!compared.ok) {
      throw mismatchedStore(compared.failure, { place: path, note, what: "ledger" });
    }
    const { origin, signature, size } = note;
    attestation = { origin, signature, entries: size, beyond: compared.value.beyond };
  }
  if (args.json) {
    const { id, root } = tree;
    io.stdout(shownJson(JSON.stringify({ ledger: path, id, entries, root, attestation })));
    return 0;
  }
  const lines = [`${path}: ${countOf(entries, "entry", "entries")}, chain unbroken`];
  if (attestation !== undefined) {
    const { beyond, signature } = attestation;
    const after = beyond === 0 ? "" : `, and not ${countOf(beyond, "entry", "entries")} after them`;
    const attested = countOf(attestation.entries, "entry", "entries");
    lines.push(`  attested: ${attested}${after} (signature ${signature})`);
  }
  io.stdout(shownLines(lines));
  return 0;
}

/** Prints a proof of an entry, or that a ledger has only grown since an earlier note. */
export async function proveLedger(
  path: string,
  args: ArgumentsOf<"prove">,
  io: Io,
): Promise<number> {
  const { entry, since, note: place } = args;
  if (place === undefined || (entry === undefined) === (since === undefined)) {
    throw new Fault({
      code: "DR1304",
      message: "prove needs a signed note, and for a ledger either an entry or an earlier note",
      place: place === undefined ? "--note" : "--entry",
      help: "dustrun prove --ledger FILE --entry N --note NOTE, or with --since OLD",
    });
  }
  const note = await readLedgerNote(place, io, "--note");
  const older = since === undefined ? undefined : await readLedgerNote(since, io, "--since");
  const { file, tree } = openLedger(path, io);
  try {
    io.drop("read", "write");
    if (!args.json) refuseInvisible(note);
    const text = older === undefined ? proofOf(entry ?? 0) : growthSince(older);
    io.stdout(
      args.json ? shownJson(JSON.stringify({ entry, ledger: path, proof: text })) : shownPage(text),
    );
    return 0;
  } finally {
    file.close();
  }

  function proofOf(wanted: number): string {
    const proof = proveEntry(file, { tree, entry: wanted, note });
    if (!proof.ok) throw unprovable(proof.failure, { path, note, entry });
    return renderLogProof(proof.value);
  }

  function growthSince(earlier: StoreNote): string {
    const proof = proveLedgerGrowth(tree, earlier, note);
    if (!proof.ok) throw unprovable(proof.failure, { path, note, entry });
    return proof.value;
  }
}

async function readLedgerNote(path: string, io: Io, option: string): Promise<StoreNote> {
  const opened = await openStoreNote(readText(path, WANTED.note, io));
  if (!opened.ok) throw unusableNote(opened.failure, `${option} ${path}`, "ledger");
  return opened.value;
}

function unprovable(
  failure: UnprovableLines | NoSuchEntry,
  { path, note, entry }: {
    readonly path: string;
    readonly note: StoreNote;
    readonly entry: number | undefined;
  },
): Fault {
  switch (failure.code) {
    case "unsigned-note":
      return unusableNote(failure, "--note", "ledger");
    case "other-store":
    case "shorter-store":
    case "rewritten-store":
      return mismatchedStore(failure, { place: path, note, what: "ledger" });
    case "no-such-entry":
      return new Fault({
        code: "DR1320",
        message: `the note attests ${
          countOf(note.size, "entry", "entries")
        }, and not entry ${entry}`,
        place: "--entry",
        help:
          "entries count from 0; make a later note: dustrun checkpoint --ledger FILE --sign KEY",
      });
    case "later-note":
      return new Fault({
        code: "DR1303",
        message: "the note attests fewer entries than the earlier one",
        place: "--since",
        help: "exchange the two",
      });
  }
}
