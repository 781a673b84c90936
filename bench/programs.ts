/**
 * The measured programs, generated so that the repository needs no large files.
 *
 * @module
 */

/** One K process `main` of DIR v0.2 around the JSON texts of its statements. */
function mainOf(statements: readonly string[]): string {
  return `{"forges":[{"name":"Bench","shapes":[],"binds":[],"procs":[{"regime":"K","name":"main","params":[],"uses":[],` +
    `"ret":"i64","qualifiers":[],"body":[\n${statements.join(",\n")}\n]}]}]}`;
}

/** A process of `count` statements without branches, as from an unrolling compiler. */
export function straightLine(count: number): string {
  const statements: string[] = ['{"Let":{"name":"value_0","expr":"1"}}'];
  for (let index = 1; index < count - 1; index++) {
    const previous = `value_${index - 1}`;
    const expr = index % 4 === 0 ? `${previous} Sub ${index * 3}` : `${previous} Add ${index}`;
    statements.push(`{"Let":{"name":"value_${index}","expr":"${expr}"}}`);
  }
  statements.push(`{"Return":{"expr":"value_${count - 2}"}}`);
  return mainOf(statements);
}

/** A loop of so many effects. */
export function effectLoop(effects: number): string {
  return mainOf([
    `{"For":{"var":"i","start":"0","end":"${effects}","body":[{"Effect":{"kind":"emit","payload":"i"}}]}}`,
    '{"Return":{"expr":"0"}}',
  ]);
}

/** So many effects, a statement each. */
export function effectLine(effects: number): string {
  const statements = Array.from(
    { length: effects },
    (_, index) => `{"Effect":{"kind":"emit","payload":"${index}"}}`,
  );
  return mainOf([...statements, '{"Return":{"expr":"0"}}']);
}

/** A `While` loop of about `ticks` ticks, three per iteration. */
export function whileLoop(ticks: number): string {
  const iterations = Math.floor(ticks / 3);
  return mainOf([
    '{"Let":{"name":"i","expr":"0"}}',
    '{"Let":{"name":"sum","expr":"0"}}',
    `{"While":{"condition":"i Lt ${iterations}","body":[` +
    '{"Assign":{"target":"sum","expr":"sum Add i"}},{"Assign":{"target":"i","expr":"i Add 1"}}]}}',
    '{"Return":{"expr":"sum"}}',
  ]);
}
