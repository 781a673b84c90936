/**
 * Go's library `golang.org/x/mod/sumdb`, which shares no code with dustrun, accepts our notes, keys and proofs, refuses each that was
 * changed, and signs what we accept.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import {
  leafHash,
  makeSignerKey,
  openRunNote,
  parseSignerKey,
  proveConsistency,
  proveInclusion,
  renderLogProof,
  renderNotedTree,
  renderSignerKey,
  renderVerifierKey,
  runOrigin,
  signNote,
  treeRoot,
  verifierKeyOf,
} from "../../../mod.ts";
import { bytesToBase64 } from "../../../dvm/value/base64.ts";
import { hexToBytes } from "../../../store/file/hex.ts";
import { askGo, GO_LIBRARY, judgedByGo, type Question } from "../../support/ask_go.ts";
import { needing } from "../../support/needs.ts";

const LEAVES = Array.from(
  { length: 70 },
  (_, index) => new TextEncoder().encode(`{"seq":${index},"kind":"Φ"}\n`.repeat(1 + index % 3)),
);
const HASHES = LEAVES.map((leaf) => leafHash(leaf));
const NAME = "example.org/runs";
const KEY = await makeSignerKey(NAME, Uint8Array.from({ length: 32 }, (_, index) => index));
const Key = renderVerifierKey(verifierKeyOf(KEY));

/** The text of a note about the first leaves. */
function treeText(size: number): string {
  const origin = runOrigin({ name: NAME, run: "0123456789abcdef".repeat(2) });
  return renderNotedTree({ origin, size, root: treeRoot(HASHES.slice(0, size)) });
}

/** Texts with one thing changed: a letter, a digit, a line left out, a line twice. Lines before `from` are left as they are. */
function* changesOf(text: string, from = 0): Generator<string> {
  const lines = text.split(/(?<=\n)/);
  for (const [index, line] of lines.entries()) {
    if (index < from) continue;
    const at = Math.floor(line.length / 2);
    const other = line[at] === "A" ? "B" : "A";
    yield lines.with(index, line.slice(0, at) + other + line.slice(at + 1)).join("");
    yield lines.toSpliced(index, 1).join("");
    yield lines.toSpliced(index, 0, line).join("");
  }
}

Deno.test(needing({
  name: "Go opens our notes, and none that was changed or that another key signed",
  needs: GO_LIBRARY,
  size: "ci",
  async fn() {
    const text = treeText(5);
    const note = await signNote(text, KEY);
    const other = await makeSignerKey(NAME, new Uint8Array(32).fill(9));
    const both = note + (await signNote(text, other)).slice(text.length + 1);
    const accepted = [note, both].map((Text): Question => ({ Kind: "note", Key, Text }));
    // A signature twice is the same signature: that change is none.
    const changed = [...changesOf(note)].slice(0, -1);
    const refused = [...changed, await signNote(text, other)]
      .map((Text): Question => ({ Kind: "note", Key, Text }));
    const answers = await judgedByGo({ accepted, refused });
    assertEquals(answers.slice(0, 2), [`accepted: ${text}`, `accepted: ${text}`]);
    assert(refused.length >= 15);
    for (const { Text } of refused) {
      const ours = await openRunNote(Text, verifierKeyOf(KEY));
      assert(!ours.ok, Text);
    }
  },
}));

Deno.test(needing({
  name: "Go takes our keys and signs as we do, and we take what it signed",
  needs: GO_LIBRARY,
  size: "ci",
  async fn() {
    const text = treeText(7);
    const question: Question = { Kind: "sign", Key: renderSignerKey(KEY), Text: text };
    const [answer] = await askGo([question]);
    assertStrictEquals(answer, `accepted: ${await signNote(text, KEY)}`);
    const opened = await openRunNote(answer?.replace("accepted: ", "") ?? "", verifierKeyOf(KEY));
    assert(opened.ok && opened.value.signature === "checked");
    assert((await parseSignerKey(renderSignerKey(KEY))).ok);
  },
}));

Deno.test(needing({
  name: "Go checks our inclusion proofs, and none that was changed",
  needs: GO_LIBRARY,
  size: "ci",
  async fn() {
    const proofs: string[] = [];
    for (const size of [1, 2, 3, 7, 8, 33, 70]) {
      const note = await signNote(treeText(size), KEY);
      const leaves = HASHES.slice(0, size);
      for (let index = 0; index < size; index++) {
        const leaf = LEAVES[index] ?? new Uint8Array();
        proofs.push(renderLogProof({ leaf, index, hashes: proveInclusion(leaves, index), note }));
      }
    }
    const changed = [...changesOf(proofs.at(-1) ?? "", 1)].slice(0, -1);
    const moved = (proofs.at(-1) ?? "").replace("index 69", "index 68");
    const question = (Text: string): Question => ({ Kind: "proof", Key, Text });
    const answers = await judgedByGo({
      accepted: proofs.map(question),
      refused: [...changed, moved].map(question),
    });
    for (const answer of answers.slice(0, proofs.length)) {
      assert(answer.startsWith("accepted: {"), answer);
    }
  },
}));

Deno.test(needing({
  name: "Go checks our consistency proofs, and none that was changed",
  needs: GO_LIBRARY,
  size: "ci",
  async fn() {
    const base64 = (hash: string) => bytesToBase64(hexToBytes(hash));
    const accepted: Question[] = [], refused: Question[] = [];
    for (const size of [1, 2, 3, 7, 8, 33, 70]) {
      const Text = await signNote(treeText(size), KEY);
      for (let older = 1; older <= size; older++) {
        const Older = await signNote(treeText(older), KEY);
        const Hashes = proveConsistency(HASHES.slice(0, size), older).map(base64);
        accepted.push({ Kind: "tree", Key, Text, Older, Hashes });
        refused.push({
          Kind: "tree",
          Key,
          Text,
          Older,
          Hashes: [...Hashes, base64(HASHES[0] ?? "")],
        });
        if (Hashes.length === 0) continue;
        const wrong = Hashes.with(older % Hashes.length, base64(HASHES[69] ?? ""));
        if (wrong.join() !== Hashes.join()) {
          refused.push({ Kind: "tree", Key, Text, Older, Hashes: wrong });
        }
        refused.push({ Kind: "tree", Key, Text, Older, Hashes: Hashes.slice(1) });
        refused.push({ Kind: "tree", Key, Text: Older, Older: Text, Hashes });
      }
    }
    await judgedByGo({ accepted, refused });
  },
}));
