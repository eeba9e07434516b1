import * as tf from "@tensorflow/tfjs-core"
import fc from "fast-check"
import { checkClaim } from "../../src/laws/checkClaim.ts"
import { holds } from "../../src/laws/claim.ts"
import type { Law } from "../../src/laws/law.ts"
import { structuralLaws } from "../../src/laws/structuralLaws.ts"
import type { Subject } from "../../src/laws/subject.ts"
import { fixed, type Loss } from "../../src/losses/loss.ts"

/** A loss without options, as a subject of laws. */
export const subjectOf = (loss: Loss): Subject => ({
  name: "made up",
  options: fc.constant({}),
  build: () => loss,
  softMask: false,
})

export const check = { runs: 100, seed: 11 }
/** Whether no counterexample to a law is found. */
export const obeys = (law: Law, loss: Loss, subject = subjectOf(loss)): boolean =>
  checkClaim(subject, holds(law), check).passed

/** A loss of logits and mask, intermediate tensors freed. */
export const tidy = (f: (z: tf.Tensor4D, y: tf.Tensor4D) => tf.Tensor): Loss =>
  fixed((z, { mask }) => tf.tidy(() => f(z, mask).asScalar()))

export const p = (z: tf.Tensor4D): tf.Tensor4D => tf.sigmoid(z)
export const brier = tidy((z, y) => tf.mean(tf.squaredDifference(p(z), y)))
/** Soft Dice of the whole batch, smoothed by 1. */
export const dice = tidy((z, y) =>
  tf.sub(1, tf.div(tf.add(tf.mul(2, tf.sum(tf.mul(p(z), y))), 1), tf.add(tf.sum(tf.add(p(z), y)), 1))),
)

/** A law of structure. */
export const named = (name: string): Law => structuralLaws.find((law) => law.name === name)!
