/**
 * What a note that is kept elsewhere proves: every consistent rewrite of the log is noticed with it, none without.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../../std/assert.ts";
import {
  attestableLog,
  compareWithNote,
  makeSignerKey,
  MemoryFile,
  noteOf,
  openRunNote,
  renderNotedTree,
  renderVerifierKey,
  signNote,
  verifierKeyOf,
  verifyLog,
} from "../../../mod.ts";
import { dustrun } from "../../support/memory_io.ts";
import { realizedLog, simulatedLog } from "../../support/sample_logs.ts";
import { needing } from "../../support/needs.ts";
import { PYTHON, SCRIPT } from "../second_verifier/judges.ts";
import { type Rewrite, rewriteLog, REWRITES } from "./rewrites.ts";

const AUDITING = new URL("../../../docs/auditing.md", import.meta.url);

/** More than a block of events. */
const ROUNDS = 600;
const SIMULATED = simulatedLog(ROUNDS), REALIZED = realizedLog(ROUNDS);
const KEY = await makeSignerKey("example.org/runs", new Uint8Array(32).fill(1));

/** The signed note about a log. */
async function noteAbout(log: Uint8Array, signer = KEY): Promise<string> {
  const attestable = attestableLog(new MemoryFile(log));
  assert(attestable.ok);
  const noted = noteOf(attestable.value.tree, KEY.name);
  assert(noted !== undefined);
  return await signNote(renderNotedTree(noted), signer);
}

/** How a note contradicts a log; `undefined` if it does not. */
async function contradiction(log: Uint8Array, note: string): Promise<string | undefined> {
  const attestable = attestableLog(new MemoryFile(log));
  const opened = await openRunNote(note, verifierKeyOf(KEY));
  assert(attestable.ok && opened.ok);
  const compared = compareWithNote(attestable.value.tree, opened.value);
  return compared.ok ? undefined : compared.failure.code;
}

Deno.test("a log that is rewritten without a change is the same log", () => {
  const none: Rewrite = { name: "none", edit: (lines) => lines };
  for (const log of [SIMULATED, REALIZED]) assertEquals(rewriteLog(log, none), log);
});

Deno.test("every consistent rewrite is valid in itself, and contradicts the note that was made before", async () => {
  assert(REWRITES.length >= 15);
  const codes = new Map<string, number>();
  for (const rewrite of REWRITES) {
    for (const log of rewrite.isOfRealization ? [REALIZED] : [SIMULATED, REALIZED]) {
      const note = await noteAbout(log);
      assertStrictEquals(await contradiction(log, note), undefined);
      const forged = rewriteLog(log, rewrite);
      const verdict = verifyLog(new MemoryFile(forged));
      assert(verdict.status !== "damaged", `${rewrite.name}: ${JSON.stringify(verdict)}`);
      const code = await contradiction(forged, note);
      assert(code !== undefined, rewrite.name);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  assertEquals([...codes.keys()].sort(), ["other-run", "rewritten-log", "shorter-log"]);
});

Deno.test("another valid run in place of a log, and the log cut at a checkpoint, contradict its note", async () => {
  const note = await noteAbout(REALIZED);
  assertStrictEquals(await contradiction(realizedLog(ROUNDS + 1), note), "rewritten-log");
  assertStrictEquals(await contradiction(simulatedLog(ROUNDS), note), "other-run");
  assertStrictEquals(
    await contradiction(simulatedLog(ROUNDS + 1), await noteAbout(SIMULATED)),
    "other-run",
  );
  const text = new TextDecoder().decode(REALIZED);
  const ends = [...text.matchAll(/"kind":"checkpoint".*\n/g)].map((match) =>
    match.index + match[0].length
  );
  assert(ends.length > 3);
  for (const end of ends.slice(0, -1)) {
    const cut = new TextEncoder().encode(text.slice(0, end));
    assert(verifyLog(new MemoryFile(cut)).status !== "damaged");
    assertStrictEquals(await contradiction(cut, note), "shorter-log");
  }
});

Deno.test("a changed skip, a leaf or a root in a checkpoint is damage, also without a note", () => {
  const text = new TextDecoder().decode(REALIZED);
  const changes = [
    text.replace(/"skip":\[[0-9]+,/, '"skip":['),
    text.replace(/"skip":\[([0-9])/, '"skip":[1$1'),
    text.replace(/"block":"(.)/, (_, digit) => `"block":"${digit === "0" ? 1 : 0}`),
    text.replace(/"root":"(.)/, (_, digit) => `"root":"${digit === "0" ? 1 : 0}`),
  ];
  for (const changed of changes) {
    assert(changed !== text);
    assertStrictEquals(
      verifyLog(new MemoryFile(new TextEncoder().encode(changed))).status,
      "damaged",
    );
  }
});

Deno.test("what comes after the attested blocks is not attested, and a note says nothing about it", async () => {
  const outcome = new TextDecoder().decode(REALIZED).split("\n")
    .findIndex((line) => line.includes('"kind":"outcome"'));
  const lines = new TextDecoder().decode(REALIZED).split(/(?<=\n)/);
  const early = await noteAbout(new TextEncoder().encode(lines.slice(0, outcome + 2).join("")));
  assertStrictEquals(await contradiction(REALIZED, early), undefined);
  const forged = REWRITES.filter(({ isOfRealization }) => isOfRealization)
    .filter(({ name }) => name !== "it was only simulated");
  for (const rewrite of forged) {
    assertStrictEquals(await contradiction(rewriteLog(REALIZED, rewrite), early), undefined);
  }
});

Deno.test("a note that was rewritten with its log is detected with the key, and only with it", async () => {
  const forger = await makeSignerKey(KEY.name, new Uint8Array(32).fill(2));
  for (const rewrite of REWRITES) {
    const log = rewriteLog(REALIZED, rewrite);
    const attestable = attestableLog(new MemoryFile(log));
    assert(attestable.ok);
    const note = await noteAbout(log, forger);
    const unchecked = await openRunNote(note);
    assert(unchecked.ok && unchecked.value.signature === "unchecked");
    assert(compareWithNote(attestable.value.tree, unchecked.value).ok, rewrite.name);
    const checked = await openRunNote(note, verifierKeyOf(KEY));
    assert(!checked.ok && checked.failure.code === "foreign-note", rewrite.name);
  }
});

Deno.test("docs/auditing.md lists every rewrite that only a note detects", () => {
  const [, section = ""] = Deno.readTextFileSync(AUDITING).split("## What only a note detects\n");
  const listed = section.slice(0, section.indexOf("\n## ")).matchAll(/^- (.*)[;.]$/gm);
  assertEquals([...listed].map(([, name]) => name), REWRITES.map(({ name }) => name));
});

/** The honest log, its note, and every rewrite, in files. */
async function withFiles(
  test: (at: { readonly note: string; readonly logs: readonly string[] }) => Promise<void>,
): Promise<void> {
  const folder = Deno.makeTempDirSync();
  const note = `${folder}/note`;
  Deno.writeTextFileSync(note, await noteAbout(REALIZED));
  const logs = [REALIZED, ...REWRITES.map((rewrite) => rewriteLog(REALIZED, rewrite))].map(
    (log, index) => {
      const path = `${folder}/${index}.jsonl`;
      Deno.writeFileSync(path, log);
      return path;
    },
  );
  await test({ note, logs });
  Deno.removeSync(folder, { recursive: true });
}

const VKEY = renderVerifierKey(verifierKeyOf(KEY));

Deno.test("verify --against reports every rewrite with a code, and the honest log as attested", async () => {
  await withFiles(async ({ note, logs: [honest = "", ...forged] }) => {
    const verify = (log: string) => dustrun("verify", log, "--against", note, "--key", VKEY);
    const attested = await verify(honest);
    assertMatch(
      attested.stdout,
      /: complete, as attested, [0-9]+ events\n {2}attested up to block 4; signed by example/,
    );
    assertStrictEquals(attested.exit, 0);
    const exits: { readonly [code: string]: number } = { DR1315: 6, DR1316: 6, DR1317: 7 };
    for (const [index, log] of forged.entries()) {
      const { exit, stdout, stderr } = await verify(log);
      const code = /^error\[(DR[0-9]+)\]/.exec(stderr)?.[1] ?? "";
      assertEquals([exit, stdout], [exits[code], ""], `${REWRITES[index]?.name}: ${stderr}`);
    }
  });
});

Deno.test(needing({
  name:
    "the auditors' verifier detects the same rewrites, with the same exit codes, and none without the note",
  needs: [PYTHON],
  size: "ci",
  async fn() {
    await withFiles(async ({ note, logs }) => {
      const python = (...words: readonly string[]) =>
        new Deno.Command("python3", { args: [SCRIPT, ...words] }).outputSync().code;
      for (const [index, log] of logs.entries()) {
        const name = REWRITES[index - 1]?.name ?? "the honest log";
        const alone = await dustrun("verify", log);
        assertStrictEquals(python(log), alone.exit, name);
        assert(alone.exit !== 6, name);
        const compared = await dustrun("verify", log, "--against", note, "--key", VKEY);
        assertStrictEquals(python(log, "--against", note, "--key", VKEY), compared.exit, name);
        assertStrictEquals(compared.exit === 0, index === 0, name);
      }
    });
  },
}));
