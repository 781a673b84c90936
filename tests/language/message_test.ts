/**
 * Sentences are made from facts and never read back: with every sentence replaced by `x`, all else is the same.
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";
import { failureFacts, failureSentences } from "../support/failure_facts.ts";

const ROOT = new URL("../../", import.meta.url);

/** Modules of which every function makes a sentence. */
const MESSAGE_MODULES = [
  "dvm/check/handle_help.ts",
  "dvm/machine/failure_help.ts",
  "dvm/machine/io_message.ts",
  "dvm/machine/message.ts",
  "dvm/machine/refusal_message.ts",
  "dvm/machine/value_message.ts",
];

/** Modules through which the sentences of static rules and of loading pass, with the replacement of each. */
const PASSING_MODULES: { readonly [path: string]: string } = {
  "dvm/diagnostic/diagnostic.ts": `
    export const diagnostic = (code, { marks, help, ...rest }) => real.diagnostic(code, {
      ...rest,
      message: "x",
      marks: marks.map((mark) => ({ ...mark, label: "x" })),
      ...(help === undefined ? {} : { help: "x" }),
    });
    export const mainMark = real.mainMark;`,
  "dvm/check/report.ts": `
    const worded = ({ origin, ...rest }) => ({
      ...rest,
      message: "x",
      label: "x",
      help: "x",
      ...(origin === undefined ? {} : { origin: { ...origin, label: "x" } }),
    });
    export class Report extends real.Report {
      add(at, violation) {
        super.add(at, worded(violation));
      }
      addAt(place, text, violation, span) {
        super.addAt(place, text, worded(violation), span);
      }
      addAtClause(bind, clause, violation) {
        super.addAtClause(bind, clause, worded(violation));
      }
    }`,
};

Deno.test("with every sentence replaced by x, codes, marks, clauses and exit codes are the same", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const facts = failureFacts();
    assert(facts.length > 100, `${facts.length} fixtures`);
    assert(failureSentences().length > 100, "the sentences differ");
    const lines = (await factsWithoutSentences(folder)).split("\n");
    assertEquals(lines.slice(-2), ['["x"]', ""], "every sentence is replaced");
    assertEquals(lines.slice(0, -2), facts);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Runs `failure_facts.ts` with the modules of sentences replaced. */
async function factsWithoutSentences(folder: string): Promise<string> {
  const stubs = new URL(`file://${folder}/`);
  const imports: { [from: string]: string } = {};
  const real: { [from: string]: string } = {};
  const replace = (path: string, index: number, text: string) => {
    const url = new URL(path, ROOT).href;
    const stub = new URL(`${index}.js`, stubs);
    Deno.writeTextFileSync(stub, text);
    imports[url] = stub.href;
    real[url] = url;
  };
  for (const [index, path] of MESSAGE_MODULES.entries()) {
    const names = Object.keys(await import(new URL(path, ROOT).href));
    assert(names.length > 0, path);
    replace(path, index, names.map((name) => `export const ${name} = () => "x";`).join("\n"));
  }
  for (const [index, [path, text]] of Object.entries(PASSING_MODULES).entries()) {
    const from = new URL(path, ROOT).href;
    replace(path, MESSAGE_MODULES.length + index, `import * as real from "${from}";\n${text}`);
  }
  const map = { imports, scopes: { [stubs.href]: real } };
  const mapPath = `${folder}/import_map.json`;
  Deno.writeTextFileSync(mapPath, JSON.stringify(map));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-read",
      `--import-map=${mapPath}`,
      new URL("tests/support/failure_facts.ts", ROOT).href,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}
