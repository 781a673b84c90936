/**
 * Which sink an effect goes to.
 *
 * @module
 */
export { EFFECT_KINDS, type EffectKind } from "../dvm/dir/model.ts";
export {
  parseRealizer,
  parseRoute,
  type Realizer,
  realizerOf,
  renderRealizer,
  type RouteOrigin,
  type Routes,
  routesOf,
} from "../store/realize/realizer.ts";
