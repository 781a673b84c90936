import { assert, assertEquals } from "../../../std/assert.ts";
import { deviceInput, execute, fileInput, fold, load } from "../../../mod.ts";
import { proc, program } from "../../../tests/support/program.ts";
import { viewIo } from "./io_view.ts";

const zeros = (count: number) => Array(count).fill("00").join(" ");

Deno.test("viewIo() has the bytes of devices and regions, but rows of zeros, and at most eight rows", () => {
  const text = program(proc(
    "K::main(m: Mem) -> i64",
    'let f = open("in", "r")',
    "let b = alloc(40)",
    "let small = alloc(4)",
    "let n = read(f, b, 18)",
    "call mmio_write(1024, 511)",
    "return load(small)",
  ));
  const loaded = load([{ name: "p", text }]);
  assert(loaded.ok);
  const bytes = new Uint8Array(200).fill(1, 16, 40);
  const inputs = [
    deviceInput({ name: "uart", base: 1000, bytes }),
    deviceInput({ name: "full", base: 0, bytes: new Uint8Array(161).fill(255) }),
    fileInput({ name: "in", modes: "r", content: new Uint8Array(18).fill(65) }),
  ];
  const { events } = execute(loaded.value, { args: { m: "uart" }, environment: { inputs } });
  const state = fold(loaded.value, events);
  assert(state.ok);
  const { memory, devices } = viewIo(state.value);
  const [uart, full] = devices;
  assertEquals(uart, {
    device: "uart",
    base: 1000,
    size: 200,
    rows: [
      { at: 1016, bytes: `01 01 01 01 01 01 01 01 ff 01 ${zeros(6)}` },
      { at: 1032, bytes: `01 01 01 01 01 01 01 01 ${zeros(8)}` },
    ],
    more: 0,
  });
  assertEquals([full?.rows.length, full?.more], [8, 3]);
  assertEquals(memory.map(({ region, rows }) => [region, rows]), [
    ["m1", [
      { at: 0, bytes: Array(16).fill("41").join(" ") },
      { at: 16, bytes: "41 41" },
    ]],
    ["m2", []],
  ]);
});
