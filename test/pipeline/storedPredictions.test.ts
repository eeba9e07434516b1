import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fc, test } from "@fast-check/vitest"
import { Effect, Layer, pipe } from "effect"
import { beforeAll, describe, expect } from "vitest"
import { buildDataset } from "../../src/data/dataset/buildDataset.ts"
import type { Dataset } from "../../src/data/dataset/dataset.ts"
import type { Resize } from "../../src/data/dataset/fit.ts"
import { scale } from "../../src/data/dataset/intensity.ts"
import { sliceAxes } from "../../src/data/dataset/slicing.ts"
import { readNifti } from "../../src/data/nifti/readNifti.ts"
import { writeNiftiFile } from "../../src/data/nifti/writeNifti.ts"
import { folder } from "../../src/data/sources/folder.ts"
import { evaluatedFormat } from "../../src/pipeline/storedFormats.ts"
import { Datasets } from "../../src/stages/datasets.ts"
import { evaluate } from "../../src/stages/evaluate.ts"
import { Events } from "../../src/stages/events.ts"
import { brightNetwork } from "../support/brightNetwork.ts"
import { type DrawnCase, drawnCase, drawnSpacing, inPlane, type Triple } from "../support/drawnVolumes.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { defaultScoring } from "../support/scoring.ts"

beforeAll(useJavascriptEngine)

const side = fc.integer({ min: 2, max: 6 })
const shape = fc.tuple(side, side, side)

/** Several cases of one spacing, each in a place of its own; of one shape where the slices are stretched to one size. */
const drawn = fc
  .record({
    axis: fc.constantFrom(...sliceAxes),
    spacingMm: drawnSpacing,
    shapes: fc.oneof(
      fc.record({
        by: fc.constant("spacing" as const),
        all: fc.array(shape, { minLength: 2, maxLength: 4 }),
      }),
      fc.record({ by: fc.constant("size" as const), all: shape.map((one): Triple[] => [one, one, one]) }),
    ),
    more: fc.tuple(fc.nat(2), fc.nat(2)),
    batchSize: fc.integer({ min: 1, max: 4 }),
  })
  .chain((words) =>
    fc.tuple(fc.constant(words), fc.tuple(...words.shapes.all.map((one) => drawnCase(one, words.spacingMm)))),
  )

/** The axis that is named, or the one of the largest spacing; of equal ones the last. */
const slicedAlong = (axis: (typeof sliceAxes)[number], [x, y, z]: Triple): "x" | "y" | "z" =>
  axis !== "largest-spacing" ? axis : z >= Math.max(x, y) ? "z" : y >= x ? "y" : "x"

const saved = async (root: string, cases: readonly DrawnCase[]): Promise<void> => {
  for (const name of ["images", "masks", "made"]) await mkdir(join(root, name))
  for (const [i, { image, mask }] of cases.entries()) {
    await writeNiftiFile(join(root, "images", `P${i}.nii.gz`), image)
    await writeNiftiFile(join(root, "masks", `P${i}.nii.gz`), mask)
  }
}

const evaluated = (dataset: Dataset, batchSize: number) =>
  Effect.runPromise(
    pipe(
      evaluate({ model: brightNetwork, batchSize, scoring: defaultScoring }).run({
        weights: {},
        history: [] as never,
        datasetKey: "made up",
      }),
      Effect.provide(
        Layer.merge(
          Layer.succeed(Datasets, { get: () => Effect.succeed(dataset) }),
          Layer.succeed(Events, { emit: () => undefined }),
        ),
      ),
    ),
  )

describe("volumes", () => {
  test.prop([drawn], { numRuns: 30 })(
    "come back from loading, prediction and storing voxel by voxel, in the order and geometry of their files",
    async ([{ axis, spacingMm, shapes, more, batchSize }, cases]) => {
      const root = await mkdtemp(join(tmpdir(), "losslab-test-"))
      await saved(root, cases)
      const [row, column] = inPlane[slicedAlong(axis, spacingMm)]
      // Slices are padded, or have the training size already, so that nothing is averaged.
      const resize: Resize =
        shapes.by === "size"
          ? { kind: "size" }
          : { kind: "spacing", spacingMm: [spacingMm[row], spacingMm[column]] }
      const most = (side: number) => Math.max(...shapes.all.map((one) => one[side]!))
      const size =
        shapes.by === "size"
          ? ([most(row), most(column)] as const)
          : ([most(row) + more[0], most(column) + more[1]] as const)
      const source = folder({
        ...{ images: join(root, "images"), masks: join(root, "masks"), second: null },
        ...{ imageName: "{case}", maskName: "{case}", secondName: "{case}" },
        ...{ patient: null, agreement: "geometry", foreground: null, channel: null, spacingMm: null, axis },
      })
      const dataset = await buildDataset(source, {
        split: { train: ["P0"], validation: 0, test: "all", seed: 1, table: null },
        size,
        resize,
        intensity: scale({ low: 0, high: 210 }),
      })
      const result = await evaluated(dataset, batchSize)
      await evaluatedFormat.write(join(root, "made"), result)
      for (const name of cases.slice(1).map((_, i) => `P${i + 1}.nii.gz`)) {
        const made = await readNifti(join(root, "made", "predictions", name))
        const mask = await readNifti(join(root, "masks", name))
        expect({ ...made, file: name }).toEqual({ ...mask, file: name })
      }
      const outcomes = result.scores.slices.map(({ outcome, values }) => [outcome, values.dice])
      for (const [outcome, dice] of outcomes) expect(dice).toBe(outcome === "scored" ? 1 : null)
      expect(new Set(outcomes.map(([outcome]) => outcome))).not.toContain("missed")
      await rm(root, { recursive: true })
    },
  )
})
