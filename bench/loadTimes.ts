import { resolve } from "node:path"
import { loadExperiment } from "../src/config/experiment/loadExperiment.ts"
import { buildDataset } from "../src/data/dataset/buildDataset.ts"
import { fitOf } from "../src/data/dataset/fit.ts"
import { slicesOf } from "../src/data/dataset/slices.ts"
import { splitCases } from "../src/data/dataset/split.ts"
import { buildParts } from "../src/pipeline/parts.ts"

/** Milliseconds. */
export interface LoadTimes {
  /** Finding, reading and checking the files of every case. */
  readonly reading: number
  /** Placing the cases in training, validation and test. */
  readonly splitting: number
  /** Intensities, and slices at the training size. */
  readonly resampling: number
  /** The stage as a whole, read again: its parts, and masks that are packed and searched. */
  readonly whole: number
}

/** What loading the phantom of experiments/adaptive.yaml takes, once its files have been made. */
export const loadTimes = async (): Promise<LoadTimes> => {
  const loaded = loadExperiment(resolve(import.meta.dirname, "../experiments/adaptive.yaml"), [])
  if (loaded._tag === "Left") throw new Error(JSON.stringify(loaded.left))
  const { spec } = loaded.right.cells[0]!
  const parts = await buildParts(spec)
  const [resize, intensity] = [parts.resize.value, parts.intensity.value]
  const source = parts.source.value
  const taken = { reading: 0, splitting: 0, resampling: 0, whole: 0 }
  const timed = async <A>(part: keyof LoadTimes, of: () => A | Promise<A>): Promise<A> => {
    const start = performance.now()
    const result = await of()
    taken[part] += performance.now() - start
    return result
  }
  const cases = await source.cases()
  await source.read(cases[0]!.id) // makes them, or checks those that there are
  const split = await timed("splitting", () => splitCases(cases, parts.split.value))
  const [rows, columns] = spec.load.size
  for (const { id } of [...split.train, ...split.validation, ...split.test]) {
    const volume = await timed("reading", () => source.read(id))
    const fit = fitOf({ rows, columns, resize }, volume.geometry)
    await timed("resampling", () => slicesOf(volume, fit, intensity))
  }
  await timed("whole", () =>
    buildDataset(source, { split: parts.split.value, size: spec.load.size, resize, intensity }),
  )
  return taken
}
