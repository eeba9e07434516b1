import * as tf from "@tensorflow/tfjs-core"
import { compile } from "../src/engine/compile.ts"
import { assertSame } from "./assertSame.ts"
import { benchArguments } from "./benchArguments.ts"
import { startCellEngine } from "./engineEnvironment.ts"
import { type KernelCase, kernelCases } from "./kernelCases.ts"
import { machineOf } from "./machine.ts"
import { type Peer, startPeer } from "./peer.ts"
import { printResult } from "./printResult.ts"
import { markdownTable } from "./table.ts"
import { type Comparison, comparisonOf, milliseconds, peerCalls, takeTurns } from "./timing.ts"

const callsPerTurn = 3

interface Result {
  readonly name: string
  readonly shape: string
  /** losslab's operation, eager or compiled, against the composition of tfjs run in the same way; and the compiled
   *  one against PyTorch's. */
  readonly eager: Comparison
  readonly compiled: Comparison
  readonly pytorch: Comparison
}

/** Numbers that each side draws for itself in the same way: sin(0.37 i + k) of the i-th number of tensor k. */
const waves = (k: number, shape: readonly number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(0.37 * i + k)),
    shape as [number],
  )

const truthOf = (shape: readonly number[]): tf.Tensor =>
  tf.tidy(() => {
    const classes = shape.at(-1)!
    if (classes === 1) return tf.step(waves(9, shape))
    return tf.reshape(tf.oneHot(tf.argMax(waves(9, shape), -1), classes).toFloat(), shape as [number])
  })

/** Value and gradients of an operation as one function of its inputs, the gradient of what it returns, and a truth. */
const withGradients =
  (op: KernelCase["ours"], count: number) =>
  (...given: tf.Tensor[]): tf.Tensor[] => {
    const [dy, ...truth] = given.slice(count)
    const { value, grads } = tf.valueAndGrads((...x) => op(...x, ...truth) as tf.Scalar)(
      given.slice(0, count),
      dy as tf.Scalar,
    )
    return [value, ...grads]
  }

const timeCase = async (one: KernelCase, peer: Peer, rounds: number): Promise<Result> => {
  const { name, inputs, truth, ours, stock } = one
  const theirs = await peer.ask({ prepare: name, inputs, truth: truth ?? null })
  const x = inputs.map((shape, k) => waves(k, shape))
  const truths = truth === undefined ? [] : [truthOf(truth)]
  const dyShape = tf.tidy(() => ours(...x, ...truths).shape)
  const given = [...x, dyShape.length === 0 ? tf.scalar(1) : waves(8, dyShape), ...truths]
  const functions = { ours: withGradients(ours, x.length), stock: withGradients(stock, x.length) }
  const ways = {
    ours: (...at: tf.Tensor[]) => tf.tidy(() => functions.ours(...at)),
    stock: (...at: tf.Tensor[]) => tf.tidy(() => functions.stock(...at)),
    oursCompiled: compile(functions.ours),
    stockCompiled: compile(functions.stock),
  }
  for (const way of Object.values(ways)) {
    const results = way(...given)
    const norms = tf.tidy(() => results.map((tensor) => tf.norm(tensor).dataSync<"float32">()[0]!))
    tf.dispose(results)
    norms.forEach((norm, i) => {
      assertSame(
        name,
        i === 0 ? "norm of the value" : `norm of gradient ${i}`,
        norm,
        theirs[`norm${i}`]!,
        1e-3,
      )
    })
  }
  const calls = Object.fromEntries(
    Object.entries(ways).map(([way, f]) => [way, milliseconds(() => tf.dispose(f(...given)))]),
  ) as Record<keyof typeof ways, ReturnType<typeof milliseconds>>
  const taken = await takeTurns({ ...calls, pytorch: peerCalls(peer) }, { rounds, callsPerTurn })
  tf.dispose(given)
  return {
    name,
    shape: inputs.map((shape) => `[${shape.join(", ")}]`).join(" "),
    eager: comparisonOf(taken.ours, taken.stock),
    compiled: comparisonOf(taken.oursCompiled, taken.stockCompiled),
    pytorch: comparisonOf(taken.oursCompiled, taken.pytorch),
  }
}

const table = (results: readonly Result[]): string => {
  const both = (min: number, median: number, digits: number) =>
    `${min.toFixed(digits)} (${median.toFixed(digits)})`
  const ratio = ({ ratio: { min, median } }: Comparison) => both(min, median, 2)
  const ms = ({ min, median }: Comparison["losslab"]) => both(min, median, 1)
  return markdownTable(
    [
      "operation",
      "of",
      "eager, ms",
      "to tfjs's",
      "compiled, ms",
      "to tfjs's",
      "PyTorch, ms",
      "compiled to PyTorch",
    ],
    results.map(({ name, shape, eager, compiled, pytorch }) => [
      `\`${name}\``,
      shape,
      ms(eager.losslab),
      ratio(eager),
      ms(compiled.losslab),
      ratio(compiled),
      ms(pytorch.peer),
      ratio(pytorch),
    ]),
  )
}

/** Times value and gradients of the operations of src/tensor/ops against the compositions that tfjs offers, operation
 *  by operation and compiled, and against PyTorch's, in turns.
 *  npm run bench -- kernels [--json] [--quick] [--rounds N] [NAME...] */
export const kernels = async (args: readonly string[]): Promise<void> => {
  const known = [...new Set(kernelCases.map(({ name }) => name))]
  const { json, quick, numbers, names } = benchArguments("kernels", args, { rounds: 10 }, known)
  const rounds = quick ? 2 : numbers.rounds
  const engine = await startCellEngine()
  if (engine === null) return
  const peer = await startPeer("kernels.py")
  try {
    const machine = machineOf({ engine: `${engine.version}, ${engine.threads} threads`, ...peer.versions })
    const results: Result[] = []
    for (const one of kernelCases.filter(({ name }) => names.includes(name)))
      results.push(await timeCase(one, peer, rounds))
    const calls = rounds * callsPerTurn
    const note = `minimum (median) of ${calls} calls of value and gradients, in turns; ${JSON.stringify(machine)}`
    printResult(json, `${table(results)}\n${note}\n`, { calls, machine, results })
  } finally {
    peer.end()
  }
}
