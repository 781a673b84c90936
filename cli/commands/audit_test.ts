import { assert, assertEquals, assertMatch, assertStrictEquals, fail } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { needing } from "../../tests/support/needs.ts";
import { count, proc, program } from "../../tests/support/program.ts";
import { eventOfLine, sealedLog } from "../../tests/support/recorded_fixtures.ts";

const ALL_EFFECTS = new URL(
  "../../fixtures/programs/all_effects/program.dir.json",
  import.meta.url,
).pathname;
const HELLO = new URL("../../fixtures/programs/hello/program.dir.json", import.meta.url).pathname;
const MEASURE =
  new URL("../../fixtures/programs/q_measure/program.dir.json", import.meta.url).pathname;

interface AuditedForTest {
  readonly effects: readonly {
    readonly state: string;
    readonly presence?: { readonly kind: string; readonly reason?: string };
    readonly allowedBy: { readonly contracts: readonly { readonly bind: string }[] };
  }[];
  readonly lifelines: readonly { readonly seq: number; readonly what: string }[];
  readonly findings: readonly { readonly kind: string }[];
}

/** A store with one run in it, its file sink, and a way to audit it. */
async function auditable(artifact = ALL_EFFECTS) {
  const store = Deno.makeTempDirSync();
  const out = `${store}/out.txt`;
  const ran = await dustrun(artifact, "--store", store, "--realize", `emit=file:${out}`);
  assertStrictEquals(ran.exit, 0, ran.stderr);
  const [run] = Deno.readDirSync(`${store}/runs`);
  const log = `${store}/runs/${run?.name}`;
  const audit = async (...words: readonly string[]) => {
    const { exit, stdout } = await dustrun("audit", "--store", store, "--json", ...words);
    const audits: AuditedForTest[] = stdout.trim().split("\n").map((line) => JSON.parse(line));
    return { exit, audit: audits[0] ?? fail(), audits };
  };
  return { store, out, log, ledger: `${store}/seals.jsonl`, audit };
}

function edit(path: string, change: (text: string) => string): void {
  Deno.writeTextFileSync(path, change(Deno.readTextFileSync(path)));
}

Deno.test("audit: a finished run is in order, and its sinks hold what the log records", async () => {
  const { audit } = await auditable();
  const { exit, audit: { effects, findings } } = await audit("@");
  assertStrictEquals(exit, 0);
  assertEquals(findings, []);
  assert(effects.every(({ state }) => state === "realized"));
  const kinds = effects.map(({ presence }) => presence?.kind);
  assertStrictEquals(kinds.filter((kind) => kind === "present").length, 6);
});

// covers: EFF-17
Deno.test("audit finds a sealed record that was changed, removed, or taken out of the chain", async () => {
  const { audit, ledger, store } = await auditable();
  await dustrun(ALL_EFFECTS, "--store", store);
  const original = Deno.readTextFileSync(ledger);
  const [first = "", second = ""] = original.split("\n");
  edit(ledger, (text) => text.replace('"payload":"37"', '"payload":"38"'));
  assertStrictEquals((await audit("1")).exit, 6);
  Deno.writeTextFileSync(ledger, `${second}\n`);
  assertStrictEquals((await audit("1")).exit, 6);
  Deno.writeTextFileSync(ledger, `${first}\n`);
  const removed = await audit("2");
  assertStrictEquals(removed.exit, 1);
  assertEquals(removed.audit.findings.map(({ kind }) => kind), ["disagreement"]);
  Deno.writeTextFileSync(ledger, original);
  assertStrictEquals((await audit("1", "2")).exit, 0);
});

Deno.test("audit finds a file sink that no longer holds what was written", async () => {
  const { audit, out } = await auditable();
  edit(out, (text) => text.replace("true", "TRUE"));
  const changed = await audit("@");
  assertStrictEquals(changed.exit, 1);
  assertStrictEquals(changed.audit.findings.length, 1);
  Deno.removeSync(out);
  assert((await audit("@")).audit.findings.length > 1);
});

Deno.test("audit finds a log that was changed, cut or torn", async () => {
  const { audit, log } = await auditable();
  const original = Deno.readTextFileSync(log);
  edit(log, (text) => text.replace('"payload":"37"', '"payload":"73"'));
  assertStrictEquals((await audit(log)).exit, 6);
  Deno.writeTextFileSync(log, original.slice(0, -20));
  assertStrictEquals((await audit(log)).exit, 7);
  const cut = original.split("\n").filter((line) => !/realization_finished/.test(line));
  Deno.writeTextFileSync(log, `${cut.slice(0, -2).join("\n")}\n`);
  assertStrictEquals((await audit(log)).exit, 7);
});

Deno.test("audit reports effects in doubt, and those that a user skipped", async () => {
  const store = Deno.makeTempDirSync();
  await dustrun(HELLO, "--store", store);
  const [run] = Deno.readDirSync(`${store}/runs`);
  const log = `${store}/runs/${run?.name}`;
  edit(log, (text) => `${text.split("\n").slice(0, 10).join("\n")}\n`);
  const audit = async () => await dustrun("audit", "@", "--store", store);
  assertMatch((await audit()).stdout, /emit +intended +stdout/);
  assertStrictEquals((await dustrun("resume", "@", "--store", store)).exit, 7);
  const doubtful = await audit();
  assertStrictEquals(doubtful.exit, 7);
  assertMatch(doubtful.stdout, /emit +in doubt +stdout/);
  const resumed = await dustrun("resume", "@", "--store", store, "--in-doubt", "skip");
  assertEquals([resumed.exit, resumed.stdout], [0, ""]);
  const skipped = await audit();
  assertStrictEquals(skipped.exit, 0);
  assertMatch(skipped.stdout, /1 effect: 1 skipped/);
});

Deno.test("audit finds a realization whose order is not the protocol's", async () => {
  const { audit, log } = await auditable();
  // A forger who recomputes every digest still has to follow the protocol.
  const events = Deno.readTextFileSync(log).trim().split("\n").map(eventOfLine)
    .filter((event) => !(event.kind === "effect_intended" && event.first === 2));
  Deno.writeFileSync(log, sealedLog(events).content());
  const { exit } = await audit(log);
  assertStrictEquals(exit, 6);
});

Deno.test("audit reports what allowed an effect, and the lifetime of a resource", async () => {
  const { audit } = await auditable(MEASURE);
  const { audit: { effects, lifelines } } = await audit("@", "--resource", "q");
  assertEquals(effects.map(({ allowedBy }) => allowedBy.contracts.map(({ bind }) => bind)), [
    ["K::main -> Q::measure"],
    [],
  ]);
  assertEquals(lifelines.map(({ what }) => what), [
    "parameter as q",
    "consumed as q: measured",
  ]);
});

Deno.test("audit reports the life of a region of memory, up to the holders that are live at its end", async () => {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/leaking.dir.json`, log = `${folder}/leaking.jsonl`;
  const body = ["let m = alloc(8)", "let q = m", "let z = drop(m)", "return 0"];
  const drop = proc("K::drop(p: Mem) -> i64", "call free(p)", "return 0");
  Deno.writeTextFileSync(path, program(proc("K::main() -> i64", ...body), drop));
  assertStrictEquals((await dustrun("--simulate", path, "--log", log)).exit, 10);
  const audit = async (...words: string[]) => (await dustrun("audit", log, ...words)).stdout;
  const { lifelines }: AuditedForTest = JSON.parse(await audit("--resource", "m1.2", "--json"));
  assertEquals(lifelines.map(({ what }) => what), [
    "allocated: 8 bytes, m1.1",
    "copied: m1.2 from m1.1",
    "passed as p: m1.1",
    "freed: m1.1",
    "live at the end: m1.2",
  ]);
  assertMatch(
    await audit("--resource", "m1"),
    /m1 +leaking\.dir\.json:29, Test::K::drop, statement 1 +freed: m1\.1/,
  );
  assertMatch(await audit("--resource", "m2"), /no event concerns m2; the run has m1\n/);
  assertMatch(await audit("--resource", "lamp"), /no event concerns lamp; the run has m1\n/);
});

Deno.test("audit reports what was written to a device in the notation of the language", async () => {
  const folder = Deno.makeTempDirSync();
  const path = `${folder}/on.dir.json`, env = `${folder}/env.jsonc`, log = `${folder}/on.jsonl`;
  const body = ["call mmio_write(8, 5)", "let v = mmio_read(8)", "return v"];
  Deno.writeTextFileSync(path, program(proc("K::main() -> i64", ...body)));
  Deno.writeTextFileSync(env, '{ "devices": { "lamp": { "base": 0, "size": 16 } } }');
  assertStrictEquals((await dustrun("--simulate", path, "--env", env, "--log", log)).exit, 0);
  const audited = await dustrun("audit", log, "--resource", "lamp", "--json");
  const { lifelines }: AuditedForTest = JSON.parse(audited.stdout);
  assertEquals(lifelines.map(({ what }) => what), [
    "written, effect 0: MmioWrite{address: 8, value: 5}",
    "read at byte 8: 5",
  ]);
});

Deno.test("audit shows what files do to a region, and where files are passed", async () => {
  const log = new URL("../../fixtures/programs/files_and_devices/log.jsonl", import.meta.url);
  const lifeOf = async (resource: string) => {
    const { stdout } = await dustrun("audit", log.pathname, "--resource", resource, "--json");
    const { lifelines }: AuditedForTest = JSON.parse(stdout);
    return lifelines.map(({ what }) => what);
  };
  assertEquals((await lifeOf("m1")).slice(0, 4), [
    "allocated: 12 bytes, m1.1",
    "filled through m1.1: 12 bytes of f1",
    "passed as buffer: m1.1",
    "12 bytes written to f2 through m1.1, effect 0",
  ]);
  assertEquals((await lifeOf("report")).slice(0, 3), [
    "opened report, mode w",
    "passed as to: f2",
    "wrote 12 bytes from m1.1, effect 0",
  ]);
});

Deno.test("audit sums up a whole store, from a run on if asked", async () => {
  const { audit, store } = await auditable();
  await dustrun(HELLO, "--store", store);
  await dustrun("--simulate", HELLO, "--store", store);
  assertStrictEquals((await audit()).audits.length, 3);
  assertStrictEquals((await audit("--since", "2")).audits.length, 2);
  assertStrictEquals((await audit("--since", "@")).audits.length, 1);
  const summary = await dustrun("audit", "--store", store);
  assertMatch(summary.stdout, /^1 program: returned; 7 effects: 7 realized\n2 program/);
  assertMatch(summary.stdout, /3 program: returned; 1 effect, simulated/);
  assertMatch(summary.stdout, /ledger .*seals.jsonl: 1 entry, chain unbroken/);
  assertStrictEquals(summary.stderr, "3 runs: 3 in order\n");
  assertStrictEquals((await dustrun("audit", "--since", "9", "--store", store)).exit, 2);
  assertStrictEquals((await dustrun("audit", "@", "--since", "1", "--store", store)).exit, 5);
});

Deno.test(needing({
  name: "audit shows 150,000 effects as text and as JSON",
  needs: [],
  size: "ci",
  async fn() {
    const folder = Deno.makeTempDirSync();
    const path = `${folder}/loud.dir.json`, log = `${folder}/loud.jsonl`;
    const loop = count("i in 0..150000", ["emit i"]);
    Deno.writeTextFileSync(path, program(proc("K::main()", loop)));
    const sink = ["--realize", `emit=file:${folder}/out.txt`, "--group", "1000"];
    assertStrictEquals((await dustrun(path, "--log", log, ...sink)).exit, 0);
    const text = await dustrun("audit", log);
    assertStrictEquals(text.exit, 0, text.stderr);
    assertMatch(text.stdout, /returned; 150000 effects: 150000 realized\n/);
    assertMatch(text.stdout, /\n +149999 +emit +realized .* 149999 +loud\.dir\.json:21, .*\n$/);
    const json = await dustrun("audit", log, "--json");
    assertStrictEquals(JSON.parse(json.stdout).effects.length, 150_000);
  },
}));
