import { failure } from "../../failure/failure.ts"
import { readNifti } from "../nifti/readNifti.ts"
import { readPng } from "../png/readPng.ts"
import type { Volume } from "./volume.ts"

/** Endings of the files that hold an image or a mask. */
export const volumeEndings = [".nii.gz", ".nii", ".png"] as const

/** What ends a file's name and says how to read it; undefined for a file of another kind. Small letters only, as
 *  every program writes them. */
export const volumeEnding = (name: string): (typeof volumeEndings)[number] | undefined =>
  volumeEndings.find((ending) => name.endsWith(ending))

export interface ReadOptions {
  /** Which volume of a NIfTI file that holds several, counted from 0; null refuses such a file. */
  readonly channel?: number | null
  /** Of PNG files, between rows and between columns; 1 unless given. NIfTI has its own. */
  readonly spacingMm?: readonly [row: number, column: number] | null
}

/** An image or mask out of a .nii, .nii.gz or .png file, as its name says. Throws Failure("data") when it is not
 *  sound. */
export const readVolume = async (
  file: string,
  { channel = null, spacingMm = null }: ReadOptions = {},
): Promise<Volume> => {
  if (!file.endsWith(".png")) return readNifti(file, channel)
  assertPngChannel(file, channel)
  return readPng(file, spacingMm ?? [1, 1])
}

/** A PNG image has one channel. Throws Failure("data") for another. */
export const assertPngChannel = (file: string, channel: number | null): void => {
  if (channel !== null && channel > 0)
    throw failure("data", {
      message: `the file has no channel ${channel}`,
      file,
      expected: "channel 0, the only one",
      found: "a PNG image",
      fix: "set load.source.channel to one that all images have",
    })
}
