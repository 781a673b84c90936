import { assert, assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { execute } from "../../log/execution.ts";
import { loadFixture } from "../../../tests/support/fixtures.ts";
import {
  eventOfLine,
  linesOf,
  realizationOf,
  recordedFixtures,
  sealedLog,
} from "../../../tests/support/recorded_fixtures.ts";
import { summaryTrace } from "../../log/execution_form.ts";
import { MemoryFile } from "../../file/byte_file.ts";
import { decodeLine } from "../../codec/decode_event.ts";
import { EventExport, type EventFormat } from "./export.ts";
import { followLog } from "../../log/follow.ts";
import { summaryTraceText } from "./trace_of_log.ts";

function exported(lines: readonly string[], format: EventFormat): string {
  const events = new EventExport(format);
  const parts = lines.map((line) => {
    const decoded = decodeLine(line);
    assert(decoded.ok);
    return events.add(decoded.value);
  });
  return `${parts.join("")}${events.tail}`;
}

// covers: TRC-01, TRC-02, TRC-07
Deno.test("summaryTraceText() is the summary trace of the run, from the log alone", () => {
  for (const { fixture, log } of recordedFixtures()) {
    const pieces = [...summaryTraceText(log)].map((piece) => piece.ok ? piece.value : "FAILED");
    const expected = `${
      JSON.stringify(summaryTrace(execute(loadFixture(fixture), fixture.input)), undefined, 2)
    }\n`;
    assertStrictEquals(pieces.join(""), expected, fixture.name);
  }
  const [none] = summaryTraceText(new MemoryFile());
  assert(none !== undefined && !none.ok && none.failure.code === "no-outcome");
});

Deno.test("EventExport writes the four kinds of event that dustviz reads, with exactly their members", () => {
  const members: { readonly [kind: string]: string } = {
    enter_proc: "kind,proc",
    stmt_exec: "kind,proc,stmt_index",
    constraint_added: "kind,id",
    constraint_failed: "kind,id,reason",
  };
  const seen = new Set<string>();
  for (const { lines } of recordedFixtures()) {
    for (const line of exported(lines, "dustviz").split("\n").slice(0, -1)) {
      const event = JSON.parse(line);
      seen.add(event.kind);
      assertStrictEquals(Object.keys(event).join(), members[event.kind], line);
    }
  }
  assertEquals([...seen].sort(), Object.keys(members).sort());
});

Deno.test("EventExport writes the constraints that dustviz reads, one node for each id in the trace, with its statement", () => {
  let nodes = 0;
  for (const { fixture, lines } of recordedFixtures()) {
    const { head } = new EventExport("dustviz-constraints");
    const document = JSON.parse(head + exported(lines, "dustviz-constraints"));
    const ids = (kind: string) =>
      exported(lines, "dustviz").split("\n").slice(0, -1).map((line) => JSON.parse(line))
        .flatMap((event) => event.kind === kind ? [event.id] : []);
    assertEquals(document.nodes.map(({ id }: { id: string }) => id), ids("constraint_added"));
    for (const id of ids("constraint_failed")) assert(ids("constraint_added").includes(id));
    assertEquals(document.edges, []);
    const added = lines.map(eventOfLine).flatMap((event) =>
      event.kind === "constraint_added" ? [event] : []
    );
    for (const [index, { at, id, predicate }] of added.entries()) {
      const [, proc, stmt_index] = /([A-Za-z_0-9]+)\.body\[([0-9]+)\]/.exec(at) ?? [];
      assertEquals(document.nodes[index], {
        id,
        kind: "predicate",
        label: predicate,
        ir_ref: { proc, stmt_index: Number(stmt_index) },
        attrs: [{ key: "at", value: at }],
      }, fixture.name);
      nodes++;
    }
  }
  assert(nodes > 10, `${nodes}`);
});

Deno.test("EventExport writes the events of the execution, and effects as CSV with quotes where needed", () => {
  const line = '{"seq":3,"kind":"effect","at":"main.body[0]","index":0,"effect":"emit",' +
    '"value":{"String":"a \\"b\\",\\nc"},"payload":"a \\"b\\",\\nc"}';
  assertStrictEquals(
    exported([line], "csv"),
    '0,1,emit,main,body[0],"a ""b"",\nc","{""String"":""a \\""b\\"",\\nc""}"\n',
  );
  for (const { lines } of recordedFixtures().slice(0, 3)) {
    const semantic = lines.filter((each) => !each.includes('"kind":"checkpoint"'));
    assertStrictEquals(exported(lines, "events"), semantic.map((each) => `${each}\n`).join(""));
  }
});

Deno.test("followLog() waits for a line to be finished, and ends with the run", async () => {
  const { log: whole } = recordedFixtures()[0] ?? { log: new MemoryFile() };
  const bytes = whole.content();
  const growing = new MemoryFile();
  let written = 0, waits = 0;
  const grow = () => {
    waits++;
    const end = Math.min(bytes.length, written + 37);
    growing.write(bytes.subarray(written, end));
    written = end;
    return true;
  };
  const kinds: string[] = [];
  for await (const read of followLog(growing, grow)) {
    assert(read.ok);
    kinds.push(read.value.kind);
  }
  assertEquals(kinds, linesOf(whole).map((line) => eventOfLine(line).kind));
  assertStrictEquals(written, bytes.length);
  assert(waits > 5);
});

Deno.test("followLog() follows a run to the end of its realization, and stops at damage", async () => {
  const [recorded] = recordedFixtures({ mode: "realize" });
  assert(recorded !== undefined);
  const finished = sealedLog([
    ...recorded.lines.map(eventOfLine),
    ...realizationOf(recorded.lines.map(eventOfLine)),
  ]);
  let asked = 0;
  const ask = () => ++asked < 3;
  for await (const read of followLog(recorded.log, ask)) assert(read.ok);
  assertStrictEquals(asked, 3, "its effects are not realized yet");
  for await (const read of followLog(finished, ask)) assert(read.ok);
  assertStrictEquals(asked, 3);
  const damaged = new MemoryFile(new TextEncoder().encode("{}\n"));
  for await (const read of followLog(damaged, ask)) assert(!read.ok);
});
