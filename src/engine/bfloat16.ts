import { readFileSync } from "node:fs"
import * as tf from "@tensorflow/tfjs-core"
import type { Problem } from "../failure/failure.ts"
import type { Precision } from "../tensor/precision.ts"
import { compile } from "./compile.ts"

const path = "train.precision"
const fix = "set train.precision to float32"

/** Instructions that multiply bfloat16, as Linux names them. Without them it is slower than float32. */
const instructions = ["amx_bf16", "avx512_bf16"]

/** Why bfloat16 cannot be used in this process, or would be slower; null when it is worth while. Takes some tenths
 *  of a second: it is tried.
 *  @param cpuinfo the text of Linux' /proc/cpuinfo; null on another system */
export const bfloat16Problem = (cpuinfo: string | null = readCpuinfo()): Problem | null => {
  if (tf.getBackend() !== "tensorflow")
    return {
      path,
      message: "bfloat16 needs the engine tensorflow",
      found: "the engine javascript, which computes in float32",
      fix: `${fix}, or run \`npm run setup\` for TensorFlow`,
    }
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo ?? "")?.[1]?.split(" "))
  if (!instructions.some((name) => flags.has(name)))
    return {
      path,
      message: "this processor has no instructions for bfloat16",
      expected: instructions.join(" or "),
      found: cpuinfo === null ? "a system that does not name them" : "neither among the processor's flags",
      fix,
    }
  const [float32, bfloat16] = trial()
  // Only what is clearly slower is refused: a tie must not depend on what else the machine does.
  if (bfloat16 < 1.1 * float32) return null
  return {
    path,
    message: "bfloat16 is slower than float32 here",
    found: `${bfloat16.toFixed(1)} ms for a trial convolution, ${float32.toFixed(1)} ms in float32`,
    fix,
  }
}

const readCpuinfo = (): string | null => {
  try {
    return readFileSync("/proc/cpuinfo", "utf8")
  } catch {
    // Another system than Linux.
    return null
  }
}

const rounds = 7

/** Fastest times of a convolution and its gradient by the input, in milliseconds, taken in turns. */
const trial = (): readonly [float32: number, bfloat16: number] => {
  const shape: [number, number, number, number] = [4, 64, 64, 64]
  const convolve = (x: tf.Tensor, kernel: tf.Tensor): tf.Tensor =>
    tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, "same")
  const step = (x: tf.Tensor, kernel: tf.Tensor, dy: tf.Tensor) =>
    tf.grad((at) => convolve(at, kernel))(x, dy)
  const x = tf.fill(shape, 0.5)
  const kernel = tf.fill([3, 3, 64, 64], 0.01)
  const fastest = (["float32", "bfloat16"] satisfies Precision[]).map((precision) => ({
    run: compile(step, { precision }),
    ms: Number.POSITIVE_INFINITY,
  }))
  for (let round = 0; round <= rounds; round++)
    for (const side of fastest) {
      const start = performance.now()
      tf.dispose(side.run(x, kernel, x))
      // The first round makes the functions.
      if (round > 0) side.ms = Math.min(side.ms, performance.now() - start)
    }
  tf.dispose([x, kernel])
  return [fastest[0]!.ms, fastest[1]!.ms]
}
