import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { Failure } from "../failure/failure.ts"
import type { Best, Checkpoint, CheckpointFile } from "../stages/training/checkpoint.ts"
import type { NamedArrays } from "../stages/training/trainState.ts"
import { writeFileAtomic } from "../system/atomicWrite.ts"
import { decodeArrays, encodeArrays } from "./storedFormats.ts"

/** The part of a checkpoint that is not arrays, as JSON in the file's metadata. */
type Training = Pick<Checkpoint, "epochs" | "gradientNormAtStart"> & {
  readonly best: Omit<Best, "weights"> | null
}

const prefixed = (prefix: string, arrays: NamedArrays): NamedArrays =>
  Object.fromEntries(Object.entries(arrays).map(([path, array]) => [`${prefix}/${path}`, array]))

const below = (prefix: string, arrays: NamedArrays): NamedArrays =>
  Object.fromEntries(
    Object.entries(arrays)
      .filter(([path]) => path.startsWith(`${prefix}/`))
      .map(([path, array]) => [path.slice(prefix.length + 1), array]),
  )

/** The checkpoint of one training, kept beside the store's folder of its key: so it can only be resumed under
 *  the same key. One file, replaced atomically; a damaged one counts as absent, loudly. */
export const checkpointFile = (folder: string, warn: (message: string) => void): CheckpointFile => {
  const file = join(folder, "checkpoint.safetensors")
  return {
    read: async () => {
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return undefined
        throw error
      })
      if (bytes === undefined) return undefined
      try {
        const { arrays, metadata } = decodeArrays(bytes, file)
        const { epochs, gradientNormAtStart, best } = JSON.parse(metadata.training ?? "") as Training
        return {
          state: below("now", arrays),
          epochs,
          gradientNormAtStart,
          best: best === null ? null : { ...best, weights: below("best", arrays) },
        }
      } catch (error) {
        if (!(error instanceof Failure) && !(error instanceof SyntaxError)) throw error
        warn(`the checkpoint ${file} is damaged (${error.message}); training starts from the beginning`)
        return undefined
      }
    },
    write: async ({ state, best, epochs, gradientNormAtStart }) => {
      await mkdir(folder, { recursive: true })
      const training: Training = {
        epochs,
        gradientNormAtStart,
        best: best === null ? null : { epoch: best.epoch, validationDice: best.validationDice },
      }
      const arrays = { ...prefixed("now", state), ...(best === null ? {} : prefixed("best", best.weights)) }
      await writeFileAtomic(file, encodeArrays(arrays, { training: JSON.stringify(training) }))
    },
  }
}
