import type { TensorMetadata } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import type { Precision } from "../../tensor/precision.ts"
import type { Structure } from "../structure.ts"
import { tensorflowBackend } from "./backend.ts"
import type { Pointer } from "./capi.ts"
import { precisionAttributes, precisionConfig } from "./mixedPrecision.ts"
import { NotTraceable } from "./notTraceable.ts"
import { profileGraph } from "./profileGraph.ts"
import type { OperationTime } from "./stepStats.ts"
import { traceFunction } from "./traceFunction.ts"

/** A function as one TensorFlow function, for arguments of one structure. */
export interface CompiledFunction {
  readonly run: (args: Structure) => unknown
  /** In another thread; the arguments must live until it has ended. */
  readonly runAside: (args: Structure) => Promise<unknown>
  /** What every operation of it takes on these arguments, once it is warm. The results are thrown away. */
  readonly profile: (args: Structure) => readonly OperationTime[]
}

/** Whether functions can be compiled here: by TensorFlow, and not while another one is traced, into which a function
 *  that it calls is traced along. */
export const canCompile = (): boolean => {
  const backend = tensorflowBackend()
  return backend !== null && backend.binding.tracing !== true
}

let functionCount = 0

/** Traces f twice, which must give the same graph, and makes one TensorFlow function of it.
 *  Throws NotTraceable, and what f throws. */
export const compileFunction = (
  f: (...args: never[]) => unknown,
  args: Structure,
  precision: Precision,
): CompiledFunction => {
  const backend = tensorflowBackend()!
  const { binding } = backend
  const name = `losslab_${++functionCount}`

  let first: readonly string[] = []
  traceFunction(backend, f, args, ({ nodes }) => {
    first = nodes
  })
  let made: Pointer = null
  const result = traceFunction(backend, f, args, (builder, outputs) => {
    const { nodes } = builder
    const changed = nodes.findIndex((node, i) => node !== first[i])
    if (changed >= 0 || nodes.length !== first.length)
      throw NotTraceable.changing(first[Math.max(0, changed)] ?? "nothing", nodes[changed] ?? "nothing")
    made = builder.toFunction(name, outputs)
  })
  binding.addFunction(made)

  const count = result.tensors.length
  const attributes = precisionAttributes(precision)
  const finish = (outputs: readonly TensorMetadata[]): unknown =>
    result.around(outputs.map((output) => backend.createOutputTensor(output)))
  return {
    run: ({ tensors }) =>
      finish(binding.executeOp(name, attributes, backend.getInputTensorIds(tensors), count)),
    runAside: async ({ tensors }) =>
      finish(await binding.executeOpAside(name, attributes, backend.getInputTensorIds(tensors), count)),
    profile: (args) => {
      const config = Buffer.concat([binding.config, precisionConfig(precision)])
      let times: readonly OperationTime[] = []
      const ids = backend.getInputTensorIds(args.tensors)
      const values: Pointer[] = []
      try {
        for (const id of ids) values.push(binding.resolve(id))
        traceFunction(backend, f, args, (builder, outputs) => {
          times = profileGraph(binding.api, config, builder, values, outputs)
        })
      } finally {
        for (const value of values) binding.api.TF_DeleteTensor(value)
      }
      return times
    },
  }
}
