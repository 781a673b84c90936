/**
 * The machine's state at any position of a log.
 *
 * @module
 */
export { evolve, fold } from "../dvm/api/projection.ts";
export { nextEvent } from "../store/log/next_event.ts";
export { initialState, type State } from "../dvm/event/state.ts";
export { type FrameView, type StateView, viewState } from "../store/projection/state/state_view.ts";
export {
  type LogPosition,
  LogStates,
  type NoState,
  type SnapshotFile,
} from "../store/projection/state/states.ts";
