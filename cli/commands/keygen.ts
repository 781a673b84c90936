/**
 * `dustrun keygen`: makes a key for signing notes.
 *
 * @module
 */
import { createSecretFile } from "../../api/files.ts";
import {
  makeSignerKey,
  renderSignerKey,
  renderVerifierKey,
  verifierKeyOf,
} from "../../api/notes.ts";
import type { ArgumentsOf } from "../spec/commands.ts";
import { Fault } from "../host/fault.ts";
import { type Io, unwritable } from "../host/io.ts";
import { checkKeyName, refuseStream } from "../input/note_operand.ts";
import { shownJson, shownLines } from "../text/shown.ts";

/** Writes a new signer key to a file, which must not exist, and prints its verifier key. */
export async function run(args: ArgumentsOf<"keygen">, io: Io): Promise<number> {
  const [name, path] = args.operands;
  checkKeyName(name, JSON.stringify(name));
  refuseStream(path, "FILE");
  const key = await makeSignerKey(name, crypto.getRandomValues(new Uint8Array(32)));
  try {
    createSecretFile(path, `${renderSignerKey(key)}\n`);
  } catch (cause) {
    throw cause instanceof Deno.errors.AlreadyExists ? existing(path) : unwritable(path, cause);
  }
  io.drop("read", "write");
  const verifierKey = renderVerifierKey(verifierKeyOf(key));
  io.stdout(
    args.json
      ? shownJson(JSON.stringify({ name, id: key.id, verifierKey, file: path }))
      : shownLines([verifierKey]),
  );
  return 0;
}

function existing(path: string): Fault {
  return new Fault({
    code: "DR1306",
    message: "it exists already",
    place: path,
    help: "name a new file: a key is never overwritten, since notes that it signed need it",
  });
}
