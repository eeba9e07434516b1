import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Augmentation, Sample } from "../src/augmentations/augmentation.ts"
import { compose } from "../src/augmentations/compose.ts"
import { flip } from "../src/augmentations/flip.ts"
import { gamma } from "../src/augmentations/gamma.ts"
import { intensity } from "../src/augmentations/intensity.ts"
import { rotation } from "../src/augmentations/rotation.ts"
import type { SliceSet } from "../src/data/dataset/dataset.ts"
import { writeNpy } from "../src/data/files/npy.ts"
import { nothing } from "../src/losses/loss.ts"
import { makeBatch } from "../src/stages/training/batches.ts"
import { rootKey } from "../src/tensor/randomKey.ts"
import { benchArguments } from "./benchArguments.ts"
import { machineOf } from "./machine.ts"
import { type Peer, startPeer } from "./peer.ts"
import { printResult } from "./printResult.ts"
import { markdownTable, spreadText } from "./table.ts"
import { alternate, type Comparison, milliseconds, peerCalls } from "./timing.ts"

const sizes = [128, 224]
const count = 8
const always = { probability: 1 }

const single = {
  flip: flip({ axis: "columns", ...always }),
  rotation: rotation({ maxDegrees: 15, ...always }),
  intensity: intensity(always),
  gamma: gamma(always),
}

/** As in experiments/base/unet.yaml, each with probability 1; in the same order and by the same names in
 *  bench/peer/augmentation.py. */
const augmentations: Readonly<Record<string, Augmentation>> = {
  ...single,
  chain: compose(Object.values(single)),
}

interface Result extends Comparison {
  readonly name: string
  readonly size: number
  readonly samples: number
}

/** Noise, and an ellipse in each slice. */
const sliceSet = (size: number): SliceSet => {
  const draws = rootKey(1).draws()
  const pixels = size * size
  const masks = new Uint8Array(count * pixels)
  for (let slice = 0; slice < count; slice++) {
    const [down, across] = [draws.between(0.2, 0.35) * size, draws.between(0.2, 0.35) * size]
    for (let i = 0; i < pixels; i++) {
      const [row, column] = [Math.floor(i / size) - size / 2, (i % size) - size / 2]
      masks[slice * pixels + i] = Math.hypot(row / down, column / across) < 1 ? 1 : 0
    }
  }
  return {
    count,
    ids: Array.from({ length: count }, (_, slice) => ({ case: "a", slice })),
    images: Float32Array.from(masks, (bit) => 0.6 * draws.uniform() + 0.4 * bit),
    masks,
  }
}

const sampleOf = ({ images, masks }: SliceSet, size: number): Sample => ({
  rows: size,
  columns: size,
  image: images.subarray(0, size * size),
  mask: masks.subarray(0, size * size),
})

const load = async (set: SliceSet, size: number, peer: Peer, folder: string): Promise<void> => {
  const files = { images: join(folder, "images.npy"), masks: join(folder, "masks.npy") }
  const shape = [count, size, size]
  await writeFile(files.images, writeNpy({ shape, data: set.images }))
  await writeFile(files.masks, writeNpy({ shape, data: set.masks }))
  await peer.ask({ load: files })
}

/** One sample, and a batch as training makes it, with the masks at four scales. */
const callsOf = (augmentation: Augmentation, set: SliceSet, size: number, samples: number) => {
  const key = rootKey(2)
  const draws = key.draws()
  const sample = sampleOf(set, size)
  const options = { rows: size, columns: size, augmentations: [augmentation], needs: nothing }
  let epoch = 0
  return samples === 1
    ? () => augmentation(draws, sample)
    : () => makeBatch(set, [...Array(samples).keys()], options, key, epoch++)
}

const table = (results: readonly Result[]): string =>
  markdownTable(
    ["augmentation", "slices", "losslab, ms", "MONAI, ms", "ratio"],
    results.map(({ name, size, samples, losslab, peer, ratio }) => [
      name,
      `${samples} of ${size} x ${size}`,
      spreadText(losslab, 2),
      spreadText(peer, 2),
      spreadText(ratio, 2),
    ]),
  )

/** Times each augmentation with probability 1, and the chain of experiments/base/unet.yaml, on image and mask, against
 *  MONAI's transforms of the same meaning, in turns; each program on one thread.
 *  npm run bench -- augmentation [--json] [--quick] [--rounds N] [NAME...] */
export const augmentation = async (args: readonly string[]): Promise<void> => {
  const { json, quick, numbers, names } = benchArguments(
    "augmentation",
    args,
    { rounds: 15 },
    Object.keys(augmentations),
  )
  const peer = await startPeer("augmentation.py")
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  try {
    const results: Result[] = []
    for (const size of sizes) {
      const set = sliceSet(size)
      await load(set, size, peer, folder)
      for (const name of names)
        for (const samples of [1, count]) {
          await peer.ask({ prepare: name, samples })
          const ours = milliseconds(callsOf(augmentations[name]!, set, size, samples))
          const turns = quick ? { rounds: 2, callsPerTurn: 2 } : { rounds: numbers.rounds, callsPerTurn: 5 }
          results.push({ name, size, samples, ...(await alternate(ours, peerCalls(peer), turns)) })
        }
    }
    const note = "minimum, median (quartiles) of all calls, in turns; ratios above 1: losslab is slower"
    printResult(json, `${table(results)}\n${note}\n`, { machine: machineOf(peer.versions), results })
  } finally {
    peer.end()
    await rm(folder, { recursive: true, force: true })
  }
}
