import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, it } from "vitest"
import type { Dataset, TestCase } from "../../src/data/dataset/dataset.ts"
import { packMask, unpackMask } from "../../src/data/dataset/packedMask.ts"
import type { Model } from "../../src/models/model.ts"
import { evaluate } from "../../src/stages/evaluate.ts"
import type { Tracer } from "../../src/stages/tracer.ts"
import type { Trained } from "../../src/stages/train.ts"
import { discs } from "../support/dataset.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { geometryOf } from "../support/geometry.ts"
import { runStage } from "../support/runStage.ts"
import { defaultScoring as scoring } from "../support/scoring.ts"

beforeAll(useJavascriptEngine)

const side = 8
const pixels = side * side
/** Cases of so many slices, in the order in which their slices lie one after the other. */
const counts = { a: 1, b: 3, c: 2 } as const
const ids = Object.entries(counts).flatMap(([id, count]) =>
  Array.from({ length: count }, (_, slice) => ({ case: id, slice })),
)
/** Slice i has its first i + 1 pixels inside. */
const masks = Uint8Array.from(
  { length: ids.length * pixels },
  (_, i) => +(i % pixels <= Math.floor(i / pixels)),
)

const testCase = (id: keyof typeof counts): TestCase => {
  const first = ids.findIndex((one) => one.case === id)
  return {
    id,
    patient: `patient of ${id}`,
    axis: 2,
    geometry: geometryOf([side, side, counts[id]]),
    expert: packMask(masks.subarray(first * pixels, (first + counts[id]) * pixels)),
    annotators: {},
  }
}

/** Test cases in another order than their slices; inside the images are 3, elsewhere -1. */
const dataset: Dataset = {
  ...discs({ size: side, train: 1, test: 1, each: 1 }),
  test: {
    count: ids.length,
    ids,
    masks,
    images: Float32Array.from(masks, (inside) => (inside === 1 ? 3 : -1)),
  },
  testCases: [testCase("c"), testCase("a"), testCase("b")],
}

/** Logits are the images less a parameter, plus a state. */
const model = (onBatch: (shape: readonly number[]) => void = () => undefined): Model => ({
  divisor: 1,
  shapes: {},
  init: () => ({ params: {}, state: {} }),
  apply: (params, state, x) => {
    onBatch(x.shape)
    const logits: tf.Tensor4D = tf.add(tf.sub(x, params.less as tf.Scalar), state.more as tf.Scalar)
    return { outputs: [logits], state }
  },
})

const trained = (less: number, more = 0): Trained => ({
  weights: {
    "params/less": { shape: [], data: Float32Array.of(less) },
    "state/more": { shape: [], data: Float32Array.of(more) },
  },
  history: { epochs: [], keptEpoch: 7, gradientNormAtStart: 1, parameterCount: 1 },
  datasetKey: "d1",
})

const evaluated = (
  network: Trained,
  { of = model(), batchSize = 2, tracer = undefined as Tracer | undefined, on = dataset } = {},
) =>
  runStage(evaluate({ model: of, batchSize, scoring }), network, {
    datasets: { d1: on },
    ...(tracer && { tracer }),
  })

describe("evaluate", () => {
  it("predicts every slice of every test case, and scores it against the expert", async () => {
    const before = tf.memory().numTensors
    const { output, events } = await evaluated(trained(1))
    expect(tf.memory().numTensors).toBe(before)
    const { predictions, scores, history } = output!
    expect(predictions!.map(({ of }) => of)).toEqual(dataset.testCases)
    for (const { of, mask } of predictions!) expect(mask, of.id).toEqual(of.expert)
    expect(scores.patients.map(({ patient, slices, values }) => [patient, slices, values.dice])).toEqual([
      ["patient of c", 2, 1],
      ["patient of a", 1, 1],
      ["patient of b", 3, 1],
    ])
    expect(scores).toMatchObject({
      empty: scoring.empty,
      hd95: scoring.hd95,
      toleranceMm: scoring.toleranceMm,
    })
    expect(history).toEqual(trained(1).history)
    expect(events).toEqual(
      [1, 2, 3].map((done) => ({ event: "progress", stage: "evaluate", done, total: 3 })),
    )
  })

  it("uses the trained parameters and state", async () => {
    // Inside logits are 3 - 5 + 2: a probability of one half, which counts.
    const half = await evaluated(trained(5, 2))
    for (const { of, mask } of half.output!.predictions!) expect(mask, of.id).toEqual(of.expert)
    const none = await evaluated(trained(5, 1.99))
    for (const { mask } of none.output!.predictions!) expect(unpackMask(mask)).not.toContain(1)
    expect(none.output!.scores.missed).toBe(6)
  })

  it.each<Dataset["resize"]>([{ kind: "size" }, { kind: "spacing", spacingMm: [1, 1] }])(
    "brings each mask to the shape and spacing of its own case, by $kind",
    async (resize) => {
      /** The quarter where rows and columns are low is inside. */
      const quarters = (columns: number, rows: number, slices: number) =>
        Uint8Array.from({ length: columns * rows * slices }, (_, i) => {
          const [column, row] = [i % columns, Math.floor(i / columns) % rows]
          return column < columns / 2 && row < rows / 2 ? 1 : 0
        })
      const caseOf = (id: string, geometry: TestCase["geometry"]): TestCase => {
        const expert = packMask(quarters(...geometry.shape))
        return { id, patient: `patient of ${id}`, axis: 2, geometry, expert, annotators: {} }
      }
      // Each is 8 mm x 8 mm.
      const testCases = [
        caseOf("square", geometryOf([8, 8, 2])),
        caseOf("wide", geometryOf([16, 4, 3], [0.5, 2, 1])),
        caseOf("high", geometryOf([8, 32, 1], [1, 0.25, 1])),
      ]
      const small = quarters(side, side, 6)
      const test = {
        count: 6,
        ids: testCases.flatMap(({ id, geometry }) =>
          Array.from({ length: geometry.shape[2] }, (_, slice) => ({ case: id, slice })),
        ),
        masks: small,
        images: Float32Array.from(small, (inside) => (inside === 1 ? 3 : -1)),
      }
      const { output } = await evaluated(trained(1), { on: { ...dataset, resize, test, testCases } })
      for (const { of, mask } of output!.predictions!) expect(mask, of.id).toEqual(of.expert)
      expect(
        output!.scores.patients.map(({ patient, slices, values }) => [patient, slices, values.dice]),
      ).toEqual([
        ["patient of square", 2, 1],
        ["patient of wide", 3, 1],
        ["patient of high", 1, 1],
      ])
    },
  )

  it("takes slices case by case, in batches of its size", async () => {
    const batches: number[] = []
    await evaluated(trained(1), { of: model(([count]) => batches.push(count!)) })
    expect(batches).toEqual([2, 1, 2, 1])
  })

  it("tells what it spends its time on, and asks for the operations of a forward pass", async () => {
    const spans: string[] = []
    const asked: unknown[] = []
    const tracer: Tracer = {
      begin: (name, track) => {
        spans.push(track === undefined ? name : `${name} (${track})`)
        return () => undefined
      },
      operations: (of, profile) => {
        asked.push(of, profile())
        return 0
      },
    }
    await evaluated(trained(1), { tracer })
    expect(asked).toEqual(Array(3).fill(["forward pass", null]).flat())
    const each = ["forward passes", "native mask", "scoring (scoring)"]
    expect(spans).toEqual([...each, ...each, ...each, "wait for the scores"])
  })

  it("fails as its dataset or its network does, and frees the weights", async () => {
    const missing = await runStage(evaluate({ model: model(), batchSize: 2, scoring }), trained(1))
    expect(missing.failed).toMatchObject({ kind: "bug", message: "no dataset d1" })
    const before = tf.memory().numTensors
    const { failed } = await evaluated(trained(Number.NaN))
    expect(failed).toMatchObject({
      kind: "numerics",
      message: "the network's output is not finite for slices 0..1",
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})
