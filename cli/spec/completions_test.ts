import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { COMMANDS } from "./commands.ts";
import { completionScript, SHELLS } from "./completions.ts";
import { manPage } from "./man_page.ts";
import { needing, tool } from "../../tests/support/needs.ts";

function shell(program: string, script: string, ...args: readonly string[]): string {
  const file = Deno.makeTempFileSync();
  Deno.writeTextFileSync(file, script);
  const { code, stdout, stderr } = new Deno.Command(program, {
    args: [...args, file],
    cwd: FIXTURES,
    env: { PATH: `${folderWithDustrun()}:${Deno.env.get("PATH")}` },
  }).outputSync();
  assertStrictEquals(new TextDecoder().decode(stderr), "");
  assertStrictEquals(code, 0);
  return new TextDecoder().decode(stdout);
}

const FIXTURES = new URL("../../fixtures/", import.meta.url).pathname;

/** A folder in which `dustrun` is this one, with a store that has a run. */
function folderWithDustrun(): string {
  const folder = Deno.makeTempDirSync();
  const cli = new URL("../../cli.ts", import.meta.url).pathname;
  const script = `#!/bin/sh\nexec '${Deno.execPath()}' run -R -W '${cli}' "$@"\n`;
  Deno.writeTextFileSync(`${folder}/dustrun`, script, { mode: 0o755 });
  return folder;
}

/** Lines, and what a shell completes them to or offers. */
const OFFERED = [
  ["dustrun tour/ledger.dir.json -e t", "transfer"],
  ["dustrun tour/ledger.dir.json -e transfer --arg a", "amount="],
  ["dustrun solve tour/schedule.dir.json --entry s", "schedule"],
  ["dustrun explain DR09", "DR0904"],
  ["dustrun help en", "environment"],
] as const;

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

Deno.test(needing({
  name: "bash offers processes, parameters, codes and topics",
  needs: [tool("bash")],
  size: "ci",
  fn() {
    for (const [line, offer] of OFFERED) {
      assert(offers(...line.split(" ")).includes(offer), line);
    }
  },
}));

Deno.test(needing({
  name: "fish offers processes, parameters, codes and topics",
  needs: [tool("fish")],
  size: "ci",
  fn() {
    const asked = OFFERED.map(([line]) => `complete -C '${line}'`).join("\n");
    const offered = shell("fish", `${completionScript("fish")}\n${asked}\n`, "--no-config");
    for (const [line, offer] of OFFERED) assert(offered.includes(offer), line);
  },
}));

Deno.test(needing({
  name: "zsh offers processes, parameters, codes and topics",
  needs: [tool("zsh")],
  size: "ci",
  fn() {
    const file = Deno.makeTempFileSync();
    Deno.writeTextFileSync(file, completionScript("zsh"));
    const typed = OFFERED.map(([line, offer]) =>
      `zpty -w -n shell '${line}'$'\\t\\t'; zpty -r shell out '*${offer}*' || exit 1; zpty -w -n shell $'\\x15'`
    );
    const script = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -U compinit; compinit -u -D; source ${file}; LISTMAX=0; print rea""dy'
zpty -r shell out '*ready*'
${typed.join("\n")}
zpty -d shell
`;
    shell("timeout", script, "60", "zsh", "-f");
  },
}));

Deno.test("completions offer answers for a line that is not finished, and never fails", async () => {
  const store = Deno.makeTempDirSync();
  const program = `${FIXTURES}tour/ledger.dir.json`;
  const none = await dustrun("completions", "offer", "--", "state", "--store", store, "");
  assertEquals(none, { exit: 0, stdout: "", stderr: "" });
  await dustrun(program, "-e", "transfer", "--arg", "amount=130", "--store", store);
  const offered = async (...words: readonly string[]) =>
    (await dustrun("completions", "offer", "--", ...words)).stdout.trimEnd().split("\n");
  assertEquals(await offered("state", "--store", store, ""), ["@", "1"]);
  assertEquals(await offered("audit", "--store", store, "--since", ""), ["@", "1"]);
  assertEquals(await offered("runs", ""), ["rm", "gc"]);
  assertEquals(await offered("runs", "rm", "--store", store, ""), ["@", "1"]);
  assertEquals(await offered(program, "--entry", ""), ["transfer"]);
  assertEquals(await offered("solve", program, "--entry", ""), [""]);
  assertEquals(await offered("replay", "@", program, "-e", "transfer", "--arg", ""), ["amount="]);
  for (const words of [[], ["-e", ""], ["missing", "-e", ""], [store, "-e", ""], ["nosuch", ""]]) {
    assertEquals(await offered(...words), [""], words.join(" "));
  }
});

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
