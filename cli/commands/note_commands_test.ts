import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import {
  EMPTY_ROOT,
  makeSignerKey,
  renderNotedTree,
  renderVerifierKey,
  signNote,
  verifierKeyOf,
} from "../../mod.ts";
import { type CommandResult, dustrun } from "../../tests/support/memory_io.ts";
import { withDesk } from "../../tests/support/note_desk.ts";
import { realizedLog, simulatedLog } from "../../tests/support/sample_logs.ts";

/** Checks that a command is refused, and prints nothing but the fault. */
async function refused(
  words: readonly string[],
  expected: { readonly exit: number; readonly stderr: RegExp },
): Promise<void> {
  const answer: CommandResult = await dustrun(...words);
  assertMatch(answer.stderr, expected.stderr, words.join(" "));
  assertEquals([answer.exit, answer.stdout], [expected.exit, ""], words.join(" "));
  const json = await dustrun(...words, "--json");
  const code = /DR[0-9]+/.exec(answer.stderr)?.[0];
  assertEquals([JSON.parse(json.stderr).fault.code, json.exit], [code, expected.exit]);
}

Deno.test("keygen writes a key that only its owner can read, prints its public half, and replaces nothing", async () => {
  await withDesk(async ({ at, print }) => {
    assertMatch(
      Deno.readTextFileSync(at("vkey")),
      /^example\.org\/runs\+[0-9a-f]{8}\+A[A-Za-z0-9+/]{43}\n$/,
    );
    assertMatch(
      Deno.readTextFileSync(at("key")),
      /^PRIVATE\+KEY\+example\.org\/runs\+[0-9a-f]{8}\+A/,
    );
    if (Deno.build.os !== "windows") {
      assertStrictEquals((Deno.statSync(at("key")).mode ?? 0) & 0o777, 0o600);
    }
    const before = Deno.readTextFileSync(at("key"));
    await refused(["keygen", "a", at("key")], {
      exit: 2,
      stderr: /DR1306.*exists already[^]*never overwritten/,
    });
    assertStrictEquals(Deno.readTextFileSync(at("key")), before);
    for (const name of ["a b", "a+b", ""]) {
      await refused(["keygen", name, at("other")], { exit: 5, stderr: /DR1303/ });
    }
    const json = JSON.parse(await print("keygen", "b", at("second"), "--json"));
    assertEquals([json.name, json.file], ["b", at("second")]);
    assert(json.verifierKey.startsWith(`b+${json.id}+`));
    assert(!JSON.stringify(json).includes(Deno.readTextFileSync(at("second")).slice(-20, -1)));
  });
});

Deno.test("checkpoint prints three lines, and signs them with a key", async () => {
  await withDesk(async ({ at, file, print }) => {
    const unsigned = Deno.readTextFileSync(at("unsigned"));
    assertMatch(
      unsigned,
      /^example\.org\/runs\/run\/0123456789abcdef0123456789abcdef\n4\n[A-Za-z0-9+/]{43}=\n$/,
    );
    const note = Deno.readTextFileSync(at("note"));
    assert(note.startsWith(`${unsigned}\n— example.org/runs `));
    assertMatch(await print("checkpoint", at("log")), /^dustrun\/run\//);
    const json = JSON.parse(await print("checkpoint", at("log"), "--sign", at("key"), "--json"));
    assertEquals([json.log, json.size, json.note], ["log", 4, note]);
    const simulated = await print("checkpoint", file("simulated", simulatedLog(600)));
    const [origin = "", size, root = ""] = simulated.split("\n");
    const bytes = Uint8Array.from(atob(root), (char) => char.charCodeAt(0));
    const identity = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    assertEquals([origin, size], [`dustrun/run/${identity}`, "3"]);
  });
});

Deno.test("checkpoint refuses a key that others can read, that is none, or of another name", async () => {
  await withDesk(async ({ at, file }) => {
    const sign = (key: string) => ["checkpoint", at("log"), "--sign", key];
    await refused([...sign(at("key")), "--name", "other"], {
      exit: 5,
      stderr: /DR1303.*signs as example/,
    });
    await refused(["checkpoint", at("log"), "--name", "a b"], { exit: 5, stderr: /DR1303/ });
    await refused(sign(at("absent")), { exit: 2, stderr: /DR1305/ });
    await refused(sign("-"), { exit: 5, stderr: /DR1303.*a stream is none/ });
    await refused(["keygen", "a", "-"], { exit: 5, stderr: /DR1303.*a stream is none/ });
    const wrong = file("wrong", Deno.readTextFileSync(at("vkey")));
    const key = file("open_key", Deno.readTextFileSync(at("key")));
    Deno.chmodSync(wrong, 0o600);
    await refused(sign(wrong), { exit: 5, stderr: /DR1303.*not a signer key/ });
    if (Deno.build.os === "windows") return;
    for (const mode of [0o640, 0o604, 0o620, 0o777, 0o601]) {
      Deno.chmodSync(key, mode);
      await refused(sign(key), { exit: 2, stderr: /DR1318.*group or others/ });
    }
    const open = file("open_file", "{}");
    await refused(sign(open), { exit: 2, stderr: /DR1323.*not a signer key/ });
    Deno.chmodSync(key, 0o400);
    assertStrictEquals((await dustrun(...sign(key))).exit, 0);
  });
});

Deno.test("checkpoint attests neither a run without outcome, nor a torn or damaged log", async () => {
  await withDesk(async ({ at, file }) => {
    const text = Deno.readTextFileSync(at("log"));
    const lines = text.split(/(?<=\n)/);
    const outcome = lines.findIndex((line) => line.includes('"kind":"outcome"'));
    for (const count of [0, 2, 3, outcome, outcome + 1]) {
      const path = file("part", lines.slice(0, count).join(""));
      await refused(["checkpoint", path], { exit: 7, stderr: /DR1309.*no outcome/ });
    }
    const torn = file("torn", text.slice(0, -5));
    await refused(["checkpoint", torn], { exit: 7, stderr: /DR1309.*unfinished/ });
    const damaged = file("damaged", text.replace('"Int":5', '"Int":6'));
    await refused(["checkpoint", damaged], { exit: 6, stderr: /DR1308/ });
  });
});

Deno.test("verify --against says how far a log is attested, and by whom", async () => {
  await withDesk(async ({ at, file, print }) => {
    const verify = (note: string, ...words: readonly string[]) =>
      print("verify", at("log"), "--against", note, ...words);
    const signed = ["--key", at("vkey")];
    const vkey = Deno.readTextFileSync(at("vkey")).trim();
    assertMatch(
      await verify(at("note"), ...signed),
      /complete, as attested.*\n.*block 4; signed by example\.org\/runs\n$/,
    );
    assertStrictEquals(
      await verify(at("note"), "--key", vkey),
      await verify(at("note"), ...signed),
    );
    assertMatch(
      await verify(at("note")),
      /as attested.*\n.*example\.org\/runs was not checked: no --key/,
    );
    assertMatch(await verify(at("unsigned")), /as attested.*\n.*nobody signed the note\n$/);
    const json = JSON.parse(await verify(at("note"), ...signed, "--json"));
    assertEquals([json.status, json.attestation.signature, json.attestation.beyond], [
      "complete",
      "checked",
      0,
    ]);
    // A note of the outcome, before the realization.
    const text = Deno.readTextFileSync(at("log"));
    const outcome = text.split(/(?<=\n)/);
    const upTo = outcome.findIndex((line) => line.includes('"kind":"outcome"')) + 2;
    const part = file("part", outcome.slice(0, upTo).join(""));
    const early = file("early", await print("checkpoint", part, "--sign", at("key")));
    assertMatch(
      await verify(early, ...signed),
      /: complete, [0-9]+ events\n.*block 3; the 7 events beyond are not attested; signed/,
    );
    const run = "example.org/runs/run/0123456789abcdef0123456789abcdef";
    const empty = renderNotedTree({
      origin: run,
      size: 0,
      root: EMPTY_ROOT,
    });
    assertMatch(
      await verify(file("empty", empty)),
      /: complete, [0-9]+ events\n.*attests nothing: its size is 0; nobody signed/,
    );
    const torn = file("torn", text.slice(0, -5));
    const answer = await dustrun("verify", torn, "--against", early, ...signed);
    assertStrictEquals(answer.exit, 7);
    assertMatch(answer.stdout, /: torn: .*\n.*attested up to block 3; the 6 events beyond/);
    // A damaged log is reported as such: no note can excuse it.
    const damaged = file("damaged", text.replace('"Int":5', '"Int":6'));
    const spoiled = await dustrun("verify", damaged, "--against", at("note"), ...signed);
    assertStrictEquals(spoiled.exit, 6);
    assertMatch(spoiled.stdout, /: damaged at line .*\n$/);
  });
});

Deno.test("verify --against distinguishes what is wrong with a note or a key", async () => {
  await withDesk(async ({ at, file, print }) => {
    const note = Deno.readTextFileSync(at("note")),
      unsigned = Deno.readTextFileSync(at("unsigned"));
    const verify = (
      against: string,
      ...key: readonly string[]
    ) => ["verify", at("log"), "--against", against, ...key.flatMap((one) => ["--key", one])];
    const other = file("other_vkey", await print("keygen", "example.org/runs", at("other_key")));

    await refused(verify(at("unsigned"), at("vkey")), {
      exit: 6,
      stderr: /DR1314.*nobody signed it/,
    });
    await refused(verify(at("note"), other), {
      exit: 6,
      stderr: /DR1314.*signed by example\.org\/runs\+[0-9a-f]{8}, and not by the key/,
    });
    const forged = file("forged", note.replace("\n4\n", "\n3\n"));
    await refused(verify(forged, at("vkey")), { exit: 6, stderr: /DR1314.*not of this text/ });
    for (const text of ["", "hello\n", note.slice(0, -1), unsigned.replace("\n4\n", "\n04\n")]) {
      await refused(verify(file("malformed", text)), { exit: 6, stderr: /DR1314.*not a note/ });
    }
    await refused(verify(at("absent")), { exit: 2, stderr: /DR1305/ });
    await refused(["verify", at("log"), "--key", at("vkey")], { exit: 5, stderr: /DR1304/ });
    await refused(verify(at("note"), at("key")), { exit: 5, stderr: /DR1303.*secret signer key/ });
    const none = verify(at("note"), "a+00000000+AAAA");
    await refused(none, { exit: 5, stderr: /DR1303.*not a verifier key/ });
  });
});

Deno.test("verify --against distinguishes what is wrong with a log", async () => {
  await withDesk(async ({ at, file }) => {
    const key = await makeSignerKey("example.org/runs", new Uint8Array(32).fill(3));
    const vkey = file("own_vkey", renderVerifierKey(verifierKeyOf(key)));
    const [, rest = ""] = /^.*\n(.*\n.*\n)$/s.exec(Deno.readTextFileSync(at("unsigned"))) ?? [];
    const verify = async (origin: string, log = at("log")) => {
      const note = file("own_note", await signNote(`${origin}\n${rest}`, key));
      return ["verify", log, "--against", note, "--key", vkey];
    };
    const run = "run/0123456789abcdef0123456789abcdef";
    const own = await verify(`example.org/runs/${run}`);
    assertStrictEquals((await dustrun(...own)).exit, 0);

    for (const origin of ["example.org/runs/", "example.org/runs", `example.org/${run}`]) {
      await refused(await verify(origin), {
        exit: 6,
        stderr: /DR1315.*which is no run of the key/,
      });
    }
    for (const digits of [32, 64]) {
      await refused(await verify(`example.org/runs/run/${"1".repeat(digits)}`), {
        exit: 6,
        stderr: new RegExp(`DR1315.*about run 1{${digits}}, and this is run [0-9a-f]{${digits}}\n`),
      });
    }
    const simulated = file("simulated", simulatedLog(2));
    await refused(await verify(`example.org/runs/${run}`, simulated), {
      exit: 6,
      stderr: /DR1315.*and this is run [0-9a-f]{64}\n/,
    });
    const changed = file("changed", realizedLog(601));
    await refused(await verify(`example.org/runs/${run}`, changed), {
      exit: 6,
      stderr: /DR1316.*first 4 blocks have another root/,
    });
    const log = Deno.readTextFileSync(at("log"));
    const end = log.indexOf("\n", log.indexOf('"kind":"checkpoint"')) + 1;
    await refused(await verify(`example.org/runs/${run}`, file("cut", log.slice(0, end))), {
      exit: 7,
      stderr: /DR1317.*3 of 4 attested blocks are missing/,
    });
  });
});

Deno.test("prove writes a proof of any event, and verify-proof prints it without the log", async () => {
  await withDesk(async ({ at, file, print }) => {
    const lines = Deno.readTextFileSync(at("log")).trimEnd().split("\n");
    const prove = (event: number, ...words: readonly string[]) =>
      print("prove", at("log"), "--event", `${event}`, "--note", at("note"), ...words);
    const blocks = new Map<string, number>();
    for (let event = 0; event < lines.length; event += event < 4 || event > 1_150 ? 1 : 97) {
      const line = lines[event] ?? "";
      if (line.includes('"kind":"checkpoint"')) {
        await refused(["prove", at("log"), "--event", `${event}`, "--note", at("note")], {
          exit: 7,
          stderr: /DR1320.*checkpoint/,
        });
        continue;
      }
      const proof = file("proof", await prove(event));
      const verified = await print(
        "verify-proof",
        proof,
        "--key",
        at("vkey"),
        "--event",
        `${event}`,
      );
      const [head = "", proven] = verified.split("\n");
      assertMatch(head, /^proven by example\.org\/runs: block [1-4] of 4 of run 0123/);
      assertStrictEquals(proven, line);
      blocks.set(head, (blocks.get(head) ?? 0) + 1);
    }
    assertStrictEquals(blocks.size, 4);
    const whole = await print("verify-proof", at("proof"), "--key", at("vkey"));
    const last = lines.findLastIndex((line) => line.includes('"kind":"outcome"')) + 2;
    assertEquals(whole.trimEnd().split("\n").slice(1), lines.slice(last, -1));
    const json = JSON.parse(
      await print("verify-proof", at("proof"), "--key", at("vkey"), "--json"),
    );
    assertEquals([json.block, json.size, json.lines.length], [3, 4, lines.length - 1 - last]);
    const { proof } = JSON.parse(await prove(lines.length - 2, "--json"));
    assertStrictEquals(proof, Deno.readTextFileSync(at("proof")));
  });
});

Deno.test("prove refuses what a note does not attest, and notes that nobody signed", async () => {
  await withDesk(async ({ at, file, print }) => {
    const prove = (
      event: string,
      note = at("note"),
      log = at("log"),
    ) => ["prove", log, "--event", event, "--note", note];
    const text = Deno.readTextFileSync(at("log"));
    const count = text.trimEnd().split("\n").length;
    await refused(prove("3", at("unsigned")), { exit: 6, stderr: /DR1314.*nobody/ });
    await refused(prove(`${count}`), { exit: 5, stderr: /DR1303.*no event/ });
    await refused(prove("x"), { exit: 5, stderr: /DR1303/ });
    await refused(["prove", at("log"), "--note", at("note")], { exit: 5, stderr: /DR1304/ });
    await refused(["prove", at("log"), "--event", "3"], { exit: 5, stderr: /DR1304/ });
    await refused(prove("3", at("note"), file("other", realizedLog(601))), {
      exit: 6,
      stderr: /DR1316/,
    });
    await refused(prove("3", at("note"), file("damaged", text.replace('"Int":5', '"Int":6'))), {
      exit: 6,
      stderr: /DR1308/,
    });
    const outcome = text.split(/(?<=\n)/);
    const upTo = outcome.findIndex((line) => line.includes('"kind":"outcome"')) + 2;
    const part = file("part", outcome.slice(0, upTo).join(""));
    const early = file("early", await print("checkpoint", part, "--sign", at("key")));
    await refused(prove(`${upTo + 1}`, early), {
      exit: 7,
      stderr: new RegExp(`DR1320.*attests ${upTo} events`),
    });
    await print(...prove("3", early));
  });
});

Deno.test("verify-proof accepts no proof that was changed, and no other key", async () => {
  await withDesk(async ({ at, file, print }) => {
    const proof = await print("prove", at("log"), "--event", "5", "--note", at("note"));
    const check = (
      text: string,
      key = at("vkey"),
    ) => ["verify-proof", file("proof", text), "--key", key];
    const other = file("other_vkey", await print("keygen", "example.org/runs", at("other_key")));
    await refused(check(proof, other), { exit: 6, stderr: /DR1314/ });
    await refused(check(proof.replace(/extra (....)/, "extra AAAA")), {
      exit: 6,
      stderr: /DR1319/,
    });
    await refused(check(proof.replace("index 1", "index 2")), { exit: 6, stderr: /DR1319/ });
    await refused(check(proof.replace(/(index 1\n)(.*)\n(.*)\n/, "$1$3\n$2\n")), {
      exit: 6,
      stderr: /DR1319/,
    });
    await refused(check(proof.replace(/(index 1\n).*\n/, "$1")), { exit: 6, stderr: /DR1319/ });
    await refused(check(proof.replace("\n4\n", "\n5\n")), { exit: 6, stderr: /DR1314/ });
    await refused(check(proof.replace("index 1", "index one")), { exit: 6, stderr: /DR1319/ });
    await refused(check(Deno.readTextFileSync(at("note"))), {
      exit: 2,
      stderr: /DR1323.*it is a note/,
    });
    await refused([...check(proof), "--event", "2"], {
      exit: 7,
      stderr: /DR1320.*events 3 to 1026, and not 2/,
    });
    await refused(["verify-proof", at("proof")], { exit: 5, stderr: /DR1304/ });
  });
});
