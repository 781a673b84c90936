/**
 * Values and events: as the machine has them, and in the form of the log.
 *
 * @module
 */
export type * from "../dvm/event/event.ts";
export type { ClauseOperator, EffectKind, Regime } from "../dvm/dir/model.ts";
export type { ConsumeReason } from "../dvm/dir/linear_use.ts";
export type { ContractRefusal, OfferRefusal, RefusedClause } from "../dvm/event/refusal.ts";
export type { FailureKind } from "../dvm/diagnostic/failure.ts";
export type { Int64 } from "../dvm/value/int64.ts";
export type {
  ArrayValue,
  BoolValue,
  CharValue,
  FloatValue,
  HandleOf,
  HandleValue,
  IntValue,
  MemValue,
  NamedValue,
  StringValue,
  StructValue,
  UnitValue,
  Value,
} from "../dvm/value/value.ts";
export type { WireEvent, WireField } from "../dvm/event/wire_event.ts";
export { encodeWireValue, type WireFields, type WireValue } from "../dvm/value/wire_object.ts";
