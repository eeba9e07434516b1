import { encode } from "fast-png"
import { exitCode } from "../../src/failure/exitCode.ts"
import type { Draws } from "../../src/tensor/randomKey.ts"

/** A signal to a cell. */
export interface Shot {
  /** So many milliseconds after the cell tells of this event for the first time. */
  readonly after: number
  readonly event: "engine" | "step"
  readonly signal: NodeJS.Signals
}

/** A way in which a cell can end. */
export interface Ending {
  readonly name: string
  readonly expected: number
  readonly files: (draws: Draws) => Readonly<Record<string, string | Uint8Array>>
  readonly shots: (draws: Draws) => readonly Shot[]
}

const phantom = "{ kind: phantom, train: 2, test: 1, slices: 2, rows: 32, columns: 46 }"
const folder = "{ kind: folder, images: images, masks: masks }"

const experiment = ({ source = phantom, loss = "{ kind: bce }", epochs = 1 } = {}): string => `name: tiny
load:
  source: ${source}
  size: [16, 16]
  split: { validation: 1, test: 1 }
train:
  model: { kind: unet, depth: 3, baseWidth: 2 }
  loss: ${loss}
  optimizer: { kind: sgd }
  schedule: { kind: constant, learningRate: 0.001 }
  epochs: ${epochs}
  batchSize: 1
`

/** More than any of these runs gets to. */
const endless = 20_000

/** Divides by zero once a share of the training is done. */
const notFinite = (share: number): string =>
  `export default () => (z, truth, at) => z.mean().div(at.progress.less(${share}).toFloat())\n`

const png = (grey: (i: number) => number): Uint8Array =>
  encode({
    width: 16,
    height: 16,
    channels: 1,
    depth: 8,
    data: Uint8Array.from({ length: 256 }, (_, i) => grey(i)),
  })

/** One for each of three patients. */
const threePngs = (where: string, grey: (i: number, patient: number) => number) =>
  Object.fromEntries([1, 2, 3].map((patient) => [`${where}/P0${patient}.png`, png((i) => grey(i, patient))]))

/** Milliseconds: a cell loads, compiles, trains and validates in this time, on a quiet machine. */
const latest = 1500

const interrupted = (name: string, shots: Ending["shots"]): Ending => ({
  name,
  expected: exitCode.interrupted,
  files: () => ({ "tiny.yaml": experiment({ epochs: endless }) }),
  shots,
})

export const endings: readonly Ending[] = [
  {
    name: "success",
    expected: 0,
    files: () => ({ "tiny.yaml": experiment() }),
    shots: () => [],
  },
  {
    name: "a loss that is not finite",
    expected: exitCode.numerics,
    files: (draws) => ({
      "tiny.yaml": experiment({ epochs: 40, loss: "{ kind: module, path: own.mjs }" }),
      "own.mjs": notFinite(draws.between(0, 0.9)),
    }),
    shots: () => [],
  },
  interrupted("SIGINT in training", (draws) => [
    { event: "step", after: draws.between(0, latest), signal: "SIGINT" },
  ]),
  {
    // The second annotator is missed when the training begins.
    name: "data that the loss cannot use",
    expected: exitCode.data,
    files: () => ({
      "tiny.yaml": experiment({ source: folder, loss: "{ kind: adaptiveFocal }" }),
      ...threePngs("images", (i, patient) => (patient * i) % 256),
      ...threePngs("masks", (i) => (i % 16 > 8 ? 255 : 0)),
    }),
    shots: () => [],
  },
  interrupted("SIGTERM, then SIGINT, at any time", (draws) => {
    const after = draws.between(0, latest)
    return [
      { event: "engine", after, signal: "SIGTERM" },
      { event: "engine", after: after + draws.between(0, 100), signal: "SIGINT" },
    ]
  }),
]
