/**
 * What `tools/verify_log.py` says about notes and proofs, genuine and forged, and as a command.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import { needing } from "../../support/needs.ts";
import { firstOf, REALIZED } from "./damage.ts";
import { hex, rootOf, sha256, writeLog } from "./independent_writer.ts";
import { PYTHON, SCRIPT } from "./judges.ts";
import { inclusionPath, noteKey, noteText, proofText, signedNote } from "./notes.ts";
import { returnedRun } from "./sample_drafts.ts";

const OCCURRENCE = "0123456789abcdef0123456789abcdef";
const KEY = noteKey("example.org/log");
const OTHER = noteKey("example.org/other");
const WITNESS = noteKey("witness.example", 4);

/** Realized, in seven blocks. */
const LOG = writeLog(
  REALIZED.flatMap((draft, index) => index % 9 === 8 ? [draft, { kind: "checkpoint" }] : [draft]),
);
const OUTCOME_BLOCKS = writeLog(
  REALIZED.slice(0, firstOf("outcome") + 1).flatMap((draft, index) =>
    index % 9 === 8 ? [draft, { kind: "checkpoint" }] : [draft]
  ),
).leaves.length;
const IDENTITY = hex(rootOf(LOG.leaves.slice(0, OUTCOME_BLOCKS)));
const SIZE = LOG.leaves.length;
const ORIGIN = `${KEY.name}/run/${OCCURRENCE}`;

function note(size: number, { origin = ORIGIN, keys = [KEY] } = {}): string {
  return signedNote(noteText(origin, size, rootOf(LOG.leaves.slice(0, size))), keys);
}

/** Contents that a key can sign, and that are no block of a log. */
const NO_BLOCKS: readonly (string | Uint8Array)[] = [
  "",
  "\n",
  "hello\n",
  "\0\n",
  Uint8Array.of(0xff, 0xfe, 0x0a),
  '{"seq":4,"kind":"leave_proc","proc":"main"}',
  '{"seq":4, "kind":"leave_proc","proc":"main"}\n',
  '{"seq":4,"kind":"\x1b[31m"}\n',
  '{"seq":4,"kind":"leave_proc","proc":"main"}\n{"seq":9,"kind":"leave_proc","proc":"main"}\n',
  '{"seq":4,"kind":"leave_proc","proc":"main"}\n{"seq":4,"kind":"leave_proc","proc":"main"}\n',
  `{"seq":4,"kind":"checkpoint","tick":0,"bytes":9,"effects":0,"constraints":0,"depth":0,"block":"${
    "a".repeat(64)
  }","root":"${"a".repeat(64)}","skip":[]}\n`,
];

interface Answer {
  readonly code: number;
  readonly text: string;
}

/** Runs the verifier on files with these contents; the words name them. */
function verify(
  files: { readonly [name: string]: string | Uint8Array },
  words: readonly string[],
): Answer {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      Deno.writeFileSync(`${folder}/${name}`, bytes);
    }
    const { code, stdout, stderr } = new Deno.Command("python3", {
      args: [SCRIPT, ...words],
      cwd: folder,
    }).outputSync();
    const text = new TextDecoder().decode(stdout);
    assert(code === 2 || code === 5 || stderr.length === 0, new TextDecoder().decode(stderr));
    return { code, text };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function against(
  text: string,
  keys: readonly { readonly verifier: string }[],
  log = LOG.bytes,
): Answer {
  const given = keys.flatMap(({ verifier }) => ["--key", verifier]);
  return verify({ log, note: text }, ["log", "--against", "note", ...given]);
}

/** A line that names the key, signs another text, and is after the genuine signature. */
function otherSignature(): string {
  return note(SIZE - 1).split("\n\n")[1] ?? "";
}

Deno.test(needing({
  name: "verify_log.py prints a hostile text of a log in one line, and obeys none of it",
  needs: [PYTHON],
  fn() {
    const log = '{"seq":0,"kind":"\\u001b[31m\\ncomplete: 1 event\u202e\\ud800"}\n';
    const { code, text } = verify({ log }, ["log"]);
    assertStrictEquals(code, 6);
    assertStrictEquals(
      text,
      "damaged: rule 2: unknown kind \\x1b[31m\\ncomplete: 1 event\\u202e\\ud800 (line 1, byte 0)\n",
    );
  },
}));

Deno.test(needing({
  name:
    "verify_log.py --against NOTE compares the attested blocks, and checks every signature asked for",
  needs: [PYTHON],
  fn() {
    const forgedLog = writeLog(returnedRun("realize", { rounds: 4 })).bytes;
    const unrealized = writeLog(REALIZED.slice(0, firstOf("outcome") + 1)).bytes;
    const genuine = note(SIZE);
    const cosigned = note(SIZE, { keys: [KEY, WITNESS] });
    const cases: readonly (readonly [Answer, number, RegExp])[] = [
      [against(genuine, [KEY]), 0, /^complete: .*, as attested$/m],
      [against(noteText(ORIGIN, SIZE, rootOf(LOG.leaves)), []), 0, /as attested/],
      [against(genuine, []), 0, /as attested/],
      [against(cosigned, [KEY, WITNESS]), 0, /as attested/],
      [
        against(note(3), [KEY]),
        0,
        /^complete: .* attested up to block 3, not the \d+ lines beyond$/m,
      ],
      [against(note(0), [KEY]), 0, /attests nothing/],
      [against(note(SIZE, { origin: `${KEY.name}/run/${IDENTITY}` }), [KEY]), 0, /as attested/],
      [against(genuine, [KEY], unrealized), 7, /^incomplete: .* of \d+ attested blocks/],
      [against(genuine, [KEY], LOG.bytes.subarray(0, -1)), 7, /^incomplete/],
      [against(note(2), [KEY], LOG.bytes.subarray(0, -1)), 7, /^torn: .* attested up to block 2/],
      [
        against(signedNote(`${noteText(ORIGIN, SIZE, rootOf(LOG.leaves))}more\n`, [KEY]), [KEY]),
        0,
        /as attested/,
      ],
      // forged or foreign
      [against(signedNote(noteText(ORIGIN, 0, rootOf(LOG.leaves)), [KEY]), [KEY]), 6, /root/],
      [against(note(0, { origin: `${KEY.name}/run/${"1".repeat(32)}` }), [KEY]), 6, /another run/],
      [against(note(SIZE, { origin: `${KEY.name}/runs` }), [KEY]), 6, /another run/],
      [against(note(2), [KEY], forgedLog), 6, /^damaged: rule note/],
      [against(genuine.replace(`\n${SIZE}\n`, `\n${SIZE - 1}\n`), []), 6, /^damaged: .*root/],
      [
        against(genuine.replace(`\n${SIZE}\n`, `\n${SIZE - 1}\n`), [KEY]),
        6,
        /signature .* not valid/,
      ],
      [against(genuine.replace("/run/0", "/run/1"), [KEY]), 6, /signature .* not valid/],
      [
        against(note(SIZE, { origin: `${KEY.name}/run/${"1".repeat(32)}` }), [KEY]),
        6,
        /another run/,
      ],
      [
        against(note(SIZE, { origin: `${KEY.name}/run/${"1".repeat(64)}` }), [KEY]),
        6,
        /another run/,
      ],
      [against(genuine, [OTHER]), 6, /origin .* is not one of/],
      [against(genuine, [KEY, WITNESS]), 6, /not signed by witness/],
      [
        against(cosigned.replace("— witness.example", "— witness.other"), [WITNESS]),
        6,
        /not signed/,
      ],
      [against(note(SIZE, { keys: [{ ...WITNESS, type: 1 }] }), [WITNESS]), 6, /not valid/],
      [
        against(note(SIZE, { keys: [{ ...OTHER, name: KEY.name, id: KEY.id }] }), [KEY]),
        6,
        /not valid/,
      ],
      [against(genuine.replace(/ (\S{20})\S*\n$/, " $1\n"), [KEY]), 6, /not valid/],
      [against("hello\n", []), 6, /first lines are not/],
      [against(genuine.slice(0, -1), [KEY]), 6, /not whole lines/],
      [against(`${genuine}x`, [KEY]), 6, /not whole lines/],
      [against(`${genuine}x\n`, [KEY]), 6, /last lines are not signatures/],
      [against(`${noteText(ORIGIN, SIZE, rootOf(LOG.leaves))}\n`, []), 6, /last lines/],
      [against(`\ufeff${genuine}`, [KEY]), 6, /not whole lines/],
      [against(noteText(`\x1b${ORIGIN}`, SIZE, rootOf(LOG.leaves)), []), 6, /not whole lines/],
      [against(noteText(ORIGIN, 2 ** 53, rootOf(LOG.leaves)), []), 6, /first lines are not/],
      [against(noteText("other", SIZE, rootOf(LOG.leaves)), []), 6, /another run/],
      [against(genuine + otherSignature(), [KEY]), 6, /not valid/],
      [against(`${ORIGIN}\n01\n${"A".repeat(43)}=\n`, []), 6, /first lines are not/],
    ];
    for (const [index, [{ code, text }, exit, told]] of cases.entries()) {
      assertMatch(text, told, `case ${index}`);
      assertStrictEquals(code, exit, `case ${index}: ${text}`);
    }
  },
}));

Deno.test(needing({
  name: "verify_log.py --proof accepts the block of every genuine proof, and no other",
  needs: [PYTHON],
  fn() {
    const prove = (text: string, key = KEY) =>
      verify({ proof: text }, ["--proof", "proof", "--key", key.verifier]);
    const signed = note(SIZE);
    const [empty = sha256()] = LOG.blocks;
    const block = (index: number) => LOG.blocks[index] ?? empty;
    for (let index = 0; index < SIZE; index++) {
      const path = inclusionPath(LOG.leaves, index);
      const { code, text } = prove(proofText(block(index), index, path, signed));
      assertMatch(text, new RegExp(`^included: block ${index} of ${SIZE} of ${ORIGIN}, events`));
      assertStrictEquals(code, 0);
    }
    const path = inclusionPath(LOG.leaves, 2);
    const changed = block(2).slice();
    changed[30] = 0x30;
    const [first = sha256(), second = sha256()] = path;
    const forged: readonly string[] = [
      proofText(changed, 2, path, signed),
      proofText(block(3), 2, path, signed),
      proofText(block(2), 3, path, signed),
      proofText(block(2), SIZE, path, signed),
      proofText(block(2), 2, path.slice(1), signed),
      proofText(block(2), 2, path.slice(0, -1), signed),
      proofText(block(2), 2, [...path, sha256()], signed),
      proofText(block(2), 2, path.with(0, second).with(1, first), signed),
      proofText(block(2), 2, path.with(0, first.subarray(1)), signed),
      proofText(block(2), 2, path, note(SIZE - 1)),
      proofText(block(2), 2, path, note(SIZE, { keys: [OTHER] })),
      proofText(block(2), 2, path, note(0)),
      proofText(block(2), 2, path, signed).replace("@v1", "@v2"),
      proofText(block(2), 2, path, signed).replace(/extra .*\n/, ""),
      signed,
      ...NO_BLOCKS.map((text) => {
        const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
        const leaf = sha256(Uint8Array.of(0), bytes);
        return proofText(bytes, 0, [], signedNote(noteText(ORIGIN, 1, leaf), [KEY]));
      }),
    ];
    for (const [index, text] of forged.entries()) {
      const answer = prove(text);
      assertStrictEquals(answer.code, 6, `forgery ${index}: ${answer.text}`);
      assertMatch(answer.text, /^damaged: rule /);
    }
  },
}));

Deno.test(needing({
  name:
    "verify_log.py is short, needs the standard library only, and reports its verdict as an exit code",
  needs: [PYTHON],
  fn() {
    const source = Deno.readTextFileSync(SCRIPT);
    const imports = [...source.matchAll(/^(?:import|from) (\w+)/gm)].map(([, name]) => name);
    assertEquals(imports, [
      "base64",
      "decimal",
      "functools",
      "hashlib",
      "json",
      "math",
      "os",
      "re",
      "stat",
      "sys",
    ]);
    const cases: readonly (readonly [Uint8Array, number, RegExp])[] = [
      [LOG.bytes, 0, /^complete: \d+ events$/m],
      [LOG.bytes.subarray(0, -1), 7, /^torn/],
      [LOG.bytes.subarray(1), 6, /^damaged: rule 1: .* \(line 1, byte 0\)/],
      [new Uint8Array(), 7, /^prefix: 0 events/],
    ];
    for (const [log, exit, told] of cases) {
      const { code, text } = verify({ log }, ["log"]);
      assertMatch(text, told);
      assertStrictEquals(code, exit);
    }
    for (const words of [[], ["log", "log"], ["--against"], ["log", "--key", KEY.verifier]]) {
      assertStrictEquals(verify({ log: LOG.bytes }, words).code, 5);
    }
    assertStrictEquals(verify({}, ["log"]).code, 2);
    const files = { log: LOG.bytes, note: note(SIZE), empty: "", vkey: `${KEY.verifier}\n` };
    const words = ["log", "--against", "note", "--key"];
    for (const key of ["log", "empty", "a+00000000+!", `${KEY.verifier.slice(0, -3)}AA=`]) {
      assertStrictEquals(verify(files, [...words, key]).code, 5, key);
    }
    assertStrictEquals(verify(files, [...words, "vkey"]).code, 0);
    assertStrictEquals(verify(files, [...words, "absent"]).code, 2);
    const utf16 = Uint8Array.from([0xff, 0xfe, ...new TextEncoder().encode(files.note)]);
    assertStrictEquals(verify({ ...files, note: utf16 }, [...words, "vkey"]).code, 2);
  },
}));
