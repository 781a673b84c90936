/**
 * The machine's state at any position of a log.
 *
 * @module
 */
export { evolve, fold } from "../dvm/api/projection.ts";
export type { Misfit } from "../dvm/machine/evolve.ts";
export { nextEvent } from "../store/log/next_event.ts";
export { initialState, type State } from "../dvm/event/state.ts";
export type {
  BindingView,
  ConstraintView,
  FrameView,
  SetView,
} from "../store/projection/state/frame_view.ts";
export type { LockView, ThreadsView, ThreadView } from "../store/projection/state/threads_view.ts";
export {
  type EffectView,
  type StateView,
  viewState,
} from "../store/projection/state/state_view.ts";
export type {
  ByteRow,
  DeviceView,
  FileView,
  IoView,
  PortView,
  RegionView,
} from "../store/projection/state/io_view.ts";
export {
  LogStates,
  type NoState,
  type StateAtEvent,
  type StateOptions,
} from "../store/projection/state/states.ts";
export { type SnapshotFile } from "../store/projection/state/snapshots.ts";
export {
  type BodyLine,
  bodyNamed,
  type BodyView,
  viewBody,
} from "../store/projection/state/body_view.ts";
export { type StepTarget } from "../store/projection/state/step_target.ts";
export { type LogPosition } from "../store/projection/state/position.ts";
