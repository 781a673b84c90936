/**
 * A state is the fold of the events before it, and nothing else: at every event of every fixture. Program and events are
 * frozen, and the events that are folded have been to the log and back. Written as text and read back, the state is the same.
 *
 * @module
 */
import { sized } from "../support/size.ts";
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { ALL_ENGINES } from "../../dvm/api/all_engines.ts";
import { analyze } from "../../dvm/machine/analysis.ts";
import { decide } from "../../dvm/machine/decide.ts";
import type { MachineEvent } from "../../dvm/event/event.ts";
import { evolve } from "../../dvm/machine/evolve.ts";
import { headerOf } from "../../dvm/machine/run.ts";
import { initialState } from "../../dvm/event/state.ts";
import { StateCodec } from "../../dvm/event/state_codec.ts";
import { eventToWire } from "../../dvm/event/wire_event.ts";
import { decodeEvent, encodeEvent, fold, type WireEvent } from "../../mod.ts";
import { sha256 } from "../../store/file/sha256.ts";
import { deepFreeze } from "../support/deep_freeze.ts";
import { type Fixture, fixtures, loadFixture } from "../support/fixtures.ts";

// covers: REP-01, TRC-07
for (const fixture of fixtures()) {
  Deno.test(`fold() of every prefix of ${fixture.name} is the machine's state there`, () => {
    checkFold(fixture);
  });
}

/** Of a long log, every prefix of a length that this divides is folded. */
const EVERY = sized({ quick: 10, ci: 1 });

/** The machine, step by step, against the fold of all events so far. */
function checkFold(fixture: Fixture): void {
  const program = loadFixture(fixture);
  const analysis = analyze(program, { sha256, ...ALL_ENGINES });
  deepFreeze(program);
  const codec = new StateCodec(program);
  const state = initialState(program);
  const header = headerOf(program, fixture.input, sha256);
  const recorded: WireEvent[] = [];
  for (;;) {
    if (recorded.length < 100 || recorded.length % EVERY === 0) {
      const folded = fold(program, recorded);
      assert(folded.ok, folded.ok ? "" : folded.failure.reason);
      assertEquals(folded.value, state, `after ${recorded.length} events`);
    }
    const restored = codec.decode(codec.encode(state));
    assertEquals(restored, state, `restored after ${recorded.length} events`);
    const next = state.input === undefined ? undefined : decide(analysis, restored);
    const event = header[recorded.length] ?? decide(analysis, state);
    if (recorded.length >= header.length) {
      assertEquals(next, event, "a restored state decides alike");
    }
    if (event === undefined) break;
    recorded.push(throughTheLog(deepFreeze(event)));
    const evolved = evolve(state, event);
    assert(evolved.ok, evolved.ok ? "" : evolved.failure.reason);
  }
  assertStrictEquals(recorded.at(-1)?.kind, "outcome");
}

function throughTheLog(event: MachineEvent): WireEvent {
  const decoded = decodeEvent(encodeEvent(eventToWire(event)));
  assert(decoded.ok);
  return deepFreeze(decoded.value);
}
