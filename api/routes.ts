/**
 * Which sink an effect goes to.
 *
 * @module
 */
export {
  EFFECT_KINDS,
  parseRealizer,
  parseRoute,
  type Realizer,
  type Routes,
  routesOf,
} from "../store/realize/realizer.ts";
