/**
 * `dustrun checkpoint`: prints a note that later proves what the log was, if it is kept apart from the log; without a log, what
 * the store was.
 *
 * @module
 */
import { type AttestableLog, attestableLog, noteOf } from "../../api/attest.ts";
import { fileNameOf } from "../../api/paths.ts";
import { type NotedTree, renderNotedTree, type SignerKey, signNote } from "../../api/notes.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import type { Io } from "../host/io.ts";
import { damagedLog, openLog } from "../input/log_operand.ts";
import { checkKeyName, readSignerKey } from "../input/note_operand.ts";
import { watchReading } from "../host/progress.ts";
import { type Shown, shownJson, shownPage } from "../text/shown.ts";

/** Who attests where neither a key nor a name is given. */
const DEFAULT_NAME = "dustrun";

/** Prints the note about the store, or about one log, which must have an outcome and be neither damaged nor torn. */
export async function run(args: ArgumentsOf<"checkpoint">, io: Io): Promise<number> {
  const key = args.sign === undefined ? undefined : await readSignerKey(args.sign);
  const name = nameOf(args, key);
  const reference = args.operands[0];
  if (args.ledger !== undefined) {
    const { noteAbout } = await import("./ledger_notes.ts");
    const about = { ledger: args.ledger };
    io.stdout(
      await renderNote(noteAbout(args.ledger, name, io), { about, key, isJson: args.json }),
    );
    return 0;
  }
  if (reference === undefined) return await attestStore(args, io, { key, name });
  const { path, log } = openLog(reference, args, io);
  try {
    io.drop("read", "write");
    const verified = attestableLog(watchReading(log, io));
    if (!verified.ok) throw damagedLog(path, verified.failure);
    const noted = notedTree(verified.value, { path, name });
    const about = { log: fileNameOf(path) };
    io.stdout(await renderNote(noted, { about, key, isJson: args.json }));
    return 0;
  } finally {
    log.close();
  }
}

/** Prints the note about the store. */
async function attestStore(
  args: ArgumentsOf<"checkpoint">,
  io: Io,
  { key, name }: { readonly key: SignerKey | undefined; readonly name: string },
): Promise<number> {
  const { noteOfStore } = await import("../../api/store_notes.ts");
  const { openStore } = await import("../input/store_operand.ts");
  const { store, tree } = openStore(args);
  io.drop("read", "write");
  const noted = noteOfStore(tree, name);
  io.stdout(await renderNote(noted, { about: { store }, key, isJson: args.json }));
  return 0;
}

/** The note, signed if there is a key; as JSON with what it is about. */
async function renderNote(
  noted: NotedTree,
  { about, key, isJson }: {
    readonly about:
      | { readonly log: string }
      | { readonly store: string }
      | { readonly ledger: string };
    readonly key: SignerKey | undefined;
    readonly isJson: boolean;
  },
): Promise<Shown> {
  const text = renderNotedTree(noted);
  const note = key === undefined ? text : await signNote(text, key);
  return isJson ? shownJson(JSON.stringify({ ...about, ...noted, note })) : shownPage(note);
}

function nameOf({ name }: ArgumentsOf<"checkpoint">, key: SignerKey | undefined): string {
  const attesting = name ?? key?.name ?? DEFAULT_NAME;
  checkKeyName(attesting, name === undefined ? "--sign" : `--name ${JSON.stringify(name)}`);
  if (key === undefined || key.name === attesting) return attesting;
  throw new Fault({
    code: "DR1303",
    message: `the key signs as ${key.name}, not as ${attesting}`,
    place: "--name",
    help: "leave --name out, or use a key of that name",
  });
}

function notedTree(
  { verdict, tree }: AttestableLog,
  { path, name }: { readonly path: string; readonly name: string },
): NotedTree {
  if (verdict.status === "torn") {
    throw incomplete(path, {
      message: `the last line is unfinished: ${verdict.length} bytes at byte ${verdict.offset}`,
      help: "the process that wrote it was cut off; the lines before it can be read and verified",
    });
  }
  const noted = noteOf(tree, name);
  if (noted !== undefined) return noted;
  throw incomplete(path, {
    message: "the log has no outcome, or no checkpoint after it",
    help: "a run is attested once it has its outcome",
  });
}

function incomplete(
  place: string,
  reason: { readonly message: string; readonly help: string },
): Fault {
  return new Fault({ code: "DR1309", place, ...reason });
}
