/**
 * `dustrun prove`: writes a proof that an event is in a log, for somebody who does not have the log; without a log, one about the
 * store.
 *
 * @module
 */
import {
  attestableLog,
  type ProofRequest,
  proveEvent,
  type UnprovableEvent,
} from "../../api/attest.ts";
import { openRunNote, renderLogProof } from "../../api/notes.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { WANTED } from "../input/file_gate.ts";
import { readText } from "../input/text_file.ts";
import { damagedLog, openLog } from "../input/log_operand.ts";
import { mismatchedLog, refuseInvisible, unusableNote } from "../input/note_operand.ts";
import { watchReading } from "../host/progress.ts";
import { countOf } from "../text/count.ts";
import { shownJson, shownPage } from "../text/shown.ts";

/** Proves one event with a note, or something about the store. */
export async function run(args: ArgumentsOf<"prove">, io: Io): Promise<number> {
  const reference = args.operands[0];
  if (args.ledger !== undefined) {
    return await (await import("./ledger_notes.ts")).proveLedger(args.ledger, args, io);
  }
  if (reference === undefined) return await (await import("./prove_store.ts")).proveStore(args, io);
  const { event: seq } = args;
  if (seq === undefined || args.note === undefined) {
    throw new Fault({
      code: "DR1304",
      message: "prove needs the number of an event and a signed note",
      place: seq === undefined ? "--event" : "--note",
      help: "dustrun prove LOG --event N --note NOTE",
    });
  }
  const noteText = readText(args.note, WANTED.note, io);
  const { path, log } = openLog(reference, args, io);
  try {
    io.drop("read", "write");
    const note = await openRunNote(noteText);
    if (!note.ok) throw unusableNote(note.failure, `--note ${args.note}`);
    if (!args.json) refuseInvisible(note.value);
    const verified = attestableLog(watchReading(log, io));
    if (!verified.ok) throw damagedLog(path, verified.failure);
    const request = { seq, note: note.value };
    const proof = proveEvent(log, verified.value.tree, request);
    if (!proof.ok) throw unprovable(proof.failure, { path, ...request });
    const text = renderLogProof(proof.value);
    const { index } = proof.value;
    io.stdout(
      args.json
        ? shownJson(JSON.stringify({ event: seq, block: index, proof: text }))
        : shownPage(text),
    );
    return 0;
  } finally {
    log.close();
  }
}

function unprovable(
  failure: UnprovableEvent,
  { path, seq, note }: ProofRequest & { readonly path: string },
): Fault {
  switch (failure.code) {
    case "unsigned-note":
      return unusableNote(failure, "--note");
    case "other-run":
    case "shorter-log":
    case "rewritten-log":
      return mismatchedLog(failure, { place: path, note });
    case "no-such-event":
      return new Fault({
        code: "DR1303",
        message: `the log has no event ${seq}`,
        place: "--event",
        help: "dustrun export shows the events and their numbers",
      });
    case "checkpoint-event":
      return new Fault({
        code: "DR1320",
        message: `event ${seq} is a checkpoint, which is in no block`,
        place: "--event",
        help: "prove an event before it: the block of that is what the checkpoint sums up",
      });
    case "event-beyond-note":
      return new Fault({
        code: "DR1320",
        message: `the note attests ${countOf(failure.events, "event")}, and event ${seq} is beyond`,
        place: "--event",
        help: "make a later note: dustrun checkpoint LOG --sign KEY",
      });
  }
}
