import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { TextLineStream } from "../../std/streams.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { needing } from "../../tests/support/needs.ts";
import { proc, program } from "../../tests/support/program.ts";

const GOOD = program(proc("K::main() -> i64", "return 1"));
const BAD = program(proc("K::main() -> i64", "return true"));
const CLI = new URL("../../cli.ts", import.meta.url).pathname;

Deno.test("check takes a folder, and checks its programs in the order of their names", async () => {
  const folder = Deno.makeTempDirSync();
  Deno.mkdirSync(`${folder}/b`);
  Deno.writeTextFileSync(`${folder}/c.dir.json`, BAD);
  Deno.writeTextFileSync(`${folder}/b/a.dir.json`, GOOD);
  Deno.writeTextFileSync(`${folder}/b/notes.json`, "{}");
  Deno.mkdirSync(`${folder}/.git`);
  Deno.writeTextFileSync(`${folder}/.git/x.dir.json`, BAD);
  Deno.symlinkSync("user@host.17", `${folder}/.#c.dir.json`); // an editor's lock
  const { exit, stdout } = await dustrun("check", folder);
  assertEquals(stdout, `${folder}/b/a.dir.json: valid\n${folder}/c.dir.json: 1 violation\n`);
  assertStrictEquals(exit, 11);
  Deno.mkdirSync(`${folder}/empty`);
  const none = await dustrun("check", `${folder}/empty`);
  assertStrictEquals(none.exit, 2);
  assertMatch(none.stderr, /DR1305.*a folder without a program/);
});

Deno.test("check reports what it cannot read, and checks the other programs", async () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${folder}/a.dir.json`, "");
  Deno.symlinkSync("nowhere", `${folder}/b.dir.json`);
  Deno.writeTextFileSync(`${folder}/c.dir.json`, BAD);
  Deno.writeTextFileSync(`${folder}/d.dir.json`, GOOD);
  const text = await dustrun("check", folder);
  assertEquals(
    text.stdout,
    `${folder}/c.dir.json: 1 violation\n${folder}/d.dir.json: valid\n`,
  );
  assertMatch(text.stderr, /DR1323.*empty[^]*a\.dir\.json[^]*DR1305[^]*b\.dir\.json[^]*DR0302/);
  assertStrictEquals(text.exit, 2);
  const json = await dustrun("check", "--json", `${folder}/c.dir.json`, `${folder}/a.dir.json`);
  assertStrictEquals(JSON.parse(json.stdout).valid, false);
  assertMatch(json.stderr, /^\{"fault":\{"code":"DR1323".*\}\n$/m);
  assertStrictEquals(json.exit, 11);
  for (const format of ["sarif", "github", "jsonl"]) {
    const answer = await dustrun("check", folder, "--format", format);
    assertMatch(answer.stdout, /c\.dir\.json/);
    assertMatch(answer.stderr, /DR1323[^]*DR1305/);
    assertStrictEquals(answer.exit, 2);
  }
  const link = await dustrun("check", folder, "--link", `${folder}/none.json`);
  assertEquals([link.exit, link.stdout], [2, ""]);
  assertStrictEquals(link.stderr.match(/error/g)?.length, 1);
});

Deno.test(needing({
  name: "check --watch checks again after each change, also of a program that was gone",
  needs: [],
  size: "ci",
  async fn() {
    const folder = Deno.makeTempDirSync();
    const file = `${folder}/p.dir.json`;
    Deno.writeTextFileSync(file, GOOD);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-check", "-A", CLI, "check", "--watch", folder],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const said = (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
      stream.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream()).getReader();
    const verdicts = said(child.stdout), messages = said(child.stderr);
    const until = async (pattern: RegExp) => {
      for (;;) {
        const { value, done } = await messages.read();
        assert(!done, `ended before ${pattern}`);
        if (pattern.test(value)) return;
      }
    };
    try {
      assertStrictEquals((await verdicts.read()).value, `${file}: valid`);
      await until(/watching/);
      Deno.writeTextFileSync(file, BAD);
      assertStrictEquals((await verdicts.read()).value, `${file}: 1 violation`);
      await until(/watching/);
      Deno.removeSync(file);
      await until(/DR1305/);
      await until(/watching/);
      Deno.writeTextFileSync(file, GOOD);
      assertStrictEquals((await verdicts.read()).value, `${file}: valid`);
      await until(/watching/);
      Deno.removeSync(folder, { recursive: true });
      await until(/DR1305/);
      assertStrictEquals((await child.status).code, 2); // no change would be seen any more
    } finally {
      endIfRunning(child);
      await Promise.all([verdicts.cancel(), messages.cancel()]);
      await child.status;
    }
  },
}));

function endIfRunning(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGINT");
  } catch {
    // it has ended
  }
}
