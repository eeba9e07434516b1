import * as tf from "@tensorflow/tfjs-core"
import { areaLoss } from "./areaLoss.ts"
import type { Over } from "./groupAxes.ts"
import type { Loss } from "./loss.ts"
import { maskLoss } from "./maskLoss.ts"

export interface FocalDiceOptions {
  /** beta, at least 1; the higher, the more an image that is all wrong counts next to one that is half right. */
  readonly beta: number
  /** s, added to numerator and denominator, above 0. */
  readonly smooth: number
  readonly over: Over
}

/** Below this Dice its root is a chord, whose slope is finite. */
export const diceFloor = 0.005

/** Focal Dice, mean over images (or of the batch as one) of 1 - D^(1 / beta), D = (2 I + s) / (S + s),
 *  I = sum p y and S = sum p + sum y, p = sigmoid(z).
 *  The loss takes logits [B, H, W, 1] unbounded and truth.mask in [0, 1]; it returns a scalar in [0, 1], for a
 *  mask in {0, 1} 0 exactly where p = y. beta = 1 is softDice. It falls as beta rises. Empty mask, soft mask: as
 *  softDice.
 *  The slope of a root grows without bound as D goes to 0, as where the mask is missed or empty: below
 *  D = 0.005 the root is replaced by its chord from 0 (as in guardedPower), slope 0.005^(1 / beta - 1).
 *  The loss throws ShapeError when shapes differ.
 *  Source: Wang and Chung 2018; code in PyMIC, with s = 1e-5 and the batch as one.
 *  Deviations: there is one class, so the paper's class weights drop out; the paper also dilates the masks, less
 *  and less as training goes on, which is no part of the loss; neither has the chord.
 *  @example focalDice({ beta: 2, smooth: 1e-5, over: "image" }).apply({}, logits, { mask }, at)
 */
export const focalDice = ({ beta, smooth, over }: FocalDiceOptions): Loss =>
  maskLoss("focalDice", (logits, mask) =>
    areaLoss(logits, mask, { over, squared: false }, ({ intersection, total }) => {
      const whole = tf.add(total, smooth)
      // Rounding may take D above 1.
      const dice = tf.minimum(tf.div(tf.add(tf.mul(intersection, 2), smooth), whole), 1)
      // guardedPower and its slope: below the floor both go by the chord.
      const chord = tf.pow(tf.maximum(dice, diceFloor), 1 / beta - 1)
      const above = tf.step(tf.sub(dice, diceFloor))
      const steepness = tf.sub(1, tf.mul(above, 1 - 1 / beta))
      const byDice = tf.neg(tf.mul(chord, steepness))
      const perWhole = tf.div(byDice, whole)
      return {
        values: tf.sub(1, tf.mul(dice, chord)),
        byIntersection: tf.mul(perWhole, 2),
        byTotal: tf.neg(tf.mul(perWhole, dice)),
      }
    }),
  )
