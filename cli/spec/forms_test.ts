import { assert, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { parseWords } from "./arguments.ts";
import { COMMANDS } from "./commands.ts";
import type { OptionSpec } from "./command_spec.ts";
import { COMMAND_FORMS } from "./forms.ts";

/** An option as words, with a value that it takes. */
function wordsOf({ name, value, choices, least }: OptionSpec): string[] {
  if (value === undefined) return [`--${name}`];
  return [`--${name}`, choices?.[0] ?? (least === undefined ? "x" : "1")];
}

Deno.test("a form of a command refuses every option that it does not use, before it reads a file", async () => {
  for (const spec of COMMANDS) {
    for (const { name, example, unused } of COMMAND_FORMS[spec.name] ?? []) {
      for (const option of unused) {
        const found = spec.options.find((each) => each.name === option);
        assert(found !== undefined, `${spec.name} has no option ${option}`);
        const words = [spec.name, ...example, ...wordsOf(found)];
        const { exit, stderr, stdout } = await dustrun(...words);
        assertStrictEquals(exit, 5, `${name}: ${words.join(" ")}: ${stdout}${stderr}`);
        assertMatch(stderr, new RegExp(`DR1303.*does not use it[^]*--${option}\\b`));
      }
    }
  }
});

Deno.test("forms are of commands, and their examples have them and no other that refuses something", () => {
  for (const [name, forms] of Object.entries(COMMAND_FORMS)) {
    const spec = COMMANDS.find((each) => each.name === name);
    assert(spec !== undefined, name);
    for (const { example, is } of forms) {
      const given = parseWords(spec, example);
      assert(is(given), `${name} ${example.join(" ")}`);
    }
  }
});
