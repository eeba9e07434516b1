import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Dataset } from "../data/dataset/dataset.ts"
import { datasetFromFiles, datasetToFiles } from "../data/dataset/datasetFiles.ts"
import { unpackMask } from "../data/dataset/packedMask.ts"
import { fileGeometry, fileVoxels } from "../data/dataset/slicing.ts"
import { decodeSafetensors, encodeSafetensors } from "../data/files/safetensors.ts"
import { writeMask } from "../data/files/writeVolume.ts"
import type { Scores } from "../metrics/scores.ts"
import type { Evaluated } from "../stages/evaluate.ts"
import type { ReferenceRow } from "../stages/reportInput.ts"
import type { Trained } from "../stages/train.ts"
import type { History } from "../stages/training/history.ts"
import type { NamedArrays } from "../stages/training/trainState.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import type { Format } from "./stored.ts"

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, "utf8"))

const writeJson = (file: string, value: unknown): Promise<void> =>
  writeFileAtomic(file, `${JSON.stringify(value)}\n`)

export const datasetFormat: Format<Dataset> = {
  write: async (folder, dataset) => {
    for (const [name, bytes] of Object.entries(datasetToFiles(dataset)))
      await writeFileAtomic(join(folder, name), bytes)
  },
  read: datasetFromFiles,
}

export const referencesFormat: Format<readonly ReferenceRow[]> = {
  write: (folder, rows) => writeJson(join(folder, "references.json"), rows),
  read: async (folder) => (await readJson(join(folder, "references.json"))) as readonly ReferenceRow[],
}

/** Named float32 arrays as one safetensors file. */
export const encodeArrays = (
  arrays: NamedArrays,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array =>
  encodeSafetensors(
    Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, data }]) => [name, { dtype: "F32" as const, shape, data }]),
    ),
    metadata,
  )

/** The inverse of encodeArrays; throws Failure("data") when the bytes are damaged. */
export const decodeArrays = (
  bytes: Uint8Array,
  file: string,
): { readonly arrays: NamedArrays; readonly metadata: Readonly<Record<string, string>> } => {
  const { arrays, metadata } = decodeSafetensors(bytes, file)
  return {
    arrays: Object.fromEntries(
      Object.entries(arrays).map(([name, { shape, data }]) => [name, { shape, data: data as Float32Array }]),
    ),
    metadata,
  }
}

/** @param metadata texts that go along with the weights: how the network is used */
export const trainedFormat = (metadata: Readonly<Record<string, string>>): Format<Trained> => ({
  write: async (folder, { weights, history, datasetKey }) => {
    await writeFileAtomic(join(folder, "weights.safetensors"), encodeArrays(weights, metadata))
    await writeJson(join(folder, "training.json"), { history, datasetKey })
  },
  read: async (folder) => {
    const file = join(folder, "weights.safetensors")
    const { history, datasetKey } = (await readJson(join(folder, "training.json"))) as {
      history: History
      datasetKey: string
    }
    return { weights: decodeArrays(await readFile(file), file).arrays, history, datasetKey }
  },
})

/** Scores and one NIfTI mask per test case, in the axis order and geometry of the case's own files. */
export const evaluatedFormat: Format<Evaluated> = {
  write: async (folder, { scores, history, predictions }) => {
    await mkdir(join(folder, "predictions"))
    // Two at a time, taken from one iterator: compressing a case takes as long as scoring it.
    const cases = (predictions ?? []).values()
    const writeCases = async () => {
      for (const { of, mask } of cases)
        await writeMask(
          join(folder, "predictions", `${of.id}.nii.gz`),
          fileGeometry(of.geometry, of.axis),
          fileVoxels(unpackMask(mask), of.geometry.shape, of.axis),
        )
    }
    await Promise.all([writeCases(), writeCases()])
    await writeJson(join(folder, "scores.json"), { scores, history })
  },
  read: async (folder) =>
    (await readJson(join(folder, "scores.json"))) as { scores: Scores; history: History },
}
