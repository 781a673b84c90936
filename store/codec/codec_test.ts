import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import fc from "fast-check";
import { eventToWire } from "../../dvm/event/wire_event.ts";
import type { EffectEvent, Event } from "../../dvm/event/event.ts";
import { anyCharacter } from "../../tests/support/any_character.ts";
import { anyEvent } from "../../tests/support/generate_event.ts";
import { sized, testSeed } from "../../tests/support/size.ts";
import { decodeEvent, encodeEvent } from "./codec.ts";
import { decodeLine, EVENT_KINDS } from "./decode_event.ts";
import { textsIn } from "../log/lines.ts";
import { PlainEffects } from "./effect_bytes.ts";
import { encodeEventInto, encodeLine } from "./encode_event.ts";
import { LineBytes } from "./line_bytes.ts";
import { plainStmtEnd } from "./stmt_bytes.ts";

const parameters = (name: string) => ({
  seed: testSeed(name, 20_260_801),
  numRuns: sized({ quick: 300, ci: 20_000, full: 40_000 }),
});

/** Why a line is refused, or "" when it is not. */
function refusal(line: string): string {
  const decoded = decodeLine(line);
  return decoded.ok ? "" : `${decoded.failure.column}: ${decoded.failure.reason}`;
}

const LEFT = '{"seq":7,"kind":"leave_proc","proc":"main","value":{"Int":42}}';

Deno.test("decodeLine() inverts encodeLine() for every kind of event", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyEvent(), (event) => {
      seen.add(event.kind);
      const line = encodeLine(event);
      assert(!/[\n\r]/.test(line));
      const decoded = decodeLine(line);
      assert(decoded.ok, line);
      assertEquals(decoded.value, event);
      assertStrictEquals(encodeLine(decoded.value), line);
    }),
    parameters("codec round trip"),
  );
  assertEquals([...seen].sort(), [...EVENT_KINDS].sort());
});

Deno.test("decodeEvent() and encodeEvent() are the same codec over the wire form", () => {
  fc.assert(
    fc.property(anyEvent(), (event) => {
      const decoded = decodeEvent(encodeLine(event));
      assert(decoded.ok);
      assertEquals(decoded.value, eventToWire<Event>(event));
      assertStrictEquals(encodeEvent(decoded.value), encodeLine(event));
    }),
    { ...parameters("wire round trip"), numRuns: sized({ quick: 500, ci: 10_000 }) },
  );
});

Deno.test("decodeLine() accepts a mutated line only if it encodes to the same bytes", () => {
  const mutated = fc.tuple(
    anyEvent(),
    fc.nat(),
    fc.string({ unit: anyCharacter, maxLength: 2 }),
    fc.nat(2),
  )
    .map(([event, at, inserted, removed]) => {
      const line = encodeLine(event);
      const from = at % (line.length + 1);
      return line.slice(0, from) + inserted + line.slice(from + removed);
    });
  fc.assert(
    fc.property(mutated, (line) => {
      const decoded = decodeLine(line);
      if (decoded.ok) assertStrictEquals(encodeLine(decoded.value), line);
      else assert(decoded.failure.column <= line.length);
    }),
    parameters("mutated lines"),
  );
});

// covers: TRC-03
Deno.test("the codec keeps every 64-bit integer", () => {
  for (const digits of ["9007199254740993", "9223372036854775807", "-9223372036854775808"]) {
    const line = LEFT.replace("42", digits);
    const decoded = decodeEvent(line);
    assert(decoded.ok && decoded.value.kind === "leave_proc");
    assertEquals(decoded.value.value, { Int: BigInt(digits) });
    assertStrictEquals(encodeEvent(decoded.value), line);
  }
});

Deno.test("decodeLine() refuses lines that are not canonical, with the place", () => {
  assertStrictEquals(refusal(LEFT), "");
  const cases: readonly (readonly [line: string, refusal: string])[] = [
    ["", '0: expected {"seq":'],
    [" " + LEFT, '0: expected {"seq":'],
    [LEFT + " ", "62: expected the end of the line"],
    [LEFT.replace("7", "07"), "7: a number must not begin with 0"],
    [LEFT.replace("7", "-7"), "7: expected a number"],
    [LEFT.replace("7", "9007199254740992"), "7: the number is too large"],
    [LEFT.replace("leave_proc", "left_proc"), '27: unknown event kind "left_proc"'],
    [LEFT.replace("leave_proc", "toString"), '26: unknown event kind "toString"'],
    [LEFT.replace("main", "m\\u0061in"), "36: the string is not in canonical spelling"],
    [LEFT.replace("main", "m\tin"), "38: an unescaped control character in a string"],
    [LEFT.replace(',"proc":"main"', ""), '28: expected the field "proc"'],
    [LEFT.replace(',"proc":"main"', ',"proc":"main","proc":"main"'), "42: expected }"],
    [LEFT.replace("}}", '},"host":true}'), "61: expected }"],
    [LEFT.replace("42", "-0"), "58: -0 must be written 0"],
    [LEFT.replace("42", "4.2e1"), "59: expected }"],
    [LEFT.replace("42", "9223372036854775808"), "58: the integer does not fit 64 bits"],
    [LEFT.replace('"Int":42', '"Float":1'), "60: expected a number in its shortest form"],
    [LEFT.replace('"Int":42', '"Char":"ab"'), "59: expected one character"],
    [LEFT.replace('"Int":42', '"Int":42,"Int":42'), "60: expected }"],
    [LEFT.replace('{"Int":42}', "null"), "51: expected a tagged value"],
    [
      '{"seq":2,"kind":"enter_proc","proc":"p","args":{"a":"Unit","a":"Unit"}}',
      '59: duplicate name "a"',
    ],
    [
      '{"seq":2,"kind":"enter_proc","proc":"p","args":{"9":"Unit","10":"Unit","1":"Unit"}}',
      "71: integer names must come first, in ascending order",
    ],
    [
      '{"seq":2,"kind":"stmt","at":"p.body[0]","control":"next"}',
      '50: "next" is not one of then, else, body, none, break, continue',
    ],
    ['{"seq":2,"kind":"stmt","thread":0,"at":"p.body[0]"}', "33: the thread 0 is left out"],
    ['{"seq":2,"kind":"outcome","thread":1}', "35: an event of kind outcome belongs to no thread"],
    ['{"seq":2,"kind":"stmt","at":"p.body[0]","set":{}}', "47: expected a string"],
    [
      '{"seq":2,"kind":"stmt","at":"p.body[0]","set":{"a":"Unit","b":"Unit"}}',
      "57: expected }",
    ],
    [
      '{"seq":2,"kind":"phi_resolved","proc":"p","gate":false,"verdict":"admissible","work":0}',
      '41: expected the field "verdict"',
    ],
    [
      '{"seq":2,"kind":"phi_resolved","proc":"p","verdict":"admissible","configuration":{},"work":0}',
      "83: an empty configuration is left out",
    ],
    [
      '{"seq":2,"kind":"recovered","host":true,"time":"2026-01-02T03:04:05Z","cut":1,"sha256":""}',
      "69: a time is YYYY-MM-DDThh:mm:ss.sssZ",
    ],
    [
      '{"seq":2,"kind":"checkpoint","tick":0,"bytes":1,"effects":0,"constraints":0,"depth":0,"block":"AB","root":"","skip":[]}',
      "94: expected a SHA-256 in hex",
    ],
  ];
  for (const [line, expected] of cases) assertStrictEquals(refusal(line), expected, line);
});

Deno.test("decodeLine() refuses a value that nests too deep, without exhausting the stack", () => {
  const deep = '{"Array":['.repeat(200_000) + "]}".repeat(200_000);
  assertMatch(refusal(LEFT.replace('{"Int":42}', deep)), /values nest more than 1000 deep/);
});

Deno.test("encodeLine() spells an artifact of any length as JSON.stringify does, for any boundaries of its pieces", () => {
  for (const around of [65_533, 65_534, 65_535, 65_536, 131_071]) {
    const text = `${"a".repeat(around)}\u{1f600}"\\\n\u{1f600}${"b".repeat(70_000)}`;
    const line = encodeLine({ seq: 1, kind: "program_loaded", name: 'a "name"', text });
    const expected = JSON.stringify({ seq: 1, kind: "program_loaded", name: 'a "name"', text });
    assertStrictEquals(line === expected, true, `${around}`);
  }
});

Deno.test("encodeEventInto() writes statements that come again as at first, whatever their numbers are", () => {
  const aroundPowers = fc.tuple(
    fc.integer({ min: 0, max: 15 }),
    fc.integer({ min: -120, max: 120 }),
  )
    .map(([power, distance]) => Math.max(0, 10 ** power + distance));
  const integer = fc.oneof(
    aroundPowers,
    aroundPowers.map((value) => -value),
    fc.bigInt(2n ** 53n, 2n ** 63n - 1n),
  );
  const step = fc.record({
    number: aroundPowers,
    count: fc.integer({ min: 1, max: 4 }),
    at: fc.constantFrom("p.body[0]", "p.body[1].then_body[12]", '"Φ\u{1f600}\u007f".body[0]'),
    control: fc.constantFrom(undefined, "body", "none"),
    name: fc.constantFrom(undefined, "x", "Φ\u007fß\u{1f600}\u{10ffff}"),
    integer,
  });
  const into = new LineBytes(16);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      into.clear();
      const lines: string[] = [];
      for (const { number, count, at, control, name, integer } of steps) {
        for (let seq = number; seq < number + count; seq++) {
          const set = name === undefined
            ? undefined
            : { name, value: { kind: "Int", value: integer } } as const;
          encodeEventInto(into, { seq, kind: "stmt", at, control, set, range: undefined });
          const members = [
            `{"seq":${seq},"kind":"stmt","at":${JSON.stringify(at)}`,
            ...(control === undefined ? [] : [`,"control":"${control}"`]),
            ...(name === undefined ? [] : [`,"set":{${JSON.stringify(name)}:{"Int":${integer}}}`]),
          ];
          lines.push(`${members.join("")}}\n`);
        }
      }
      assertEquals(new TextDecoder().decode(into.view()), lines.join(""));
    }),
    parameters("statements again"),
  );
});

const PLAIN_STATEMENTS = [
  '{"seq":10,"kind":"stmt","at":"main.body[0]"}',
  '{"seq":7,"kind":"stmt","at":"K::f.body[1].body[0]","control":"body"}',
  '{"seq":8,"kind":"stmt","at":"F::Q::f_1.body[1].else_body[12]","control":"break"}',
  '{"seq":9,"kind":"stmt","at":"p.body[3].then_body[0]","set":{"x":{"Int":-20}}}',
  '{"seq":9,"kind":"stmt","at":"p.body[3]","control":"body","set":{"a b":{"Int":0}}}',
  '{"seq":9,"kind":"stmt","at":"p.body[3]","set":{"":{"Bool":true}}}',
  '{"seq":9,"kind":"stmt","at":"p.body[3]","set":{"x":{"Bool":false}}}',
  '{"seq":9,"kind":"stmt","at":"p.body[3]","set":{"x":{"String":"{}"}}}',
  '{"seq":9,"kind":"stmt","at":"p.body[3]","set":{"x":"Unit"}}',
];

/** What the line is to {@link plainStmtEnd}: whether it is recognized, to its end, as a statement with one of the numbers. */
function isPlain(line: string, numbers: readonly number[]): boolean {
  const bytes = new TextEncoder().encode(`{${line}\n{`);
  const ends = numbers.map((seq) => plainStmtEnd(bytes, 1, seq)).filter((end) => end >= 0);
  assert(ends.every((end) => end === bytes.length - 1), line);
  return ends.length > 0;
}

/** Every line that differs from this one in one place, by a few characters, and the `seq` that it may have. */
function* changedLines(
  line: string,
): Generator<{ readonly changed: string; readonly seq: number }> {
  const parts = [
    ...'"\\{}[]:,.-_0159tKQzeBS \u007f\u00e9',
    "::",
    '":',
    "\\n",
    "::K::",
    ".body[1]",
    "00",
  ];
  for (let at = 0; at <= line.length; at++) {
    for (const removed of [0, 1, 2]) {
      for (const part of ["", ...parts]) {
        const changed = line.slice(0, at) + part + line.slice(at + removed);
        yield { changed, seq: Number(/^\{"seq":([0-9]{1,6}),/.exec(changed)?.[1] ?? "7") };
      }
    }
  }
}

Deno.test("plainStmtEnd() recognizes plain statements, and changed ones only if they decode", () => {
  let accepted = 0;
  for (const line of PLAIN_STATEMENTS) {
    assert(isPlain(line, [7, 8, 9, 10]), line);
    assert(!isPlain(line, [6, 11]), line);
    for (const { changed, seq } of changedLines(line)) {
      if (!isPlain(changed, [seq])) continue;
      accepted++;
      const decoded = decodeLine(changed);
      assert(decoded.ok && decoded.value.kind === "stmt", changed);
      assertStrictEquals(decoded.value.seq, seq);
    }
  }
  assert(accepted > 2_000, `${accepted}`);
});

const PLAIN_EFFECTS = [
  '{"seq":7,"kind":"effect","at":"main.body[0]","index":0,"effect":"emit","value":{"Int":12},"payload":"12"}',
  '{"seq":8,"kind":"effect","at":"K::f.body[1].body[0]","index":30,"effect":"seal","value":{"Int":-1},"payload":"-1"}',
  '{"seq":9,"kind":"effect","at":"p.body[3]","index":4,"effect":"emit","value":{"String":"a"},"payload":"a"}',
  '{"seq":9,"kind":"effect","at":"p.body[3]","index":4,"effect":"write:o.txt","value":{"String":""},"payload":"b c"}',
];

/** The effect that a line is to {@link PlainEffects}, after another line with the same place and kind. */
function plainEffect(line: string, seq: number): EffectEvent | undefined {
  const bytes = new TextEncoder().encode(`${line}\n${line}\n{`);
  const effects = new PlainEffects(bytes, textsIn(bytes));
  const first = effects.read(0, seq);
  if (first === undefined) return undefined;
  const second = effects.read(first.end, seq);
  assertEquals(second, { event: first.event, end: bytes.length - 1 });
  return first.event;
}

Deno.test("PlainEffects reads plain effects, and changed ones only as they decode", () => {
  let accepted = 0;
  for (const line of PLAIN_EFFECTS) {
    const numbers = [6, 7, 8, 9].map((seq) => plainEffect(line, seq)?.seq);
    assertEquals(numbers.flatMap((seq) => seq ?? []).length, 1, line);
    for (const { changed, seq } of changedLines(line)) {
      const effect = plainEffect(changed, seq);
      if (effect === undefined) continue;
      accepted++;
      const decoded = decodeLine(changed);
      assert(decoded.ok, changed);
      assertEquals(decoded.value, effect);
    }
  }
  assert(accepted > 2_000, `${accepted}`);
});

Deno.test("PlainEffects reads any effect only as it decodes", () => {
  const effect = anyEvent().filter(({ kind }) => kind === "effect");
  fc.assert(
    fc.property(effect, (event) => {
      const line = encodeLine(event);
      const read = plainEffect(line, event.seq);
      if (read !== undefined) assertEquals(read, event);
      const isSimple = /^[ -~]*$/.test(line) && !/[\\]|"thread"|"file"|[0-9]{16}/.test(line) &&
        /"value":\{"(?:Int|String)":/.test(line);
      assert(read !== undefined || !isSimple, line);
    }),
    { ...parameters("plain effects"), numRuns: sized({ quick: 200, ci: 5_000 }) },
  );
});

Deno.test("plainStmtEnd() recognizes any statement only if it decodes", () => {
  const statement = anyEvent().filter(({ kind }) => kind === "stmt");
  fc.assert(
    fc.property(statement, (event) => {
      const line = encodeLine(event);
      const isSimple = /^[ -~]*$/.test(line) &&
        !/[\\]|"thread"|"range"|Array|Struct|Float|Char|"(?:Mem|File|Port|Device|Mapped|Thread|Mutex)":/
          .test(
            line,
          );
      if (isPlain(line, [event.seq])) assert(decodeLine(line).ok, line);
      else assert(!isSimple || /Int":-?[0-9]{16}|"seq":[0-9]{16}/.test(line), line);
    }),
    { ...parameters("plain statements"), numRuns: sized({ quick: 200, ci: 10_000 }) },
  );
});
