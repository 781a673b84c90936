/**
 * Programs that the compiler has compiled, `../shared/corpora/compiled`: each runs with the meaning of its source as far as its DIR
 * has it, or is refused for the reason that the corpus gives in words.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import {
  deviceInput,
  encodeWireValue,
  executeText,
  fileInput,
  portInput,
  type RunInput,
} from "../../mod.ts";
import { CORPORA, corpus, needing } from "../support/needs.ts";

const FOLDER = new URL("compiled/", CORPORA);

const FILE = fileInput({ name: "x", modes: "r", content: new Uint8Array() });
const PORT = portInput({ name: "64", number: 64, reads: [7] });
const DEVICE = deviceInput({
  name: "uart",
  base: 4096,
  bytes: Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0),
});

const WRITTEN = '{"Struct":{"ty":"MmioWrite","fields":{"address":{"Int":4096},"value":{"Int":1}}}}';

/** The outcome of each program: its effects and its value, or the code of its failure. */
const OUTCOMES: Readonly<Record<string, string | readonly [string, RunInput]>> = {
  "01_if_else": 'emit big; {"Int":5}',
  "02_if_nested": 'emit z; {"Int":0}',
  "03_for": 'emit 0; emit 1; emit 2; {"Int":0}',
  "05_for_named": ['emit 0; emit 1; emit 3; {"Int":9}', { args: { n: 9 } }],
  "06_while_false": '{"Int":1}',
  "07_while_break": 'emit once; {"Int":1}',
  "08_fn": 'emit 5; {"Int":5}',
  "09_nested_calls": '{"Int":34}',
  "10_prec": '{"Int":5}',
  "11_prec_cmp": '{"Bool":true}',
  "12_paren": '{"Int":-3}',
  "13_neg": '{"Int":30}',
  "14_not": '{"Bool":true}',
  "15_ne": '{"Bool":true}',
  "16_bits": '{"Int":11}',
  "18_array": '{"Int":5}',
  "19_array_loop": 'emit 10; emit 20; emit 30; {"Int":0}',
  "20_array_param": '{"Int":4}',
  "21_nested_array": '{"Int":3}',
  "22_shape_field": ['{"Int":3}', { args: { p: { x: 1, y: 2 } } }],
  "23_shape_pass": ['{"Int":3}', { args: { p: { x: 1, y: 2 } } }],
  "24_const": 'emit hi; {"Int":49}',
  // The compiler prints the constant in place of the parameter.
  "25_const_shadow": ['{"Int":7}', { args: { n: 3 } }],
  "26_strings": 'emit tab\tnl\nq"bs\\ \u{e9} \u{4e2d} \u{1f600} e\u{301} \u{0}|; {"Int":0}',
  "27_braces": 'emit x = {x}; {"Int":0}',
  "28_float": '{"Float":0.75}',
  "29_float_int": '{"Float":0.0}',
  "30_char": "DR0203",
  "31_char_digit": "DR0302",
  "32_early": '{"Int":4}',
  "33_both_return": '{"Int":4}',
  "34_recursion": '{"Int":3628800}',
  "35_mutual": '{"Bool":true}',
  "36_mut_rebind": "DR0204",
  "37_mut_inner": 'emit 2; {"Int":1}',
  "38_expr_stmt": '{"Int":0}',
  "39_expr_stmt_fail": "DR0802",
  "40_untyped": 'emit hi; {"Int":0}',
  "41_unit_call": 'emit 1; emit 2; {"Int":3}',
  "42_bind_unit": "DR0311",
  "43_forge_path": '{"Int":2}',
  "44_regime_path": '{"Int":2}',
  "45_q_pass": ['{"Int":1}', { entry: "pass", args: { q: 1 } }],
  "46_q_shorthand": ['{"Int":1}', { entry: "pass", args: { q: 1 } }],
  "47_q_copy": ["DR0401", { entry: "bad", args: { q: 1 } }],
  "48_phi": ['{"Int":0}', { entry: "p" }],
  // Operations of draft v0.2; those that are not executed are refused by name.
  "49_alloc": '{"Int":0}',
  "50_spawn": '{"Int":7}',
  "51_mutex": '{"Int":0}',
  "52_file": ['{"Int":0}', { environment: { inputs: [FILE] } }],
  "53_io": ['io_write:64 7; {"Int":7}', { environment: { inputs: [PORT] } }],
  "54_mmio": [`mmio_write:uart ${WRITTEN}; {"Int":5}`, { environment: { inputs: [DEVICE] } }],
  "55_unsafe_call": "DR0220",
  "56_block_expr": "DR0115",
  "57_cast_like": "DR0201",
  "58_method": ["DR0111", { args: { p: { x: 1 } } }],
  "59_widths": "DR0801",
  "60_regimed_types": 'emit s; {"Int":3}',
  "61_unit_type": 'emit u; {"Int":0}',
  "62_local_typed": '{"Int":300}',
  "63_cmp_chain": '{"Bool":true}',
  "64_cmp_chain_bad": "DR0301",
  "65_sort": '{"Int":3}',
  "66_two_main": "DR1001",
  "67_deep_paren": '{"Int":1}',
  "68_many_adds": '{"Int":900}',
  "69_and_or_eval": "DR0802",
  "70_keyword_names": '{"Int":3}',
  "71_operator_names": '{"Int":12}',
  // A process of this name cannot be distinguished from the operator.
  "72_name_Neg": "DR0218",
  "73_name_Not": "DR0218",
  "74_param_match": ['{"Int":8}', { args: { x: 8 } }],
  "75_names": '{"Int":21}',
  "76_resv": '{"Int":42}',
  "77_str_eq": '{"Bool":true}',
  "78_empty_str": '{"String":""}',
  "79_multi_file_shape": ['{"Int":6}', { args: { s: { v: 6 } } }],
  "80_neg_const": '{"Int":-3}',
  "81_minus": '{"Int":2}',
  "82_unary_index": '{"Int":-2}',
  "83_not_cmp": "DR0301",
  "84_field_chain": ['{"Int":9}', { args: { o: { i: { v: 9 } } } }],
};

// covers: DIR-16, DIR-24, TYP-21, TYP-03, DIR-26, K-09
Deno.test(needing({
  name: "every compiled program has the meaning of its source, or is refused for the right reason",
  needs: [corpus("compiled")],
  fn() {
    const names = [...Deno.readDirSync(FOLDER)].flatMap(({ name }) =>
      name.endsWith(".dir.json") ? [name.slice(0, -".dir.json".length)] : []
    ).sort();
    assert(names.length >= 82);
    assertEquals(names.filter((name) => OUTCOMES[name] === undefined), []);
    for (const name of names) {
      const expected = OUTCOMES[name] ?? "";
      const [outcome, input] = typeof expected === "string" ? [expected, {}] : expected;
      assertStrictEquals(outcomeOf(name, input), outcome, name);
    }
  },
}));

// covers: DIR-09
Deno.test(needing({
  name: "a program of the draft language is refused by the names of its operations",
  needs: [corpus("compiled")],
  fn() {
    const operations = Object.keys(OUTCOMES).filter((name) => OUTCOMES[name] === "DR0220").flatMap(
      (name) =>
        executeText(textOf(name)).diagnostics.map(({ code, message }) => {
          assertStrictEquals(code, "DR0220", name);
          return message.split(" ")[0];
        }),
    );
    assertEquals(operations, ["unsafe"]);
  },
}));

function textOf(name: string): string {
  return Deno.readTextFileSync(new URL(`${name}.dir.json`, FOLDER));
}

function outcomeOf(name: string, input: RunInput): string {
  const { outcome: { error, returned }, effects } = executeText(textOf(name), input);
  if (error !== undefined) return error.code;
  const value = returned === undefined ? "null" : encodeWireValue(returned);
  return [...effects.map(({ kind, payload }) => `${kind} ${payload}`), value].join("; ");
}
