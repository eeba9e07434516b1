import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { Mode, Model } from "../../src/models/model.ts"
import { unet } from "../../src/models/unet.ts"
import { dropout } from "../../src/tensor/ops/dropout.ts"
import { rootKey } from "../../src/tensor/randomKey.ts"
import { leaves, mapTree, type Params } from "../../src/tensor/tree.ts"
import { valueAndGradient } from "../../src/tensor/valueAndGradient.ts"
import { useJavascriptEngine } from "../support/engine.ts"

beforeAll(useJavascriptEngine)

const tiny = unet({ baseWidth: 2, depth: 3 })

const evaluation: Mode = { training: false }
/** Training, with a key of the step's own. */
const training = (step = 0): Mode => ({ training: true, key: tf.tensor1d([step, 7], "int32") })

const withoutAuxiliaryHeads = (params: Params): number =>
  leaves(params)
    .filter(([path]) => !/^heads\/[1-9]/.test(path))
    .reduce((sum, [, leaf]) => sum + leaf.size, 0)

describe("unet", () => {
  beforeEach(() => {
    tf.engine().startScope()
    return () => tf.engine().endScope()
  })

  it("gives logits at full, half, quarter and eighth resolution", () => {
    const { params, state } = tiny.init(rootKey(1))
    const { outputs } = tiny.apply(params, state, tf.ones([3, 8, 16, 1]), training())
    expect(outputs.map((output) => output.shape)).toEqual([
      [3, 8, 16, 1],
      [3, 4, 8, 1],
      [3, 2, 4, 1],
      [3, 1, 2, 1],
    ])
  })

  it("knows the shape of every tensor without making it", () => {
    for (const model of [tiny, unet({ baseWidth: 1, depth: 4, batchNorm: false })]) {
      const made = leaves<tf.Tensor>(model.init(rootKey(1))).map(([path, leaf]) => [path, leaf.shape])
      expect(model.shapes).toEqual(Object.fromEntries(made))
    }
  })

  it("has 2 x 2 double convolutions per scale, in readable paths", () => {
    const paths = leaves(tiny.init(rootKey(1)).params).map(([path, leaf]) => `${path} [${leaf.shape}]`)
    expect(paths).toContain("encoder/0/conv1/kernel [3,3,1,2]")
    expect(paths).toContain("encoder/3/conv2/scale [16]")
    expect(paths).toContain("decoder/0/up/kernel [2,2,2,4]")
    expect(paths).toContain("decoder/0/conv1/kernel [3,3,4,2]")
    expect(paths).toContain("heads/3/kernel [1,1,16,1]")
  })

  it("has biases in the place of batch norm, and no state, when batch norm is off", () => {
    const plain = unet({ baseWidth: 2, depth: 3, batchNorm: false })
    const { params, state } = plain.init(rootKey(1))
    const paths = leaves(params).map(([path]) => path)
    expect(paths).toContain("encoder/0/conv1/bias")
    expect(paths).not.toContain("encoder/0/conv1/scale")
    expect(leaves(state)).toEqual([])
    expect(leaves(plain.apply(params, state, tf.ones([1, 8, 8, 1]), training()).state)).toEqual([])
  })

  it("has the parameters of the published network at width 64", () => {
    // Widths are multiples of the base b, so the count is a b^2 + c b + d (with d the head's bias):
    // three small networks give the coefficients, which spares drawing 31 million numbers.
    const count = (baseWidth: number) =>
      tf.tidy(() => withoutAuxiliaryHeads(unet({ baseWidth, depth: 4 }).init(rootKey(1)).params))
    const [one, two, three] = [count(1), count(2), count(3)]
    const a = (three - 2 * two + one) / 2
    const c = two - one - 3 * a
    expect(a * 64 * 64 + c * 64 + (one - a - c)).toBe(31_036_481)
  })

  it("has depth 4 and 16 channels, batch norm and no dropout unless told otherwise", () => {
    expect(unet().shapes).toEqual(unet({ depth: 4, baseWidth: 16, batchNorm: true }).shapes)
    expect([unet().divisor, tiny.divisor]).toEqual([16, 8])
    const { shapes } = unet()
    expect(shapes["params/encoder/4/conv2/kernel"]).toEqual([3, 3, 256, 256])
    expect(shapes["state/decoder/3/conv1/mean"]).toEqual([128])
    expect(shapes).not.toHaveProperty(["params/encoder/5/conv1/kernel"])
  })

  it("draws its parameters and its state from keys of their own", () => {
    const key = rootKey(3)
    const { params } = tiny.init(key)
    const kernel = leaves(params).find(([path]) => path === "encoder/0/conv1/kernel")![1]
    const draws = key.child("params").child("encoder/0/conv1/kernel").draws()
    const deviation = Math.sqrt(2 / 9)
    expect(kernel.dataSync()).toEqual(Float32Array.from({ length: 18 }, () => deviation * draws.normal()))
  })

  it("names the divisor when the input does not fit", () => {
    const { params, state } = tiny.init(rootKey(1))
    expect(() => tiny.apply(params, state, tf.ones([1, 12, 16, 1]), training())).toThrow(
      "unet: expected shape [B, H, W, 1] with H and W divisible by 8, got [1, 12, 16, 1]",
    )
    expect(() => tiny.apply(params, state, tf.ones([1, 16, 12, 1]), training())).toThrow("got [1, 16, 12, 1]")
    expect(() => tiny.apply(params, state, tf.ones([1, 16, 16, 3]), training())).toThrow("got [1, 16, 16, 3]")
    expect(() => unet({ depth: 2 })).toThrow("unet: depth must be at least 3, got 2")
  })

  it("draws each leaf from its own path, with He's deviation", () => {
    const key = rootKey(7)
    const shallow = new Map(leaves(unet({ baseWidth: 4, depth: 3 }).init(key).params))
    const deep = new Map(leaves(unet({ baseWidth: 4, depth: 4 }).init(key).params))
    const path = "encoder/3/conv2/kernel" // [3, 3, 32, 32]: 9216 draws, fan-in 288
    expect(deep.get(path)!.dataSync()).toEqual(shallow.get(path)!.dataSync())
    expect(deep.get(path)!.dataSync()).not.toEqual(
      deep.get("decoder/3/conv1/kernel")!.dataSync().slice(0, 9216),
    )
    const deviation = tf.moments(deep.get(path)!).variance.sqrt().arraySync() as number
    expect(deviation / Math.sqrt(2 / 288)).toBeCloseTo(1, 1)
  })

  describe("with dropout", () => {
    const rate = 0.5
    const dropping = unet({ baseWidth: 2, depth: 3, dropout: rate })
    // Input and trees of every test: those of the network without dropout, which has the same leaves.
    const applied = (model: Model, mode: Mode) => {
      const { params, state } = tiny.init(rootKey(1))
      return model
        .apply(params, state, tf.fill([2, 8, 16, 1], 0.5), mode)
        .outputs.map((z) => [...z.dataSync()])
    }

    it("has the leaves and the evaluation of the network without it", () => {
      expect(dropping.shapes).toEqual(tiny.shapes)
      expect(applied(dropping, evaluation)).toEqual(applied(tiny, evaluation))
    })

    it("draws by the key of the step alone, in training", () => {
      expect(applied(dropping, training(1))).toEqual(applied(dropping, training(1)))
      expect(applied(dropping, training(1))).not.toEqual(applied(dropping, training(2)))
      expect(applied(tiny, training(1))).toEqual(applied(tiny, training(2)))
    })

    it("drops the output of the deepest encoder block, which with depth 3 the last head reads", () => {
      const { params, state } = tiny.init(rootKey(1))
      const { key } = training(3) as { readonly key: tf.Tensor1D }
      // A head that is one channel: what comes out is that channel.
      const channel = 5
      const head = tf.oneHot(tf.tensor1d([channel], "int32"), 16).reshape([1, 1, 16, 1])
      const own = mapTree(params, (leaf, path) =>
        path === "heads/3/kernel" ? tf.cast(head, "float32") : leaf,
      )
      const x = tf.tensor4d(u(100, [2, 8, 16, 1]), [2, 8, 16, 1])
      const last = (model: Model) => model.apply(own, state, x, { training: true, key }).outputs[3]!
      const factor = tf.slice(dropout(tf.ones([2, 1, 2, 16]), rate, key), [0, 0, 0, channel], [2, 1, 2, 1])
      expect([...last(dropping).dataSync()]).toEqual([...tf.mul(last(tiny), factor).dataSync()])
    })

    it("refuses a rate that drops all", () => {
      for (const rate of [1, -0.1, Number.NaN])
        expect(() => unet({ dropout: rate })).toThrow(`unet: dropout must be in [0, 1), got ${rate}`)
    })
  })

  it("leaves its trees alone, and the state in evaluation", () => {
    const { params, state } = tiny.init(rootKey(1))
    const before = leaves(state).map(([, leaf]) => [...leaf.dataSync()])
    const x = tf.ones<tf.Rank.R4>([1, 8, 8, 1])
    const evaluated = tiny.apply(params, state, x, evaluation)
    tiny.apply(params, state, x, training())
    expect(leaves(state).map(([, leaf]) => [...leaf.dataSync()])).toEqual(before)
    expect(leaves(evaluated.state)).toEqual(leaves(state))
  })

  it("frees everything but outputs and moments inside a tidy", () => {
    const { params, state } = tiny.init(rootKey(1))
    const x = tf.ones<tf.Rank.R4>([1, 8, 8, 1])
    const mode = training()
    const before = tf.memory().numTensors
    const result = tf.tidy(() => {
      const { outputs, state: moments } = tiny.apply(params, state, x, mode)
      return { outputs: [...outputs], moments }
    })
    expect(tf.memory().numTensors - before).toBe(4 + leaves(state).length)
    tf.dispose(result)
  })
})

interface Fixture {
  readonly evaluation: readonly number[][]
  readonly training: readonly number[][]
  readonly loss: number
  readonly gradientNorms: Readonly<Record<string, number>>
  readonly state: Readonly<Record<string, number[]>>
}

/** The rule of test/fixtures/make/unet.py. */
const u = (k: number, shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(0.1 * i * i + i + k))

const ruled = (tree: Params): Params => {
  const order = leaves(tree)
    .map(([path]) => path)
    .sort()
  return mapTree(tree, (leaf, path) => {
    const values = u(order.indexOf(path), leaf.shape)
    const kind = path.split("/").at(-1)!
    const [rows, columns, third, fourth] = leaf.shape as [number, number, number, number]
    const fanIn = path.includes("/up/") ? fourth : rows * columns * third
    const rules: Readonly<Record<string, (value: number) => number>> = {
      kernel: (value) => (2 * value) / Math.sqrt(fanIn),
      scale: (value) => 1 + 0.2 * value,
      variance: (value) => 1 + 0.5 * value,
    }
    return tf.tensor(values.map(rules[kind] ?? ((value) => 0.2 * value)), leaf.shape)
  })
}

describe("unet against PyTorch", () => {
  const expected = JSON.parse(
    readFileSync(new URL("../fixtures/unet.json", import.meta.url), "utf8"),
  ) as Fixture
  const tolerance = 1e-4

  /** Largest difference over the largest value. */
  const relative = (found: ArrayLike<number>, wanted: readonly number[]): number =>
    Math.max(...wanted.map((value, i) => Math.abs(value - found[i]!))) / Math.max(...wanted.map(Math.abs))

  const crossEntropy = (outputs: readonly tf.Tensor4D[]): tf.Scalar =>
    tf.addN(
      outputs.map((z, scale) => {
        const truth = tf.tensor4d(
          u(200 + scale, z.shape).map((value) => (value > 0 ? 1 : 0)),
          z.shape,
        )
        return tf.mean(tf.sub(tf.softplus(z), tf.mul(z, truth)))
      }),
    )

  it("gives its outputs, gradients and running moments", () => {
    tf.tidy(() => {
      const start = tiny.init(rootKey(1))
      const params = ruled(start.params)
      const state = ruled(start.state)
      const image = tf.tensor4d(u(100, [2, 16, 16, 1]), [2, 16, 16, 1])

      for (const [name, mode] of Object.entries({ evaluation, training: training() })) {
        const { outputs } = tiny.apply(params, state, image, mode)
        for (const [scale, output] of outputs.entries())
          expect(
            relative(output.dataSync(), expected[name as "evaluation" | "training"][scale]!),
          ).toBeLessThan(tolerance)
      }

      const { value, gradient, aux } = valueAndGradient((tree) => {
        const result = tiny.apply(tree, state, image, training())
        return { value: crossEntropy(result.outputs), aux: result.state }
      }, params)
      expect(relative(value.dataSync(), [expected.loss])).toBeLessThan(tolerance)

      expect(leaves(aux).length).toBe(Object.keys(expected.state).length)
      for (const [path, moment] of leaves(aux))
        expect(relative(moment.dataSync(), expected.state[path]!), path).toBeLessThan(tolerance)

      expect(leaves(gradient).length).toBe(Object.keys(expected.gradientNorms).length)
      for (const [path, leaf] of leaves(gradient))
        expect(relative(tf.norm(leaf).dataSync(), [expected.gradientNorms[path]!]), path).toBeLessThan(
          tolerance,
        )
    })
  })
})
