import { type Npy, readNpy } from "../data/files/npy.ts"
import { Failure, type Problem } from "../failure/failure.ts"

/** One array that a loss takes, its values row by row. */
export interface PixelMap {
  readonly values: Float32Array
  readonly dtype: Npy["dtype"]
  /** As in the file: [B, H, W] or [B, H, W, 1]. */
  readonly shape: readonly number[]
}

export interface LossArrays {
  /** Of the tensors: [B, H, W, 1]. */
  readonly shape: readonly [number, number, number, 1]
  readonly logits: PixelMap
  readonly target: PixelMap
  readonly second?: PixelMap
}

type Check = (value: number) => boolean

const isBinary: Check = (value) => value === 0 || value === 1

/** Reads what a loss takes from .npy files of one shape.
 *  Throws Failure("data") with all that is wrong with the arrays. */
export const readLossArrays = async (files: {
  readonly logits: string
  readonly target: string
  readonly second?: string
}): Promise<LossArrays> => {
  const [logits, target, second] = await Promise.all([
    readNpy(files.logits),
    readNpy(files.target),
    files.second === undefined ? undefined : readNpy(files.second),
  ])
  const problems = [
    ...shapeProblems(files.logits, logits),
    ...typeProblems(files.logits, logits),
    // float32 is what the tensors hold: what is finite there only in float64 counts as infinite.
    ...valueProblems(files.logits, logits, notFinite, (z) => Number.isFinite(Math.fround(z))),
    ...maskProblems(files.target, target, files.logits, logits),
    ...(second === undefined ? [] : maskProblems(files.second!, second, files.logits, logits)),
  ]
  if (problems.length > 0) throw new Failure("data", problems)
  const [batch, rows, columns] = logits.shape as [number, number, number]
  return {
    shape: [batch, rows, columns, 1],
    logits: pixelMap(logits),
    target: pixelMap(target),
    ...(second === undefined ? {} : { second: pixelMap(second) }),
  }
}

const pixelMap = ({ data, dtype, shape }: Npy): PixelMap => ({
  values: Float32Array.from(data),
  dtype,
  shape,
})

/** [B, H, W] of [B, H, W] and of [B, H, W, 1]. */
const pixels = (shape: readonly number[]): string => `[${shape.slice(0, 3).join(", ")}]`

const shapeProblems = (file: string, { shape }: Npy): Problem[] => {
  const fits = shape.length === 3 || (shape.length === 4 && shape[3] === 1)
  if (fits && !shape.includes(0)) return []
  return [
    {
      message: fits ? "the array is empty" : "the array is not a batch of images",
      file,
      expected: "shape [B, H, W] or [B, H, W, 1]",
      found: `shape [${shape.join(", ")}]`,
    },
  ]
}

const typeProblems = (file: string, { dtype }: Npy): Problem[] =>
  dtype === "f4" || dtype === "f8"
    ? []
    : [
        {
          message: "the logits are not floating-point numbers",
          file,
          expected: "f4 or f8 (float32 or float64)",
          found: dtype,
        },
      ]

const notFinite = { message: "the logits are not finite", expected: "finite numbers" }
const notBinary = { message: "the mask holds more than 0 and 1", expected: "0 outside, 1 inside" }

const valueProblems = (
  file: string,
  { data, shape }: Npy,
  said: Pick<Problem, "message" | "expected">,
  isRight: Check,
): Problem[] => {
  const wrong = data.findIndex((value) => !isRight(value))
  if (wrong < 0) return []
  const place = shape.map((_, axis) => {
    const stride = shape.slice(axis + 1).reduce((product, side) => product * side, 1)
    return Math.floor(wrong / stride) % shape[axis]!
  })
  return [{ ...said, file, found: `${data[wrong]} at [${place.join(", ")}]` }]
}

const maskProblems = (file: string, mask: Npy, logitsFile: string, logits: Npy): Problem[] => {
  const wrongShape = shapeProblems(file, mask)
  if (wrongShape.length === 0 && pixels(mask.shape) !== pixels(logits.shape)) {
    wrongShape.push({
      message: "the shapes of mask and logits differ",
      file,
      expected: `${pixels(logits.shape)} as in ${logitsFile}`,
      found: pixels(mask.shape),
    })
  }
  return [...wrongShape, ...valueProblems(file, mask, notBinary, isBinary)]
}
