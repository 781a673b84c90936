import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { decodeArtifact, type DecodedArtifact } from "./decode.ts";

function decoded(text: string): DecodedArtifact {
  const result = decodeArtifact(text, { artifact: 3, firstProc: 10 });
  assert(result.ok, result.ok ? "" : result.failure[0]?.message);
  return result.value;
}

/** Codes, paths and offsets of what is wrong with a text. */
function faults(text: string): string[] {
  const result = decodeArtifact(text, { artifact: 0, firstProc: 0 });
  return result.ok
    ? []
    : result.failure.map(({ code, path, offset }) => `${code} ${path} @${offset}`);
}

/** An artifact with one process that has this body. */
function withBody(body: string): string {
  return `{"forges":[{"name":"F","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],"uses":[],` +
    `"ret":null,"qualifiers":[],"body":${body}}]}]}`;
}

Deno.test("decodeArtifact() keeps the place of everything: artifact, path, offset", () => {
  const text = withBody(
    '[{"Let":{"name":"x","expr":"1"}},{"If":{"condition":"true","then_body":[{"Return":{"expr":"x"}}],"else_body":null}}]',
  );
  const [forge] = decoded(text).forges;
  const [proc] = forge?.procs ?? [];
  assertStrictEquals(proc?.id, 10);
  assertEquals(proc?.place, {
    artifact: 3,
    path: "forges[0].procs[0]",
    offset: text.indexOf('{"regime"'),
  });
  const [first, second] = proc?.body ?? [];
  assertEquals([first?.path, first?.index], ["body[0]", 0]);
  assertStrictEquals(first?.offset, text.indexOf('{"Let"'));
  const [inner] = second?.kind === "If" ? second.thenBody : [];
  assertEquals([inner?.path, inner?.index], ["body[1].then_body[0]", 1]);
  assertStrictEquals(inner?.kind === "Return" && inner.expr?.offset, text.lastIndexOf('"x"'));
});

// covers: DIR-10, DIR-08
Deno.test("decodeArtifact() finds the version that an artifact needs", () => {
  const table: readonly (readonly [string, string])[] = [
    [withBody("[]"), "0.1"],
    [withBody('[{"Call":{"target":"f","args":[],"result":"r"}}]'), "0.1"],
    [withBody('[{"Let":{"name":"x","expr":"\\"match\\""}}]'), "0.1"],
    [withBody('[{"Let":{"name":"x","expr":"match 1 { _ => 2 }"}}]'), "0.2"],
    [withBody('[{"Let":{"name":"x","expr":"[f(match 1 { _ => 2 })]"}}]'), "0.2"],
    [withBody('["Break"]'), "0.2"],
    [withBody('[{"Return":{"expr":null}}]'), "0.2"],
    [withBody('[{"Effect":{"kind":"expr","payload":"1"}}]'), "0.2"],
    [withBody("[]").replace("{", '{"types":[],'), "0.1"],
    [withBody("[]").replace("{", '{"version":"0.2",'), "0.2"],
    [withBody("[]").replace('"body"', '"locals":[],"body"'), "0.1"],
    [
      withBody("[]").replace(
        '"body"',
        '"locals":[{"name":"x","ty":"i64","is_mutable":true}],"body"',
      ),
      "0.2",
    ],
  ];
  for (const [text, version] of table) assertStrictEquals(decoded(text).version, version, text);
});

// covers: DIR-09, FAI-08
Deno.test("decodeArtifact() continues after a malformed record, and reports the place of each fault", () => {
  const text = withBody(
    '[{"Let":{"name":"x","expr":"1 +"}},{"Retry":{"deep":[1]}},{"Let":{"name":"","expr":"2"}}]',
  )
    .replace('"K"', '"Z"');
  assertEquals(faults(text), [
    `DR0117 forges[0].procs[0].regime @${text.indexOf('"Z"')}`,
    `DR0111 forges[0].procs[0].body[0].Let.expr @${text.indexOf('"1 +"')}`,
    `DR0120 forges[0].procs[0].body[1].Retry @${text.indexOf('{"Retry"')}`,
    `DR0108 forges[0].procs[0].body[2].Let.name @${text.lastIndexOf('""')}`,
  ]);
});

Deno.test("decodeArtifact() reads statement forms with their members in any order", () => {
  const text = withBody(
    '[{"For":{"body":[],"end":"3","start":"0","var":"i"}},{"Index":{"result":"r","index":"0","target":"[1]"}},' +
      '{"Field":{"field":"a","result":"s","target":"S{a: 1}"}},{"Call":{"result":null,"args":["1"],"target":"f"}}]',
  );
  const [loop, index, field, call] = decoded(text).forges[0]?.procs[0]?.body ?? [];
  assertEquals(loop?.kind === "For" && [loop.name, loop.start.text, loop.end.text], [
    "i",
    "0",
    "3",
  ]);
  assertEquals(index?.kind === "Index" && [index.access.text, index.result], ["[1][0]", "r"]);
  assertEquals(field?.kind === "Field" && [field.access.text, field.result], [
    "S{a: 1}.a",
    "s",
  ]);
  assertEquals(call?.kind === "Call" && [call.call.text, call.result], ["f(1)", undefined]);
});

Deno.test("a misspelled member or statement is reported with the nearest one", () => {
  const messageOf = (text: string) => {
    const decoded = decodeArtifact(text, { artifact: 0, firstProc: 0 });
    return decoded.ok ? "" : decoded.failure[0]?.message;
  };
  assertStrictEquals(
    messageOf('{"forgez": []}'),
    'the program has no member "forgez"; did you mean forges?',
  );
  assertStrictEquals(messageOf('{"other": []}'), 'the program has no member "other"');
  const proc = (statement: string) =>
    `{"forges": [{"name": "F", "shapes": [], "binds": [], "procs": [{"regime": "K", "name": "main", "params": [],
      "uses": [], "ret": "i64", "qualifiers": [], "body": [${statement}]}]}]}`;
  assertStrictEquals(
    messageOf(proc('{"Retrun": {"expr": "1"}}')),
    'unknown statement "Retrun"; did you mean Return?',
  );
  assertStrictEquals(messageOf(proc('"Brak"')), 'unknown statement "Brak"; did you mean Break?');
});
