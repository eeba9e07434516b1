import * as tf from "@tensorflow/tfjs-core"
import { type Compiled, compile } from "../engine/compile.ts"
import type { Model } from "../models/model.ts"
import type { Params } from "../tensor/tree.ts"

/** A network in use: parameters, state and images [B, H, W, 1] to foreground probabilities [B, H, W, 1] at full
 *  resolution. */
export type ForwardPass = Compiled<[params: Params, state: Params, images: tf.Tensor4D], tf.Tensor4D>

/** Compiled once for each size of batch, so whoever calls it often keeps it. */
export const forwardPass = (model: Model): ForwardPass =>
  compile((params, state, images) =>
    tf.sigmoid(model.apply(params, state, images, { training: false }).outputs[0]!),
  )
