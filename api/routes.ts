/**
 * Which sink an effect goes to.
 *
 * @module
 */
export type { EffectKind } from "../dvm/dir/model.ts";
export {
  EFFECT_KINDS,
  parseRealizer,
  parseRoute,
  type Realizer,
  type RouteOrigin,
  type Routes,
  routesOf,
} from "../store/realize/realizer.ts";
