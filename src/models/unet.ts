import * as tf from "@tensorflow/tfjs-core"
import { dropout } from "../tensor/ops/dropout.ts"
import { maxPool } from "../tensor/ops/maxPool.ts"
import { ShapeError } from "../tensor/shape.ts"
import type { Params } from "../tensor/tree.ts"
import { branch } from "./branch.ts"
import { conv, upConv } from "./conv.ts"
import { convBlock } from "./convBlock.ts"
import { grow, shapesOf } from "./leaf.ts"
import type { Model } from "./model.ts"

export interface UnetOptions {
  /** Number of times the resolution is halved; at least 3, for the head at 1/8. */
  readonly depth?: number
  /** Channels at full resolution; they double at each halving. */
  readonly baseWidth?: number
  readonly batchNorm?: boolean
  /** Share of the deepest encoder block's output that training drops, in [0, 1). */
  readonly dropout?: number
}

/** Heads at full resolution, 1/2, 1/4 and 1/8. */
const headCount = 4

/** A list as a branch of a tree: "0", "1", ... */
const numbered = <T>(items: readonly T[]): { readonly [index: string]: T } =>
  Object.fromEntries(items.entries())

/** U-Net for one input channel and a binary mask, with a 1 x 1 head at each of four scales.
 *  Leaves: encoder/i, decoder/i and heads/i, where i is the scale (resolution 1 / 2^i): encoder/i/{conv1, conv2},
 *  decoder/i/{up, conv1, conv2}. With depth 3 the head at 1/8 reads the deepest encoder block.
 *  depth 4, baseWidth 64, batch norm: 31,036,481 parameters and three auxiliary heads.
 *  Dropout, when its rate is above 0, is on the output of the deepest encoder block, in training alone.
 *  apply throws ShapeError when rows or columns are not divisible by 2^depth.
 *  Source: Ronneberger et al. 2015; with padded convolutions, batch norm and the widths of the common PyTorch
 *  port (milesial/Pytorch-UNet, transposed convolutions). The published network has "drop-out layers at the end of
 *  the contracting path", of no given rate; here one, after its last block. */
export const unet = ({
  depth = 4,
  baseWidth = 16,
  batchNorm = true,
  dropout: rate = 0,
}: UnetOptions = {}): Model => {
  if (depth < headCount - 1)
    throw new RangeError(`unet: depth must be at least ${headCount - 1}, got ${depth}`)
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`unet: dropout must be in [0, 1), got ${rate}`)
  const divisor = 2 ** depth
  const width = (scale: number) => baseWidth * 2 ** scale
  const scales = Array.from({ length: depth }, (_, scale) => scale)

  const encoder = [...scales, depth].map((scale) =>
    convBlock(scale === 0 ? 1 : width(scale - 1), width(scale), { batchNorm }),
  )
  const decoder = scales.map((scale) => ({
    up: upConv(width(scale + 1), width(scale)),
    block: convBlock(width(scale + 1), width(scale), { batchNorm }),
  }))
  const heads = Array.from({ length: headCount }, (_, scale) => conv(1, width(scale), 1, { bias: true }))

  const params = {
    encoder: numbered(encoder.map((block) => block.params)),
    decoder: numbered(decoder.map(({ up, block }) => ({ up: up.params, ...block.params }))),
    heads: numbered(heads.map((head) => head.params)),
  }
  const state = {
    encoder: numbered(encoder.map((block) => block.state)),
    decoder: numbered(decoder.map(({ block }) => block.state)),
  }

  const assertInput = (x: tf.Tensor4D): void => {
    const [, rows, columns, channels] = x.shape
    if (channels === 1 && rows % divisor === 0 && columns % divisor === 0) return
    throw new ShapeError("unet", `[B, H, W, 1] with H and W divisible by ${divisor}`, x.shape)
  }

  return {
    divisor,
    shapes: shapesOf({ params, state }),
    init: (key) => ({
      params: grow(params, key.child("params")),
      state: grow(state, key.child("state")),
    }),
    apply: (params, state, input, mode) => {
      const { training } = mode
      assertInput(input)
      const of = (tree: Params, part: string, scale: number) => branch(branch(tree, part), scale)
      const moments = { encoder: [] as Params[], decoder: [] as Params[] }

      // features[i] is what is known at scale i: first the encoder's, then the decoder's in its place.
      const features: tf.Tensor4D[] = []
      for (const [scale, block] of encoder.entries()) {
        const x = scale === 0 ? input : maxPool(features[scale - 1]!)
        const result = block.apply(of(params, "encoder", scale), of(state, "encoder", scale), x, training)
        features[scale] = result.y
        moments.encoder[scale] = result.state
      }
      if (mode.training) features[depth] = dropout(features[depth], rate, mode.key)
      for (const [scale, { up, block }] of [...decoder.entries()].reverse()) {
        const own = of(params, "decoder", scale)
        const x = tf.concat([features[scale]!, up.apply(branch(own, "up"), features[scale + 1]!)], 3)
        const result = block.apply(own, of(state, "decoder", scale), x, training)
        features[scale] = result.y
        moments.decoder[scale] = result.state
      }
      const outputs = heads.map((head, scale) => head.apply(of(params, "heads", scale), features[scale]!))
      return {
        outputs,
        state: { encoder: numbered(moments.encoder), decoder: numbered(moments.decoder) },
      }
    },
  }
}
