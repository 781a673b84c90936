import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { COMMANDS } from "./commands.ts";
import { completionScript, SHELLS } from "./completions.ts";
import { manPage } from "./man_page.ts";
import { needing, tool } from "../../tests/support/needs.ts";

function shell(program: string, script: string, ...args: readonly string[]): string {
  const file = Deno.makeTempFileSync();
  Deno.writeTextFileSync(file, script);
  const { code, stdout, stderr } = new Deno.Command(program, { args: [...args, file] })
    .outputSync();
  assertStrictEquals(new TextDecoder().decode(stderr), "");
  assertStrictEquals(code, 0);
  return new TextDecoder().decode(stdout);
}

/** What bash offers for a line that ends in the word being typed. */
function offers(...words: readonly string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const ask =
    `COMP_WORDS=(${quoted}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _dustrun; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return shell("bash", `${completionScript("bash")}\n${ask}\n`).trim().split("\n");
}

Deno.test(needing({
  name: "completionScript(bash) offers commands, their options and the values that are few",
  needs: [tool("bash")],
  size: "ci",
  fn() {
    assert(offers("dustrun", "che").includes("check"));
    assertEquals(offers("dustrun", "run", "--simu"), ["--simulate"]);
    assertEquals(offers("dustrun", "run", "--effects", "r"), ["realize"]);
    assertEquals(offers("dustrun", "--simulate", "--emi"), ["--emit-trace"]);
  },
}));

for (const program of SHELLS) {
  Deno.test(needing({
    name: `completionScript(${program}) is a script that ${program} reads`,
    needs: [tool(program)],
    size: "ci",
    fn() {
      shell(program, completionScript(program), "-n");
    },
  }));
}

Deno.test("every command and option is in each script and in the manual page", () => {
  for (const text of [...SHELLS.map(completionScript), manPage().replaceAll("\\-", "-")]) {
    for (const { name, options } of COMMANDS) {
      assert(text.includes(name), name);
      for (const option of options) {
        assert(text.includes(option.name), `${name} --${option.name}`);
      }
    }
  }
});

Deno.test(needing({
  name: "manPage() is roff without warnings",
  needs: [tool("groff")],
  fn() {
    const shown = shell("groff", manPage(), "-man", "-ww", "-Tutf8", "-K", "utf-8", "-P-cbou");
    assertMatch(shown, /\nCOMMANDS\n/);
  },
}));

Deno.test("dustrun completions names the shells it knows", async () => {
  const { exit, stderr } = await dustrun("completions", "bsh");
  assertStrictEquals(exit, 5);
  assertMatch(stderr, /did you mean bash\?/);
  assertStrictEquals((await dustrun("completions", "man")).stdout, manPage());
});
