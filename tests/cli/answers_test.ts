/**
 * `schema/answers/` describes what every command prints with `--json`.
 *
 * @module
 */
import { assert, assertEquals } from "../../std/assert.ts";
import { Ajv2020 } from "ajv/dist/2020.js";
import { COMMANDS } from "../../cli/spec/commands.ts";
import { eachAnswer } from "../support/answer_cases.ts";

const SCHEMAS = new URL("../../schema/", import.meta.url);
const BASE = "https://example.org/schema/";

/** All schemas, each under its path, so that their references lead to one another. */
function compileAll(): { readonly ajv: Ajv2020; readonly names: readonly string[] } {
  const ajv = new Ajv2020({ strictTypes: false });
  const add = (path: string) =>
    ajv.addSchema({
      $id: `${BASE}${path}`,
      ...JSON.parse(Deno.readTextFileSync(new URL(path, SCHEMAS))),
    });
  add("log.schema.json");
  const files = [...Deno.readDirSync(new URL("answers/", SCHEMAS))].map(({ name }) => name).sort();
  for (const name of files) add(`answers/${name}`);
  return { ajv, names: files.map((name) => name.replace(".schema.json", "")) };
}

/** The lines of an answer as JSON; one document may have several lines. Effects on standard output are none. */
function documentsIn(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split("\n").filter((line) => /^[{[]/.test(line)).map((line) => JSON.parse(line));
  }
}

Deno.test("every answer in JSON has the form of its schema, and every schema is reached", async () => {
  const { ajv, names } = compileAll();
  const reached = new Set<string>(), commands = new Set<string>();
  const check = (document: unknown, schemas: readonly string[], where: string) => {
    const fits = schemas.find((name) =>
      ajv.validate(`${BASE}answers/${name}.schema.json`, document)
    );
    assert(
      fits !== undefined,
      `${where}: ${schemas.join(" or ")}: ${JSON.stringify(document)}\n${
        JSON.stringify(ajv.errors)
      }`,
    );
    reached.add(fits);
  };
  await eachAnswer(({ schema, words, stdout, stderr }) => {
    const where = words.join(" ");
    commands.add(words[0] ?? "");
    const answers = documentsIn(stdout), messages = documentsIn(stderr);
    assert(answers.length + messages.length > 0, where);
    for (const answer of answers) check(answer, [schema], where);
    for (const message of messages) check(message, [schema, "fault", "diagnostic"], where);
  });
  assertEquals([...names].filter((name) => !reached.has(name)), ["common"]);
  // A log is exported as it is, line by line, and a person steps through it.
  const without = COMMANDS.map(({ name }) => name).filter((name) => !commands.has(name));
  assertEquals(without, ["step", "export"]);
});
