/**
 * Suggested commands: each is typed as it is printed, and does what it says to the run or file that it speaks of.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { diagnosticFixtures, diagnosticsOf } from "../support/diagnostic_fixtures.ts";
import { renderGraphic } from "../../cli/render/diagnostic.ts";
import { COMMANDS } from "../../cli/spec/commands.ts";
import { type CommandResult, dustrun } from "../support/memory_io.ts";
import { needing } from "../support/needs.ts";
import { FILES, SLOTS, wordsOf, writeFiles } from "../support/operand_matrix.ts";

const HELLO = new URL("../../fixtures/programs/hello/program.dir.json", import.meta.url).pathname;

/** Words of a help text that follow a command and are not part of it. */
const AFTER =
  /^(?:continues|says|checks|lists|prints|shows|writes|compares|runs|gives|finishes|explains|signs|an)$/;

/** The commands in a text, as the words that a shell makes of them; `words` replaces what stands for something. */
function commandsIn(
  text: string,
  words: { readonly [placeholder: string]: string } = {},
): string[][] {
  return text.split(/\bdustrun (?=[a-z-]+\b|PROGRAM)/).slice(1).map((part) => {
    const command: string[] = [];
    for (const [token] of part.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)) {
      if (command.length > 0 && AFTER.test(token)) break;
      const word = token.replace(/[,;]$/, "").replaceAll(/'([^']*)'|\\(.)/g, "$1$2");
      command.push(words[word] ?? word);
      if (/[,;]$/.test(token)) break;
    }
    return command;
  });
}

const helpOf = ({ stderr }: CommandResult) => /^ {2}help: (.*)$/m.exec(stderr)?.[1] ?? "";

async function inFolder(test: (at: (name: string) => string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await test((name) => `${folder}/${name}`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

Deno.test("a run that its host stopped is finished by the command that is suggested", async () => {
  await inFolder(async (at) => {
    const sink = `emit=file:${at("a folder/out.txt")}`;
    const places = [
      ["--store", at("it's a store")],
      ["--log", at("a log"), "--store", at("other")],
    ];
    for (const place of places) {
      const stopped = await dustrun(HELLO, ...place, "--realize", sink);
      assertStrictEquals(stopped.exit, 7, stopped.stderr);
      const [command = []] = commandsIn(helpOf(stopped));
      assertStrictEquals(command[0], "resume", helpOf(stopped));
      const again = await dustrun(...command);
      assertStrictEquals(again.exit, 7, again.stderr);
      assertEquals(commandsIn(helpOf(again)), [command], "and so is what it suggests itself");
      Deno.mkdirSync(at("a folder"));
      const resumed = await dustrun(...command);
      assertStrictEquals(resumed.exit, 0, resumed.stderr);
      assertStrictEquals(Deno.readTextFileSync(at("a folder/out.txt")), "Hello, Dust!\n");
      Deno.removeSync(at("a folder"), { recursive: true });
    }
  });
});

Deno.test("what is refused for want of consent is allowed by the command that is suggested", async () => {
  await inFolder(async (at) => {
    const sink = `emit=file:${at("no/out.txt")}`;
    assertStrictEquals((await dustrun(HELLO, "--log", at("log"), "--realize", sink)).exit, 7);
    Deno.mkdirSync(at("no"));
    const refused = await dustrun("resume", at("log"));
    assertStrictEquals(refused.exit, 5);
    const [command = []] = commandsIn(helpOf(refused));
    assertStrictEquals((await dustrun(...command)).exit, 0, command.join(" "));
  });
});

Deno.test("commands about a run of a store name the store", async () => {
  await inFolder(async (at) => {
    const store = ["--store", at("store")];
    const sink = `emit=file:${at("no/out.txt")}`;
    assertStrictEquals((await dustrun(HELLO, ...store, "--realize", sink)).exit, 7);
    const kept = await dustrun("runs", "rm", "1", ...store);
    assertStrictEquals(kept.exit, 7);
    const [resume = [], abandon = []] = commandsIn(helpOf(kept), { TEXT: "it is a test" });
    assertStrictEquals((await dustrun(...resume)).exit, 7, "its sink is still missing");
    assertStrictEquals((await dustrun(...abandon)).exit, 0, abandon.join(" "));
    assertStrictEquals((await dustrun("runs", "rm", "1", ...store)).exit, 0);
    for (const words of [["state", "7"], ["runs", "rm", "7"], ["audit", "--since", "7"]]) {
      const [runs = []] = commandsIn(helpOf(await dustrun(...words, ...store)));
      assertEquals(runs, ["runs", ...store], words.join(" "));
      assertStrictEquals((await dustrun(...runs)).exit, 0);
    }
  });
});

Deno.test(needing({
  name: "a file of another kind is taken by the command that is suggested for it",
  needs: [],
  size: "ci",
  async fn() {
    await inFolder(async (at) => {
      await writeFiles(at("").slice(0, -1));
      const placeholders = {
        PROGRAM: at("program"),
        LOG: at("log"),
        VKEY: at("vkey"),
        NAME: "a",
        N: "5",
        NOTE: at("note"),
      };
      let logs = 0;
      const typed = new Set<string>();
      for (const slot of SLOTS) {
        for (const file of Object.keys(FILES)) {
          const refused = await dustrun(...wordsOf(slot, file, at));
          if (!refused.stderr.includes("DR1323")) continue;
          for (
            const command of commandsIn(helpOf(refused), {
              ...placeholders,
              FILE: at(`new${logs++}`),
              ...slot.line.startsWith("check-certificate") ? { LOG: at("refuted") } : {},
            })
          ) {
            const words = command[0] === at("program") ? ["--simulate", ...command] : command;
            const line = words.join(" ").replace(/new[0-9]+$/, "new");
            if (typed.has(line)) continue;
            typed.add(line);
            const result = await dustrun(...words);
            assert(![2, 4, 5].includes(result.exit), `${slot.line}: ${line}: ${result.stderr}`);
          }
        }
      }
      assert(typed.size > 8, [...typed].join("\n"));
    });
  },
}));

Deno.test("what a golden diagnostic suggests to type explains its code", async () => {
  let typed = 0;
  for (const diagnostic of diagnosticFixtures().flatMap(diagnosticsOf)) {
    const drawn = renderGraphic(diagnostic, { width: 200, color: false });
    for (const command of commandsIn(drawn)) {
      const { exit, stdout } = await dustrun(...command);
      assertStrictEquals(exit, 0, command.join(" "));
      const about = command[0] === "help" ? command[1] : diagnostic.code;
      assertMatch(stdout, new RegExp(`^${about}: `));
      typed++;
    }
  }
  assert(typed > 5, `${typed}`);
});

Deno.test("the examples of help that need nothing but fixtures do something", async () => {
  await inFolder(async (at) => {
    const root = new URL("../../", import.meta.url).pathname;
    let typed = 0;
    for (const { options, examples } of COMMANDS) {
      for (const { line } of examples) {
        if (!line.includes("fixtures/") || / > |--watch|@|\.(?:cert|note|key|jsonl)\b/.test(line)) {
          continue;
        }
        const words = line.replaceAll('"', "").split(" ").slice(1).map((word) =>
          word.replace(/^fixtures\//, `${root}fixtures/`).replace("out.txt", at("out.txt"))
        );
        const hasStore = options.some(({ name }) => name === "store");
        const { exit, stderr } = await dustrun(...words, ...hasStore ? ["--store", at("s")] : []);
        assert([0, 1, 10].includes(exit), `${line}: ${stderr}`); // some show a refusal, or a difference
        typed++;
      }
    }
    assert(typed > 8, `${typed}`);
  });
});
