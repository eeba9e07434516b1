import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { encodeSafetensors } from "../../src/data/files/safetensors.ts"
import { checkpointFile } from "../../src/pipeline/checkpoints.ts"
import { encodeArrays } from "../../src/pipeline/storedFormats.ts"
import type { Checkpoint } from "../../src/stages/training/checkpoint.ts"
import { temporaryFolder } from "../support/temporaryFolder.ts"

const opened = async () => {
  const folder = join(await temporaryFolder(), "key.partial")
  const warnings: string[] = []
  return {
    folder,
    warnings,
    file: join(folder, "checkpoint.safetensors"),
    checkpoints: checkpointFile(folder, (message) => void warnings.push(message)),
  }
}

const array = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) })

const epoch = {
  epoch: 1,
  loss: 0.5,
  validationDice: 0.25,
  learningRate: 0.1,
  imagesPerSecond: 2,
  waitingShare: 0,
  elapsedSeconds: 3,
}

const checkpoint: Checkpoint = {
  // Paths that look like the prefixes by which state and best weights are told apart.
  state: { "params/a": array(1, 2), "best/b": array(3), now: array(4), "nowhere/c": array(5) },
  epochs: [epoch, { ...epoch, epoch: 2, validationDice: null }],
  gradientNormAtStart: 7,
  best: {
    epoch: 1,
    validationDice: 0.25,
    weights: { "params/a": array(6, 7), "now/b": array(8), best: array(9) },
  },
}

describe("a checkpoint", () => {
  it("is absent at first, and makes no folder by being asked for", async () => {
    const { checkpoints, warnings, folder } = await opened()
    expect(await checkpoints.read()).toBeUndefined()
    expect(warnings).toEqual([])
    await expect(readdir(folder)).rejects.toThrow("ENOENT")
  })

  it("is read back as it was written, with or without a best epoch", async () => {
    const { checkpoints, warnings, folder } = await opened()
    await checkpoints.write(checkpoint)
    expect(await checkpoints.read()).toEqual(checkpoint)
    const later: Checkpoint = { ...checkpoint, best: null, epochs: [epoch], gradientNormAtStart: 8 }
    await checkpoints.write(later)
    expect(await checkpoints.read()).toEqual(later)
    expect(warnings).toEqual([])
    // One file, replaced.
    expect(await readdir(folder)).toEqual(["checkpoint.safetensors"])
  })

  it.each<[string, (file: string) => Promise<void>]>([
    ["cut short", (file) => truncate(file, 100)],
    ["empty", (file) => writeFile(file, "")],
    ["of other bytes", (file) => writeFile(file, "no safetensors at all, but long enough")],
    [
      "of a flipped bit",
      async (file) => {
        const bytes = await readFile(file)
        bytes[bytes.length - 1]! ^= 1
        await writeFile(file, bytes)
      },
    ],
    ["without what is no array", (file) => writeFile(file, encodeArrays({ "now/a": array(1) }))],
    ["with half of it", (file) => writeFile(file, encodeSafetensors({}, { training: '{"epochs": [' }))],
  ])("that is damaged counts as absent, loudly: %s", async (_, damage) => {
    const { checkpoints, warnings, file } = await opened()
    await checkpoints.write(checkpoint)
    await damage(file)
    expect(await checkpoints.read()).toBeUndefined()
    expect(warnings).toEqual([expect.stringContaining(`the checkpoint ${file} is damaged (`)])
    expect(warnings[0]).toContain("); training starts from the beginning")
    // The next one takes its place.
    await checkpoints.write(checkpoint)
    expect(await checkpoints.read()).toEqual(checkpoint)
  })

  it("that cannot be read at all is an error, not a new start", async () => {
    const { checkpoints, warnings, file } = await opened()
    await mkdir(file, { recursive: true })
    await expect(checkpoints.read()).rejects.toMatchObject({ code: "EISDIR" })
    expect(warnings).toEqual([])
  })
})
