/**
 * Notes, keys, trees and proofs as text: known answers of RFC 8032 and of Go's `sumdb/note`, and one spelling for everything.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { base64ToBytes, bytesToBase64 } from "../../dvm/value/base64.ts";
import { bytesToHex, hexToBytes } from "../file/hex.ts";
import { isSignature, publicKeyOf, sign } from "./ed25519.ts";
import {
  isKeyName,
  makeSignerKey,
  parseSignerKey,
  parseVerifierKey,
  renderSignerKey,
  renderVerifierKey,
  verifierKeyOf,
} from "./key.ts";
import { parseLogProof, renderLogProof } from "./log_proof.ts";
import { parseNote, signNote, verifyNote } from "./note.ts";
import { parseNotedTree, parseRunOrigin, renderNotedTree, runOrigin } from "./noted_tree.ts";

// The example of Go's documentation of `sumdb/note`.
const GO_SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const GO_NOTE = "If you think cryptography is the answer to your problem,\n" +
  "then you don't know what your problem is.\n\n" +
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const TEXT = GO_NOTE.slice(0, GO_NOTE.indexOf("\n\n") + 1);
const SIGNATURE = GO_NOTE.slice(TEXT.length + 1);

/** The value of a success. */
function valueOf<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

const goSigner = async () => valueOf(await parseSignerKey(GO_SIGNER));
const goVerifier = () => valueOf(parseVerifierKey(GO_VERIFIER));
const otherKey = () => makeSignerKey("other.example", new Uint8Array(32).fill(7));
const codeOf = async (note: string, key = goVerifier()) => {
  const verified = await verifyNote(valueOf(parseNote(note)), key);
  return verified.ok ? "verified" : verified.failure.code;
};

Deno.test("Ed25519 has the answers of RFC 8032 §7.1", async () => {
  const cases = [
    [
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
      "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
  ];
  for (const [seed = "", publicKey = "", message = "", signature = ""] of cases) {
    const signed = { publicKey: hexToBytes(publicKey), message: hexToBytes(message) };
    assertStrictEquals(bytesToHex(await publicKeyOf(hexToBytes(seed))), publicKey);
    assertStrictEquals(bytesToHex(await sign(hexToBytes(seed), signed.message)), signature);
    const bytes = hexToBytes(signature);
    assert(await isSignature(bytes, signed));
    for (let index = 0; index < bytes.length; index++) {
      assert(!await isSignature(bytes.with(index, (bytes[index] ?? 0) ^ 4), signed), `${index}`);
    }
    assert(!await isSignature(bytes, { ...signed, message: Uint8Array.of(1) }));
    assert(!await isSignature(bytes.subarray(1), signed));
    assert(!await isSignature(bytes, { ...signed, publicKey: new Uint8Array(31) }));
    assert(!await isSignature(bytes, { ...signed, publicKey: new Uint8Array(32).fill(255) }));
  }
});

Deno.test("base64 has one spelling for every sequence of bytes", () => {
  for (const length of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => 251 - 37 * index);
    const text = bytesToBase64(bytes);
    assertStrictEquals(text, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
    assertEquals(base64ToBytes(text), bytes);
    for (const wrong of [`${text}=`, `${text} `, ` ${text}`, `${text}\n`, text.slice(0, -1), "!"]) {
      if (wrong !== "") assertStrictEquals(base64ToBytes(wrong), undefined, JSON.stringify(wrong));
    }
  }
  for (const wrong of ["AB==", "AAB=", "A===", "AA=A", "AA-_", "AAAA\n"]) {
    assertStrictEquals(base64ToBytes(wrong), undefined, wrong);
  }
});

Deno.test("keys and notes are those of Go's library, byte for byte", async () => {
  const key = await goSigner();
  assertStrictEquals(renderSignerKey(key), GO_SIGNER);
  assertStrictEquals(renderVerifierKey(verifierKeyOf(key)), GO_VERIFIER);
  assertStrictEquals(renderVerifierKey(goVerifier()), GO_VERIFIER);
  assertStrictEquals(await signNote(TEXT, key), GO_NOTE);
  assertStrictEquals(await codeOf(GO_NOTE), "verified");
});

Deno.test("a verifier key has no secret in it", async () => {
  assertEquals(Object.keys(verifierKeyOf(await goSigner())), ["name", "id", "publicKey"]);
});

Deno.test("a note is verified by the key that signed it, whoever else did", async () => {
  const foreign = (await signNote(TEXT, await otherKey())).slice(TEXT.length + 1);
  const renamed = (await signNote(TEXT, await makeSignerKey("PeterNeumann", new Uint8Array(32))))
    .slice(TEXT.length + 1);
  for (const others of [foreign, foreign + renamed]) {
    assertStrictEquals(await codeOf(`${TEXT}\n${others}${SIGNATURE}`), "verified");
    assertStrictEquals(await codeOf(`${TEXT}\n${SIGNATURE}${others}`), "verified");
    assertStrictEquals(await codeOf(`${TEXT}\n${others}`), "foreign-note");
  }
  assertStrictEquals(await codeOf(TEXT), "unsigned-note");
});

Deno.test("a changed text, name or signature is not verified", async () => {
  const changes = [
    GO_NOTE.replace("answer", "Answer"),
    GO_NOTE.replace("is.\n", "is.\n\n"),
    GO_NOTE.replace("is.\n", "is. \n"),
    GO_NOTE.replace("x08go/ZJ", "x08go/ZK"),
    GO_NOTE.replace("JnAM=", "JnAQ="),
    GO_NOTE + SIGNATURE.replace("x08go/ZJ", "x08go/ZK"),
    `${TEXT}\n${SIGNATURE.replace("x08go/ZJ", "x08go/ZK")}${SIGNATURE}`,
  ];
  for (const note of changes) assertStrictEquals(await codeOf(note), "forged-note", note);
  const foreign = [
    GO_NOTE.replace("PeterNeumann", "PeterNeumanN"),
    GO_NOTE.replace("x08go/ZJ", "x08gp/ZJ"),
  ];
  for (const note of foreign) assertStrictEquals(await codeOf(note), "foreign-note", note);
  assertStrictEquals(await codeOf(GO_NOTE, verifierKeyOf(await otherKey())), "foreign-note");
});

Deno.test("parseNote() separates text and signatures at the last empty line", () => {
  const note = valueOf(parseNote(`one\n\ntwo\n\n${SIGNATURE}`));
  assertStrictEquals(note.text, "one\n\ntwo\n");
  assertEquals(note.signatures.map(({ name, id }) => [name, id]), [["PeterNeumann", "c74f20a3"]]);
  assertStrictEquals(note.signatures[0]?.signature.length, 64);
  assertEquals(valueOf(parseNote("one\ntwo\n")), { text: "one\ntwo\n", signatures: [] });
});

Deno.test("parseNote() refuses what has another form", () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ["", /unfinished/],
    ["one", /unfinished/],
    [`${TEXT}\n`, /no signature/],
    [`${TEXT}\n\n`, /no signature/],
    [GO_NOTE.slice(0, -1), /unfinished/],
    [GO_NOTE.replaceAll("\n", "\r\n"), /control/],
    [`\t${GO_NOTE}`, /control/],
    [`\ud800${GO_NOTE}`, /UTF-8/],
    [GO_NOTE.replace("— ", "- "), /no signature/],
    [GO_NOTE.replace("— ", "—"), /no signature/],
    [GO_NOTE.replace("JnAM=", "JnAM"), /no signature/],
    [GO_NOTE.replace("JnAM=", "JnAN="), /no signature/],
    [GO_NOTE.replace("JnAM=", "JnAM= "), /no signature/],
    [GO_NOTE.replace("PeterNeumann", "Peter+Neumann"), /no signature/],
    [GO_NOTE.replace("PeterNeumann", ""), /no signature/],
    [`${TEXT}\n— PeterNeumann x08gow==\n`, /no signature/],
    [`${TEXT}\n${SIGNATURE.repeat(101)}`, /more than 100/],
    [`${"x".repeat(1_000_000)}\n`, /longer/],
  ];
  for (const [note, reason] of wrong) {
    const parsed = parseNote(note);
    assert(!parsed.ok && reason.test(parsed.failure.reason), JSON.stringify(note.slice(-200)));
  }
  assert(parseNote(`${TEXT}\n${SIGNATURE.repeat(16)}`).ok, "as many as C2SP requires");
});

Deno.test("keys of another form are refused, and no reason repeats a secret", async () => {
  const wrong = [
    "",
    "PeterNeumann",
    GO_VERIFIER.replace("Peter", "Pete"),
    GO_VERIFIER.replace("+c7", "+c8"),
    GO_VERIFIER.replace("+c74f20a3", "+C74F20A3"),
    GO_VERIFIER.replace("PeterNeumann", "Peter Neumann"),
    GO_VERIFIER.replace("PeterNeumann", ""),
    GO_VERIFIER.replace("ARpc", "AhpC"),
    GO_VERIFIER.replace("ARpc", "ARpd"),
    GO_VERIFIER.slice(0, -4),
    `${GO_VERIFIER}\n`,
    `${GO_VERIFIER}====`,
  ];
  for (const text of wrong) {
    const parsed = parseVerifierKey(text);
    assert(!parsed.ok, text);
    const signer = await parseSignerKey(`PRIVATE+KEY+${text}`);
    assert(!signer.ok, text);
    assert(!(await parseSignerKey(text)).ok, text);
  }
  const swapped = [parseVerifierKey(GO_SIGNER), await parseSignerKey(GO_VERIFIER)];
  const changed = await parseSignerKey(GO_SIGNER.replace("+c7", "+c8"));
  for (const parsed of [...swapped, changed]) {
    assert(!parsed.ok && !parsed.failure.reason.includes("EKFALV"));
  }
});

Deno.test("isKeyName() knows every white space", () => {
  for (const name of ["a", "example.org/a-b_c", "ä", "日本"]) assert(isKeyName(name), name);
  const spaces = [..."\t\n\v\f\r \x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000"];
  for (const one of [...spaces, "+", "\0", "\x1f", "\ud800"]) assert(!isKeyName(`a${one}b`), one);
});

Deno.test("a noted tree has one spelling, and further lines are allowed", () => {
  const tree = { origin: "example.org/run/0", size: 3, root: "0123456789abcdef".repeat(4) };
  const text = renderNotedTree(tree);
  assertStrictEquals(text, "example.org/run/0\n3\nASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8=\n");
  assertEquals(valueOf(parseNotedTree(text)), tree);
  assertEquals(valueOf(parseNotedTree(`${text}more\n`)), tree);
  assertEquals(valueOf(parseNotedTree(text.replace("\n3\n", "\n0\n"))), { ...tree, size: 0 });
  const root = text.split("\n")[2] ?? "";
  const wrong = [
    "",
    "a\n",
    "a\n1\n",
    `\n1\n${root}\n`,
    `a\n01\n${root}\n`,
    `a\n-1\n${root}\n`,
    `a\n1.0\n${root}\n`,
    `a\n \n${root}\n`,
    `a\n9007199254740992\n${root}\n`,
    `a\n1\n${root.slice(4)}\n`,
    `a\n1\n ${root}\n`,
    `a\n1\n${root}\n\n`,
    `a\n1\n${root}\n\nmore\n`,
  ];
  for (const one of wrong) assert(!parseNotedTree(one).ok, JSON.stringify(one));
});

Deno.test("parseRunOrigin() inverts runOrigin(), and refuses origins of other things", () => {
  for (const run of ["0a".repeat(16), "0a".repeat(32)]) {
    for (const name of ["a", "example.org/run", "x/run/y"]) {
      assertEquals(parseRunOrigin(runOrigin({ name, run })), { name, run });
    }
  }
  const run = "0a".repeat(16);
  const wrong = ["a", "a/", `/run/${run}`, `a/runs/${run}`, `a/run/${run}0`, `a/run/${run}/`];
  for (const one of [...wrong, `a/run/${run.toUpperCase()}`]) {
    assertStrictEquals(parseRunOrigin(one), undefined, one);
  }
});

Deno.test("a proof has one spelling", () => {
  const hash = "0123456789abcdef".repeat(4);
  const proof = { leaf: Uint8Array.of(0, 10, 255), index: 12, hashes: [hash, hash], note: GO_NOTE };
  const text = renderLogProof(proof);
  assertEquals(valueOf(parseLogProof(text)), proof);
  const bare = { ...proof, leaf: new Uint8Array(), index: 0, hashes: [] };
  assertEquals(valueOf(parseLogProof(renderLogProof(bare))), bare);
  const wrong: readonly string[] = [
    "",
    text.slice(1),
    text.replace("@v1", "@v2"),
    text.replace("extra ", "extra  "),
    text.replace("extra AAr/\n", ""),
    text.replace("extra AAr/", "extra AAr"),
    text.replace("index 12", "index 012"),
    text.replace("index 12", "index -1"),
    text.replace("index 12", "index"),
    text.replace("index 12\n", ""),
    text.replace("ASNF", "SNF"),
    text.replace("ASNFZ4mr", ""),
    text.replace("\n\n", "\n"),
    renderLogProof({ ...proof, hashes: Array.from({ length: 54 }, () => hash) }),
  ];
  for (const one of wrong) {
    const parsed = parseLogProof(one);
    assert(!parsed.ok || !parseNote(parsed.value.note).ok, one);
  }
});
