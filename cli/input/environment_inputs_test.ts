import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { proc, program } from "../../tests/support/program.ts";
import { dustrun } from "../../tests/support/memory_io.ts";

/** A folder with a manifest and a program that copies a file, asks a port and writes to it. */
function folder(manifest: (root: string) => object) {
  const root = Deno.makeTempDirSync();
  const path = (name: string) => `${root}/${name}`;
  Deno.writeTextFileSync(
    path("copy.dir.json"),
    program(proc(
      "K::main() -> i64",
      'emit "before"',
      'let from = open("in", "r")',
      'let to = open("out", "a")',
      "let b = alloc(8)",
      "let n = read(from, b, 8)",
      "let m = write(to, b, n)",
      'emit "between"',
      "let o = write(to, b, 1)",
      "call io_write(7, n)",
      "call free(b)",
      "call close(from)",
      "call close(to)",
      "return m Add o",
    )),
  );
  Deno.writeTextFileSync(path("env.jsonc"), JSON.stringify(manifest(root)));
  const run = (...words: string[]) =>
    dustrun(
      "--log",
      path("run.jsonl"),
      "--env",
      path("env.jsonc"),
      path("copy.dir.json"),
      ...words,
    );
  return { root, path, run };
}

const MANIFEST = (root: string) => ({
  realizers: { emit: `file:${root}/all.txt` },
  files: {
    in: { path: `${root}/in.txt` },
    out: { path: `${root}/never-read`, modes: ["a"], sink: `file:${root}/all.txt` },
  },
  ports: { 7: { sink: `file:${root}/port.txt` } },
});

// covers: EFF-03, EFF-09, RES-09, REP-07
Deno.test("run: what a run writes goes to the sinks of the manifest, in order with all effects, and replays without the files", async () => {
  const { path, run } = folder(MANIFEST);
  Deno.writeTextFileSync(path("in.txt"), "abc");
  const ran = await run();
  assertStrictEquals(ran.exit, 0, ran.stderr);
  assertStrictEquals(Deno.readTextFileSync(path("all.txt")), "before\nabcbetween\na");
  assertStrictEquals(Deno.readTextFileSync(path("port.txt")), "3\n");
  const audited = await dustrun("audit", path("run.jsonl"));
  assertStrictEquals(audited.exit, 0, audited.stderr);
  assertMatch(audited.stdout, /write:out +realized +file:\S*all\.txt +yes +entry +"abc"/);
  Deno.removeSync(path("in.txt"));
  const replayed = await dustrun("replay", path("run.jsonl"));
  assertStrictEquals(replayed.exit, 0, replayed.stdout + replayed.stderr);
  Deno.removeSync(path("run.jsonl"));
  const missing = await run();
  assertStrictEquals(missing.exit, 17, missing.stderr);
  assertMatch(missing.stderr, /DR0792.*"in" does not exist/);
});

// covers: EFF-08
Deno.test("run --simulate and --log - touch no sink of a file or port, and record the same effects", async () => {
  const { root, path, run } = folder(MANIFEST);
  Deno.writeTextFileSync(path("in.txt"), "abc");
  const names = () => [...Deno.readDirSync(root)].map(({ name }) => name).sort();
  assertStrictEquals((await run("--simulate")).exit, 0);
  const words = ["--env", path("env.jsonc"), "--log", "-", path("copy.dir.json")];
  const streamed = await dustrun(...words);
  assertStrictEquals(streamed.exit, 0, streamed.stderr);
  assertEquals(names(), ["copy.dir.json", "env.jsonc", "in.txt", "run.jsonl"]);
  const effects = (log: string) => log.match(/"kind":"effect",.*/g);
  assertEquals(effects(streamed.stdout), effects(Deno.readTextFileSync(path("run.jsonl"))));
  assertStrictEquals(effects(streamed.stdout)?.length, 5);
});

function pathOf(at: string, root: string): string {
  switch (at) {
    case "HIDDEN":
      return `${root}/.in`;
    case "BELOW":
      return `${root}/in.txt/below`;
    case "LINK":
    case "DANGLING":
      return `${root}/in.txt`;
    default:
      return at;
  }
}

Deno.test("a manifest reads plain files below its own folder only, and names sinks there only", async () => {
  const outside = Deno.makeTempFileSync();
  Deno.writeTextFileSync(outside, "secret");
  for (const at of [outside, "LINK", "HIDDEN", "DANGLING", "BELOW"]) {
    const { root, path, run } = folder((root) => ({
      files: {
        in: { path: pathOf(at, root) },
      },
    }));
    if (at === "LINK") Deno.symlinkSync(outside, path("in.txt"));
    if (at === "DANGLING" || at === "BELOW") Deno.symlinkSync(`${outside}.gone`, path("in.txt"));
    if (at === "HIDDEN") Deno.writeTextFileSync(`${root}/.in`, "x");
    const refused = await run();
    assertStrictEquals(refused.exit, 5, at);
    assertMatch(refused.stderr, /DR1406/);
  }
  const { run } = folder(() => ({ files: { out: { modes: ["a"], sink: `file:${outside}` } } }));
  const refused = await run();
  assertStrictEquals(refused.exit, 5);
  assertMatch(refused.stderr, /DR1322/);
  assertStrictEquals(Deno.readTextFileSync(outside), "secret");
  for (const at of ["sub", "env.jsonc/x"]) {
    const { path, run } = folder((root) => ({ files: { in: { path: `${root}/${at}` } } }));
    Deno.mkdirSync(path("sub"));
    const unreadable = await run();
    assertStrictEquals(unreadable.exit, 2, at);
    assert(unreadable.stderr.includes("DR1305"), unreadable.stderr);
  }
});

// covers: EFF-12
Deno.test("no sink is a file of the run itself, by whatever name, and then nothing is executed", async () => {
  const names = ["env.jsonc", "copy.dir.json", "run.jsonl", "second", "linked", "store/log"];
  for (const name of [...names, "store/runs/000001-x.jsonl"]) {
    const { root, path, run } = folder((root) => ({
      files: { in: { text: "abc" }, out: { modes: ["a"], sink: `file:${root}/${name}` } },
      ports: { 7: {} },
    }));
    Deno.linkSync(path("copy.dir.json"), path("second"));
    Deno.symlinkSync(path("env.jsonc"), path("linked"));
    const before = [path("env.jsonc"), path("copy.dir.json")].map((at) =>
      Deno.readTextFileSync(at)
    );
    const refused = await run("--store", `${root}/store`, "--allow-sink", path(name));
    assertStrictEquals(refused.exit, 5, name);
    assertMatch(refused.stderr, /DR1303.*effects cannot go to/, name);
    assertStrictEquals(refused.stdout, "");
    const after = [path("env.jsonc"), path("copy.dir.json")].map((at) => Deno.readTextFileSync(at));
    assertEquals(after, before, name);
    assertStrictEquals((await run("--simulate")).exit, 0, name);
  }
});
