/**
 * The gate for files: whatever an operand or option names goes through it. A file of another kind is refused as what it is, with the
 * command that takes it.
 *
 * @module
 */
import { shellWord } from "../../api/visible.ts";
import { Fault } from "../host/fault.ts";
import { type FileKind, HEAD_BYTES, kindOf } from "./file_kind.ts";

/** What an operand takes. */
export interface Wanted {
  /** `a DIR program` */
  readonly what: string;
  /** Kinds that the reader of the operand gets; with `text`, it also reports what is wrong with any other text. */
  readonly kinds: readonly FileKind[];
  /** How to get such a file. */
  readonly help: string;
}

/** What operands and options take. */
export const WANTED = {
  program: {
    what: "a DIR program",
    kinds: ["artifact", "text"],
    help: "DIR is the JSON that a compiler of Dust writes",
  },
  log: {
    what: "an event log",
    kinds: ["log", "empty"],
    help: "dustrun PROGRAM --log FILE writes one",
  },
  trace: {
    what: "an event log or a summary trace",
    kinds: ["log", "trace", "empty", "text"],
    help: "dustrun PROGRAM --log FILE writes a log; --emit-trace prints a summary trace",
  },
  fixtures: {
    what: "a file of fixtures",
    kinds: ["fixture", "text"],
    help: "dustrun help fixtures shows the form of fixtures",
  },
  /** A file in a folder of fixtures, which may be something else. */
  json: {
    what: "a file of JSON",
    kinds: ["artifact", "log", "trace", "fixture", "manifest", "empty", "text"],
    help: "dustrun help fixtures shows the form of fixtures",
  },
  manifest: {
    what: "an environment manifest",
    kinds: ["manifest", "text"],
    help: "dustrun help environment shows the manifest",
  },
  args: {
    what: "a file of arguments",
    kinds: ["artifact", "trace", "fixture", "manifest", "text"], // any JSON object
    help: 'write one object, {"name": value}',
  },
  ledger: {
    what: "a seal ledger",
    kinds: ["empty", "text"],
    help: "a run that realizes a seal writes one",
  },
  note: {
    what: "a note",
    kinds: ["note", "empty", "text"],
    help: "dustrun checkpoint LOG prints one",
  },
  proof: {
    what: "a proof",
    kinds: ["proof", "text"],
    help: "dustrun prove LOG --event N --note NOTE writes one",
  },
  certificate: {
    what: "an event log or a certificate",
    kinds: ["log", "certificate", "empty", "text"],
    help: "dustrun export LOG --format certificate writes one",
  },
  signerKey: {
    what: "a signer key",
    kinds: ["signer key"],
    help: "dustrun keygen NAME FILE writes one",
  },
  verifierKey: {
    what: "a verifier key",
    kinds: ["verifier key", "signer key", "text"],
    help: "dustrun keygen NAME FILE prints one, NAME+ID+BASE64",
  },
} as const satisfies { readonly [operand: string]: Wanted };

/** Refuses a file that begins with `bytes`, all of it or at least {@link HEAD_BYTES}, where the operand takes another kind. */
export function refuseOtherKind(bytes: Uint8Array, path: string, wanted: Wanted): void {
  const kind = kindOf(bytes.subarray(0, HEAD_BYTES));
  if (wanted.kinds.includes(kind)) return;
  throw otherKind(path, wanted, `it is ${NAMES[kind]}, not ${wanted.what}`, takerOf(kind, path));
}

/** The fault for a file of another kind. */
export function otherKind(
  path: string,
  wanted: Wanted,
  message: string,
  help: string = wanted.help,
): Fault {
  return new Fault({
    code: "DR1323",
    message,
    place: path,
    help,
  });
}

const NAMES: { readonly [kind in FileKind]: string } = {
  artifact: "a DIR program",
  log: "an event log",
  trace: "a summary trace",
  fixture: "a file of fixtures",
  manifest: "an environment manifest",
  note: "a note",
  proof: "a proof",
  certificate: "a certificate",
  "verifier key": "a verifier key",
  "signer key": "a signer key",
  empty: "empty",
  binary: "binary data",
  text: "some other text",
};

/** Which command takes a file of this kind; `undefined` if none does. */
function takerOf(kind: FileKind, path: string): string | undefined {
  const file = shellWord(path);
  switch (kind) {
    case "artifact":
      return `dustrun check ${file} checks it`;
    case "log":
      return `dustrun verify ${file} checks it`;
    case "trace":
      return `dustrun replay ${file} PROGRAM compares a program with it`;
    case "fixture":
      return `dustrun conformance ${file} runs them`;
    case "manifest":
      return `dustrun PROGRAM --env ${file} runs a program with it`;
    case "note":
      return `dustrun verify LOG --against ${file} compares a log with it`;
    case "proof":
      return `dustrun verify-proof ${file} --key VKEY checks it`;
    case "certificate":
      return `dustrun check-certificate ${file} checks it`;
    case "verifier key":
      return `--key ${file} takes it`;
    case "signer key":
      return `dustrun checkpoint LOG --sign ${file} signs with it`;
    case "empty":
    case "binary":
    case "text":
      return undefined;
  }
}
