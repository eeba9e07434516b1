import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import { fixed, nothing } from "../../../src/losses/loss.ts"
import { fullResolution, type Objective } from "../../../src/losses/objective.ts"
import type { Model } from "../../../src/models/model.ts"
import { unet } from "../../../src/models/unet.ts"
import { adam } from "../../../src/optimizers/adam.ts"
import { chain } from "../../../src/optimizers/chain.ts"
import { clipByGlobalNorm } from "../../../src/optimizers/clipByGlobalNorm.ts"
import { sgd } from "../../../src/optimizers/sgd.ts"
import type { Transform } from "../../../src/optimizers/transform.ts"
import {
  disposeTrainState,
  initTrainState,
  type TrainState,
  trainStateToArrays,
} from "../../../src/stages/training/trainState.ts"
import { type Batch, trainStep } from "../../../src/stages/training/trainStep.ts"
import { childKey } from "../../../src/tensor/childKey.ts"
import { rootKey } from "../../../src/tensor/randomKey.ts"
import { leaves, type Params } from "../../../src/tensor/tree.ts"
import { useJavascriptEngine } from "../../support/engine.ts"

beforeAll(useJavascriptEngine)

const model = unet({ baseWidth: 2, depth: 3 })

const crossEntropy = fixed((logits, { mask }) => tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, mask))))

const everyScale: Objective = {
  needs: nothing,
  init: () => ({}),
  apply: (_params, outputs, truths, at) =>
    tf.addN(outputs.map((logits, scale) => crossEntropy.apply({}, logits, truths[scale]!, at))),
}

/** A loss with a weight of its own, at 1 / exp(w) + w: learns w. */
const learning: Objective = {
  needs: nothing,
  init: () => ({ weight: tf.scalar(0) }),
  apply: (params, outputs, truths, at) => {
    const weight = params.weight as tf.Scalar
    return tf.add(tf.mul(everyScale.apply({}, outputs, truths, at), tf.exp(tf.neg(weight))), weight)
  },
}

/** A bright square on noise, and its mask at every scale. */
const squareBatch = (): Batch => {
  const draws = rootKey(3).draws()
  const inside = (size: number, i: number) => {
    const [row, column] = [Math.floor(i / size) % size, i % size].map((at) => at / size) as [number, number]
    return row >= 0.25 && row < 0.75 && column >= 0.25 && column < 0.75 ? 1 : 0
  }
  const filled = (size: number, value: (i: number) => number) =>
    tf.tensor4d(
      Float32Array.from({ length: 2 * size * size }, (_, i) => value(i)),
      [2, size, size, 1],
    )
  return {
    images: filled(16, (i) => inside(16, i) + 0.3 * draws.normal()),
    truths: [16, 8, 4, 2].map((size) => ({ mask: filled(size, (i) => inside(size, i)) })),
  }
}

const train = (
  objective: Objective,
  optimizer: Transform,
  steps: number,
): { readonly state: TrainState; readonly losses: number[]; readonly tensors: number[] } => {
  const batch = squareBatch()
  const step = trainStep(model, objective, optimizer)
  let state = initTrainState(model, objective, optimizer, rootKey(1))
  const losses: number[] = []
  const tensors: number[] = []
  for (let i = 0; i < steps; i++) {
    const at = {
      progress: tf.scalar(i / steps),
      key: tf.tensor1d([i, 0], "int32"),
      learningRate: tf.scalar(0.02),
      step: tf.scalar(i + 1),
    }
    const next = step(state, batch, at)
    losses.push(next.loss.dataSync()[0]!)
    disposeTrainState(state)
    tf.dispose([next.loss, next.gradientNorm, ...Object.values(at)])
    state = next.state
    tensors.push(tf.memory().numTensors)
  }
  tf.dispose([batch.images, ...batch.truths.map(({ mask }) => mask)])
  return { state, losses, tensors }
}

const at = () => ({
  progress: tf.scalar(0),
  key: tf.tensor1d([0, 0], "int32"),
  learningRate: tf.scalar(0.1),
  step: tf.scalar(1),
})

describe("trainStep", () => {
  it("overfits one batch, holding the same number of tensors at every step", () => {
    const { state, losses, tensors } = train(everyScale, adam(), 12)
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2)
    expect(new Set(tensors).size).toBe(1)
    disposeTrainState(state)
  })

  it("gives the same bits when repeated", () => {
    const [first, second] = [train(everyScale, adam(), 2), train(everyScale, adam(), 2)]
    expect(first.losses).toEqual(second.losses)
    expect(trainStateToArrays(first.state)).toEqual(trainStateToArrays(second.state))
    disposeTrainState(first.state)
    disposeTrainState(second.state)
  })

  it("leaves the train state that it was given as it is", () => {
    tf.tidy(() => {
      const state = initTrainState(model, everyScale, sgd(), rootKey(1))
      const before = structuredClone(trainStateToArrays(state))
      const after = trainStep(model, everyScale, sgd())(state, squareBatch(), at()).state
      expect(trainStateToArrays(state)).toEqual(before)
      expect(
        leaves<tf.Tensor>(after).some(([, leaf]) => leaves<tf.Tensor>(state).some(([, old]) => old === leaf)),
      ).toBe(false)
    })
  })

  it("moves parameters against the gradient, by the rate's share of its norm with plain descent", () => {
    tf.tidy(() => {
      const optimizer = sgd({ momentum: 0 })
      const state = initTrainState(model, everyScale, optimizer, rootKey(1))
      const result = trainStep(model, everyScale, optimizer)(state, squareBatch(), {
        ...at(),
        learningRate: tf.scalar(0.25),
      })
      const moved = leaves(result.state.params).map(([path, leaf]) => {
        const start = leaves(state.params).find(([other]) => other === path)![1]
        return tf.sum(tf.square(tf.sub(leaf, start))).dataSync()[0]!
      })
      const norm = Math.sqrt(moved.reduce((a, b) => a + b))
      expect(norm / result.gradientNorm.dataSync()[0]!).toBeCloseTo(0.25, 4)
    })
  })

  it("lets the optimizer see the weights beside their gradients: a decay is of the weights", () => {
    tf.tidy(() => {
      const started = initTrainState(model, learning, sgd({ momentum: 0 }), rootKey(1))
      const state = { ...started, objective: { weight: tf.scalar(0.75) } }
      const moved = (optimizer: Transform) => {
        const { params, objective } = trainStep(model, learning, optimizer)(state, squareBatch(), at()).state
        return trainStateToArrays({ params, objective })
      }
      const [plain, decayed] = [moved(sgd({ momentum: 0 })), moved(sgd({ momentum: 0, weightDecay: 0.5 }))]
      const start = trainStateToArrays({ params: state.params, objective: state.objective })
      expect(Object.keys(decayed)).toEqual(Object.keys(start))
      // The plain step gives w - rate g, at a rate of 0.1.
      for (const [path, { data }] of Object.entries(start))
        for (const [i, weight] of data.entries())
          expect(decayed[path]!.data[i], path).toBeCloseTo(plain[path]!.data[i]! - 0.1 * 0.5 * weight, 5)
    })
  })

  it("tells the gradient's norm as it is before the optimizer clips it, whatever the rate", () => {
    tf.tidy(() => {
      const state = initTrainState(model, everyScale, sgd({ momentum: 0 }), rootKey(1))
      const norm = (optimizer: Transform, learningRate: number) =>
        trainStep(model, everyScale, optimizer)(state, squareBatch(), {
          ...at(),
          learningRate: tf.scalar(learningRate),
        }).gradientNorm.dataSync()[0]!
      const plain = norm(sgd({ momentum: 0 }), 1)
      expect(plain).toBeGreaterThan(0.1)
      const clipped = chain([clipByGlobalNorm({ norm: plain / 10 }), sgd({ momentum: 0 })])
      expect(norm(clipped, 1)).toBe(plain)
      expect(norm(sgd({ momentum: 0, weightDecay: 0.5 }), 0.01)).toBe(plain)
    })
  })

  it("learns the objective's own parameters", () => {
    tf.tidy(() => {
      const optimizer = sgd({ momentum: 0 })
      const state = initTrainState(model, learning, optimizer, rootKey(1))
      const { state: after, loss } = trainStep(model, learning, optimizer)(state, squareBatch(), at())
      // d/dw (L exp(-w) + w) = 1 - L at w = 0, and L is the value there.
      const weight = (after.objective.weight as tf.Scalar).dataSync()[0]!
      expect(weight).toBeCloseTo(-0.1 * (1 - loss.dataSync()[0]!), 5)
    })
  })

  it("gives the network a key of the step's own, which no term or image of a loss has", () => {
    const given: { network: string[]; losses: string[] } = { network: [], losses: [] }
    const words = (key: tf.Tensor1D) => String(key.dataSync())
    const watched: Model = {
      ...model,
      apply: (params, state, x, mode) => {
        if (mode.training) given.network.push(words(mode.key))
        return model.apply(params, state, x, mode)
      },
    }
    const watching: Objective = {
      ...everyScale,
      apply: (params, outputs, truths, at) => {
        const parts = Array.from({ length: 100 }, (_, i) => childKey(at.key, i))
        given.losses.push(...[at.key, ...parts].map(words))
        return everyScale.apply(params, outputs, truths, at)
      },
    }
    tf.tidy(() => {
      const state = initTrainState(model, everyScale, sgd(), rootKey(1))
      const [step, batch] = [trainStep(watched, watching, sgd()), squareBatch()]
      for (const first of [0, 1]) step(state, batch, { ...at(), key: tf.tensor1d([first, 9], "int32") })
      expect(given.network[1]).toBe(words(childKey(tf.tensor1d([1, 9], "int32"), 2 ** 20)))
    })
    expect(new Set(given.network).size).toBe(2)
    expect(given.losses).toHaveLength(202)
    expect(given.losses.filter((key) => given.network.includes(key))).toEqual([])
  })

  it("leaves the heads that the objective does not look at, and still trains", () => {
    tf.tidy(() => {
      const objective = fullResolution(crossEntropy)
      const state = initTrainState(model, objective, sgd(), rootKey(1))
      const { state: after } = trainStep(model, objective, sgd())(state, squareBatch(), at())
      const read = (tree: Params, path: string) =>
        leaves(tree)
          .find(([other]) => other === path)![1]
          .dataSync()
      expect(read(after.params, "heads/2/kernel")).toEqual(read(state.params, "heads/2/kernel"))
      expect(read(after.params, "heads/0/kernel")).not.toEqual(read(state.params, "heads/0/kernel"))
      expect(read(after.state, "encoder/0/conv1/mean")).not.toEqual(read(state.state, "encoder/0/conv1/mean"))
    })
  })
})
