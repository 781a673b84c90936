/**
 * The commands that check logs and attest them: their part of the command table.
 *
 * @module
 */
import type { CommandSpec, OptionSpec } from "./command_spec.ts";
import { STORE_OPTION } from "./options.ts";

const KEY_OPTION = {
  name: "key",
  value: "VKEY",
  help: "the verifier key that is trusted, NAME+ID+BASE64, or a file that holds it",
} as const satisfies OptionSpec;

const LEDGER_OPTION = {
  name: "ledger",
  value: "FILE",
  help: "without LOG: a seal ledger instead of the store",
} as const satisfies OptionSpec;

/** `verify`, `checkpoint`, `prove`, `verify-proof` and `keygen`, for the table. */
export const NOTE_COMMANDS = {
  verify: {
    name: "verify",
    summary: "Check that a log, or the store with all its logs, is unchanged and complete",
    operands: "[LOG]",
    operandCount: { least: 0, most: 1 },
    operandOffers: "runs",
    options: [
      STORE_OPTION,
      LEDGER_OPTION,
      {
        name: "against",
        value: "NOTE",
        help: "a note that dustrun checkpoint printed earlier (- for stdin)",
      },
      KEY_OPTION,
    ],
    examples: [
      { line: "dustrun verify @", does: "verifies the log of the last run" },
      {
        line: "dustrun verify --store .dustrun",
        does: "checks that no run of the store was removed, added, cut off, exchanged or changed",
      },
      {
        line: "dustrun verify run.jsonl --against run.note --key example.vkey",
        does: "also compares it with the note that was made of it, if the key signed that",
      },
    ],
  },
  checkpoint: {
    name: "checkpoint",
    summary: "Print a note that attests a log, or the store: which one, its length, and its root",
    operands: "[LOG]",
    operandCount: { least: 0, most: 1 },
    operandOffers: "runs",
    options: [
      STORE_OPTION,
      LEDGER_OPTION,
      { name: "sign", value: "KEY", help: "file of the signer key (default: nobody signs)" },
      {
        name: "name",
        value: "NAME",
        help: "who attests it (default the name of the key, else dustrun)",
      },
    ],
    examples: [
      {
        line: "dustrun checkpoint @ --sign example.key > run.note",
        does: "signs a note about the last run; keep it where the log is not",
      },
      { line: "dustrun checkpoint @", does: "prints its three lines unsigned" },
      {
        line: "dustrun checkpoint --sign example.key > store.note",
        does: "signs a note about the store, which attests every run in it",
      },
      {
        line: "dustrun checkpoint --ledger .dustrun/seals.jsonl --sign example.key > ledger.note",
        does: "signs a note about a seal ledger, which attests every entry of it",
      },
    ],
  },
  prove: {
    name: "prove",
    summary:
      "Prove with a signed note that an event is in a log, or a run in a store, to somebody without the log or store",
    operands: "[LOG]",
    operandCount: { least: 0, most: 1 },
    operandOffers: "runs",
    options: [
      STORE_OPTION,
      LEDGER_OPTION,
      { name: "event", value: "N", least: 0, help: "the event's number" },
      { name: "note", value: "NOTE", help: "the signed note (- for stdin)" },
      { name: "run", value: "N", least: 1, help: "without LOG: what the store records of run N" },
      {
        name: "since",
        value: "OLD",
        help: "without LOG: the store or ledger has only grown since this note",
      },
      { name: "entry", value: "N", least: 0, help: "with --ledger: the number of an entry" },
    ],
    examples: [
      {
        line: "dustrun prove @ --event 5 --note run.note > 5.tlog-proof",
        does: "writes a proof with the event's block in it; the rest of the log stays private",
      },
      {
        line: "dustrun prove --since old.note --note store.note",
        does: "writes what a witness needs to see that no run was taken out of the store",
      },
      {
        line:
          "dustrun prove --ledger .dustrun/seals.jsonl --entry 3 --note ledger.note > 3.tlog-proof",
        does: "writes a proof that entry 3 was sealed; the other entries stay private",
      },
    ],
  },
  "verify-proof": {
    name: "verify-proof",
    summary: "Check a proof, and print the proven events",
    operands: "PROOF",
    operandCount: { least: 1, most: 1 },
    options: [
      KEY_OPTION,
      { name: "event", value: "N", least: 0, help: "print only this event of the proven block" },
      { name: "since", value: "OLD", help: "the earlier note, of a proof made with --since" },
    ],
    examples: [{
      line: "dustrun verify-proof 5.tlog-proof --key example.vkey --event 5",
      does: "needs no log: prints event 5 if the key attests a log that has it",
    }],
  },
  keygen: {
    name: "keygen",
    summary: "Make a key for signing notes: write it to a new file, and print its public half",
    operands: "NAME FILE",
    operandCount: { least: 2, most: 2 },
    options: [],
    examples: [{
      line: "dustrun keygen example.org/runs example.key > example.vkey",
      does: "gives example.key to whoever signs, and example.vkey to whoever verifies",
    }],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
