import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import type { Value } from "../../dvm/value/value.ts";
import { parseManifest } from "./manifest.ts";

const WHOLE = `{
  // where effects go
  "realizers": { "emit": "file:out.txt", "seal": "ledger:seals.jsonl", "observe": "log" },
  "resources": [
    { "name": "QuantumDevice", "args": { "kind": "simulator", "calibrated": true, "id": 9007199254740993 } },
    { "name": "Console" }, /* no arguments */
  ],
  "tick_us": 5,
  "limits": { "max_ticks": 1000, "max_depth": 50 },
}
`;

function faultsOf(text: string): string[] {
  const parsed = parseManifest(text, "dustrun.jsonc");
  return parsed.ok ? [] : parsed.failure.map(({ code, place }) => `${code} ${place}`);
}

// covers: RES-04
Deno.test("parseManifest() reads every member, comments and trailing commas included", () => {
  const parsed = parseManifest(WHOLE, "dustrun.jsonc");
  assert(parsed.ok);
  assertEquals(parsed.value, {
    environment: {
      tick_us: 5,
      resources: [
        {
          resource: "QuantumDevice",
          args: [
            { name: "kind", value: { kind: "String", value: "simulator" } },
            { name: "calibrated", value: { kind: "Bool", value: true } },
            { name: "id", value: { kind: "Int", value: 9007199254740993n } },
          ],
        },
        { resource: "Console", args: [] },
      ],
      realizers: [
        { effect: "emit", realizer: "file:out.txt" },
        { effect: "observe", realizer: "log" },
        { effect: "seal", realizer: "ledger:seals.jsonl" },
      ],
    },
    limits: { max_ticks: 1000, max_depth: 50 },
    inputs: [],
  });
});

// covers: RES-01, TYP-19
Deno.test("parseManifest() changes the value of no argument", () => {
  const table: readonly (readonly [string, Value])[] = [
    ["1e18", { kind: "Int", value: 1000000000000000000n }],
    ["-0", { kind: "Float", value: -0 }],
    ["0.99999999999999999999", { kind: "Float", value: 1 }], // 1.0, and not the integer 1
    ["9223372036854775808", { kind: "Float", value: 9223372036854775808 }],
    ["-9223372036854775809", { kind: "Float", value: -9223372036854775808 }],
  ];
  for (const [text, value] of table) {
    const parsed = parseManifest(`{"resources":[{"name":"A","args":{"x":${text}}}]}`, "m");
    assert(parsed.ok, text);
    assertEquals(parsed.value.environment.resources?.[0]?.args, [{ name: "x", value }], text);
  }
  assert(!parseManifest('{"resources":[{"name":"A","args":{"x":1e400}}]}', "m").ok);
});

Deno.test("parseManifest() leaves defaults alone: an empty manifest declares nothing", () => {
  assertEquals(parseManifest("{}", "m"), {
    ok: true,
    value: { environment: {}, limits: {}, inputs: [] },
  });
});

Deno.test("parseManifest() reports every fault with its line and column", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["", ["DR1401 dustrun.jsonc:1:1"]],
    ["{", ["DR1401 dustrun.jsonc:1:2"]],
    ['{ "tick_us": 1 } x', ["DR1401 dustrun.jsonc:1:18"]],
    ["[".repeat(100), ["DR1401 dustrun.jsonc:1:1"]],
    ["[]", ["DR1403 dustrun.jsonc:1:1"]],
    ['{\n  "tickus": 1\n}', ["DR1402 dustrun.jsonc:2:3"]],
    ['{ "realizers": { "emits": "stdout" } }', ["DR1402 dustrun.jsonc:1:18"]],
    ['{ "resources": [{ "name": "A", "arguments": {} }] }', ["DR1402 dustrun.jsonc:1:32"]],
    ['{ "limits": { "max_tick": 1 } }', ["DR1402 dustrun.jsonc:1:15"]],
    ['{ "tick_us": "1" }', ["DR1403 dustrun.jsonc:1:14"]],
    ['{ "resources": {} }', ["DR1403 dustrun.jsonc:1:16"]],
    ['{ "resources": [{ "args": {} }] }', ["DR1403 dustrun.jsonc:1:17"]],
    ['{ "resources": [{ "name": "A", "args": { "x": [] } }] }', ["DR1403 dustrun.jsonc:1:47"]],
    ['{ "tick_us": 1, "tick_us": 2 }', ["DR1404 dustrun.jsonc:1:17"]],
    ['{ "tick_us": 0 }', ["DR1405 dustrun.jsonc:1:14"]],
    ['{ "tick_us": 1.5 }', ["DR1405 dustrun.jsonc:1:14"]],
    ['{ "realizers": { "emit": "printer" } }', ["DR1405 dustrun.jsonc:1:26"]],
    ['{ "files": { "x": { "path": "a", "text": "b" } } }', ["DR1405 dustrun.jsonc:1:19"]],
    ['{ "files": { "": {} } }', ["DR1405 dustrun.jsonc:1:18"]],
    ['{ "files": { "\\ud800": {} } }', ["DR1405 dustrun.jsonc:1:14"]],
    ['{ "files": { "x": { "text": "\\ud800" } } }', ["DR1405 dustrun.jsonc:1:29"]],
    ['{ "resources": [{ "name": "\\udfff" }] }', ["DR1405 dustrun.jsonc:1:27"]],
    ['{ "realizers": { "emit": "file:a\\u0000b" } }', ["DR1405 dustrun.jsonc:1:26"]],
    ['{ "ports": { "x": { "sink": "file:a\\u0000b" } } }', ["DR1405 dustrun.jsonc:1:29"]],
    ['{ "files": { "x": { "path": "a\\u0000b" } } }', ["DR1405 dustrun.jsonc:1:29"]],
    ['{ "files": { "x": { "modes": [] } } }', ["DR1405 dustrun.jsonc:1:30"]],
    ['{ "files": { "x": { "modes": ["x"] } } }', ["DR1405 dustrun.jsonc:1:31"]],
    ['{ "files": { "x": { "sink": "printer" } } }', ["DR1405 dustrun.jsonc:1:29"]],
    ['{ "ports": { "x": { "reads": [1.5] } } }', ["DR1405 dustrun.jsonc:1:31"]],
    ['{ "ports": { "x": { "reads": [9223372036854775808] } } }', ["DR1405 dustrun.jsonc:1:31"]],
    ['{ "ports": { "x": { "number": -1 } } }', ["DR1405 dustrun.jsonc:1:31"]],
    ['{ "ports": { "1": {}, "x": { "number": 1 } } }', ["DR1405 dustrun.jsonc:1:28"]],
    ['{ "devices": { "x": { "base": 0 } } }', ["DR1403 dustrun.jsonc:1:21"]],
    ['{ "devices": { "x": { "base": 0, "size": 1, "bytes": [256] } } }', [
      "DR1405 dustrun.jsonc:1:55",
    ]],
    ['{ "devices": { "x": { "base": 0, "size": 1, "bytes": [1, 2] } } }', [
      "DR1405 dustrun.jsonc:1:21",
    ]],
    ['{ "devices": { "x": { "base": 0, "size": 2 }, "y": { "base": 1, "size": 1 } } }', [
      "DR1405 dustrun.jsonc:1:52",
    ]],
    ['{ "a": 1,\n "tick_us": -1,\n "limits": 5 }', [
      "DR1402 dustrun.jsonc:1:3",
      "DR1405 dustrun.jsonc:2:13",
      "DR1403 dustrun.jsonc:3:12",
    ]],
  ];
  for (const [text, expected] of cases) assertEquals(faultsOf(text), expected, text);
});

Deno.test("parseManifest() says which bound a device exceeds", () => {
  const cases = [
    ['"base": 0, "size": 1048577', "a device has at most 1048576 bytes"],
    [
      '"base": 9007199254740991, "size": 8',
      "base and size of a device are together at most 2^53 - 1",
    ],
    ['"base": 0, "size": 2, "bytes": [1, 2, 3]', "3 bytes for a device of size 2"],
  ];
  for (const [members, message] of cases) {
    const manifest = parseManifest(`{ "devices": { "x": { ${members} } } }`, "dustrun.jsonc");
    assert(!manifest.ok);
    assertEquals(manifest.failure.map((fault) => fault.message), [message]);
  }
});

Deno.test("parseManifest() suggests the member that was meant", () => {
  const parsed = parseManifest('{ "resource": [] }', "m");
  assertStrictEquals(parsed.ok ? "" : parsed.failure[0]?.help, "did you mean resources?");
});
