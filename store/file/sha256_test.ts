import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { createHash } from "node:crypto";
import { Sha256, sha256 } from "./sha256.ts";

const host = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

Deno.test("sha256() has the digests of FIPS 180-4's examples", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
  ];
  for (const [text, digest] of cases) assertStrictEquals(sha256(text), digest);
  assertStrictEquals(sha256("Φ🟢"), host(new TextEncoder().encode("Φ🟢")));
});

/** As in a browser, where everything is hashed by our own rounds. */
function withoutHost(use: () => void): void {
  const { process } = globalThis;
  Reflect.deleteProperty(globalThis, "process");
  try {
    use();
  } finally {
    Reflect.set(globalThis, "process", process);
  }
}

function digestsAllLengths(): void {
  const lengths = Array.from({ length: 200 }, (_, length) => length);
  const limit = 64 * 1024;
  for (const length of [...lengths, limit - 1, limit, limit + 1, 3 * limit + 5]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255);
    const hash = new Sha256();
    hash.update(bytes);
    assertStrictEquals(hash.digest(), host(bytes), `${length} bytes`);
  }
}

function digestsOnTheWay(): void {
  const hash = new Sha256();
  const all: number[] = [];
  const buffer = new Uint8Array(4_099);
  for (let round = 0; round < 40; round++) {
    buffer.fill(round);
    hash.update(buffer);
    for (const byte of buffer) all.push(byte);
    assertStrictEquals(hash.digest(), host(Uint8Array.from(all)), `after ${all.length} bytes`);
    buffer.fill(255);
  }
}

Deno.test("Sha256 equals the digest of the host for every length around a block and around its limit", () => {
  digestsAllLengths();
  withoutHost(digestsAllLengths);
});

Deno.test("Sha256 continues after a digest, beyond the limit too, and keeps no reference to its input", () => {
  digestsOnTheWay();
  withoutHost(digestsOnTheWay);
});

Deno.test("sha256() is that of the UTF-8 bytes, whoever hashes, also of unpaired surrogates", () => {
  const texts = ["", "a\ud800", "\udc00é✅", "x".repeat(100_000)];
  const expected = texts.map((text) => host(new TextEncoder().encode(text)));
  for (let turn = 0; turn < 600; turn++) sha256("enough for the host to be used".repeat(5));
  assertEquals(texts.map(sha256), expected);
  withoutHost(() => assertEquals(texts.map(sha256), expected));
});
