import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll } from "vitest"

/** Two training patients and one test patient of the phantom, two slices each, as small as it can be. */
export const phantom = "{ kind: phantom, train: 2, test: 1, slices: 2, rows: 32, columns: 46 }"

/** An experiment of one cell that trains within a second or two. */
export const tinyExperiment = `name: tiny
load:
  source: ${phantom}
  size: [16, 16]
train:
  model: { kind: unet, depth: 3, baseWidth: 2 }
  loss: { kind: bce }
  optimizer: { kind: sgd }
  schedule: { kind: constant, learningRate: 0.1 }
  epochs: 1
  batchSize: 2
`

/** One cell per number of epochs, labelled "epochs=1". */
export const sweepOfEpochs = (...epochs: readonly number[]): string =>
  `${tinyExperiment}sweep:\n  factors:\n    - { name: epochs, path: train.epochs, values: [${epochs}] }\n`

/** An empty folder that the tests of a file share; removed after them. */
export const sharedFolder = (): {
  readonly path: string
  readonly write: (file: string, content: string | Uint8Array) => void
} => {
  const path = mkdtempSync(join(tmpdir(), "losslab-cli-"))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  return {
    path,
    write: (file, content) => {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), content)
    },
  }
}
