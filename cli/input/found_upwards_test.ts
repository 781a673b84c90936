import { assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { needing } from "../../tests/support/needs.ts";

const CLI = new URL("../../cli.ts", import.meta.url).pathname;
const HELLO = new URL("../../fixtures/programs/hello/program.dir.json", import.meta.url).pathname;

Deno.test(needing({
  name: "store and manifest are found from the working folder upwards, if its owner owns them",
  needs: [{
    what: "the superuser",
    isMissing: () => Deno.build.os !== "linux" || Deno.uid() !== 0,
  }],
  size: "ci",
  fn() {
    const top = Deno.makeTempDirSync();
    const deep = `${top}/a/b`;
    Deno.mkdirSync(deep, { recursive: true });
    const run = (cwd: string, ...words: readonly string[]) => {
      const { code, stdout } = new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "--no-check", "-A", CLI, ...words],
        cwd,
        env: { NO_COLOR: "1" },
      }).outputSync();
      return { code, stdout: new TextDecoder().decode(stdout) };
    };
    try {
      assertStrictEquals(run(top, "--simulate", HELLO).code, 0);
      assertStrictEquals(run(deep, "--simulate", HELLO).code, 0);
      assertEquals([...Deno.readDirSync(deep)], [], "the store above is used");
      assertStrictEquals(run(deep, "state", "2").code, 0);
      Deno.writeTextFileSync(`${top}/dustrun.jsonc`, '{"other": 1}');
      assertStrictEquals(run(deep, "--simulate", HELLO).code, 5, "the manifest above is read");
      for (const name of ["dustrun.jsonc", ".dustrun"]) {
        Deno.chownSync(`${top}/${name}`, 65_534, 65_534);
      }
      assertStrictEquals(run(deep, "--simulate", HELLO).code, 0, "that of somebody else is not");
      assertStrictEquals([...Deno.readDirSync(deep)].length, 1, "nor is their store");
      Deno.removeSync(`${deep}/.dustrun`, { recursive: true });
      Deno.renameSync(`${top}/.dustrun`, `${top}/mine`);
      Deno.chownSync(`${top}/mine`, 0, 0);
      Deno.symlinkSync("mine", `${top}/.dustrun`);
      assertStrictEquals(run(deep, "--simulate", HELLO).code, 0);
      assertStrictEquals([...Deno.readDirSync(deep)].length, 1, "nor a store behind a link");
    } finally {
      Deno.removeSync(top, { recursive: true });
    }
  },
}));
