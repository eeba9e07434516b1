import * as tf from "@tensorflow/tfjs-core"
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
import type { TensorMetadata, TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import type { Precision } from "../../tensor/precision.ts"
import { type Structure, structureOf } from "../structure.ts"
import type { Binding } from "./binding.ts"
import { type GraphBuilder, graphBuilder } from "./graphBuilder.ts"
import { precisionAttributes, precisionConfig } from "./mixedPrecision.ts"
import { NotTraceable } from "./notTraceable.ts"
import { profileGraph } from "./profileGraph.ts"
import type { OperationTime } from "./stepStats.ts"

/** A function as one TensorFlow function, for arguments of one structure. */
export interface CompiledFunction {
  readonly run: (args: Structure) => unknown
  /** In another thread; the arguments must live until it has ended. */
  readonly runAside: (args: Structure) => Promise<unknown>
  /** What every operation of it takes on these arguments, once it is warm. The results are thrown away. */
  readonly profile: (args: Structure) => readonly OperationTime[]
}

/** What losslab uses of tfjs-node's back end beside its types. */
interface Backend {
  binding: Binding & { readonly tracing?: true }
  tensorMap: tf.DataStorage<unknown>
  createOutputTensor(metadata: TensorMetadata): tf.Tensor
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[]
}

/** The back end in charge of this process if it is TensorFlow's. */
const tensorflowBackend = (): Backend | null =>
  tf.getBackend() === "tensorflow" ? (tf.backend() as NodeJSKernelBackend as unknown as Backend) : null

/** Whether functions can be compiled here: by TensorFlow, and not while another one is traced, into which a function
 *  that it calls is traced along. */
export const canCompile = (): boolean => {
  const backend = tensorflowBackend()
  return backend !== null && backend.binding.tracing !== true
}

let functionCount = 0

/** Calls f once with arguments that have shapes but no values, and makes one TensorFlow function of the operations.
 *  Throws NotTraceable, and what f throws. */
export const compileFunction = (
  f: (...args: never[]) => unknown,
  args: Structure,
  precision: Precision,
): CompiledFunction => {
  const backend = tensorflowBackend()!
  const { binding } = backend
  const name = `losslab_${++functionCount}`
  const result = traced(backend, f, args, (builder, outputs) => {
    binding.addFunction(builder.toFunction(name, outputs))
  })
  const count = result.tensors.length
  const attributes = precisionAttributes(precision)
  const config = Buffer.concat([binding.config, precisionConfig(precision)])
  const finish = (outputs: readonly TensorMetadata[]): unknown =>
    result.around(outputs.map((output) => backend.createOutputTensor(output)))
  return {
    run: ({ tensors }) =>
      finish(binding.executeOp(name, attributes, backend.getInputTensorIds(tensors), count)),
    profile: (args) => {
      let times: readonly OperationTime[] = []
      const values = backend.getInputTensorIds(args.tensors).map(binding.resolve)
      traced(backend, f, args, (builder, outputs) => {
        times = profileGraph(binding.api, config, builder, values, outputs)
      })
      for (const value of values) binding.api.TF_DeleteTensor(value)
      return times
    },
    runAside: async ({ tensors }) =>
      finish(await binding.executeOpAside(name, attributes, backend.getInputTensorIds(tensors), count)),
  }
}

/** While f runs, the back end builds a graph: it knows no tensor but those of the trace.
 *  @param use gets the whole graph with the results' ids, before it is gone */
const traced = (
  backend: Backend,
  f: (...args: never[]) => unknown,
  args: Structure,
  use: (builder: GraphBuilder, outputs: readonly number[]) => void,
): Structure => {
  const { binding, tensorMap } = backend
  const { random } = Math
  const builder = graphBuilder(binding.api)
  const before = tf.memory().numTensors
  backend.binding = { ...binding, ...(builder.binding as TFJSBinding), tracing: true } as Backend["binding"]
  backend.tensorMap = new tf.DataStorage(backend as unknown as NodeJSKernelBackend, {
    moveData: () => {
      throw NotTraceable.closedOver()
    },
  })
  Math.random = () => {
    throw NotTraceable.random()
  }
  try {
    let result: Structure | undefined
    tf.tidy(() => {
      const placeholders = args.tensors.map(({ shape, dtype }) =>
        backend.createOutputTensor(builder.argument(shape, typeNumber(binding, dtype))),
      )
      result = structureOf(f(...(args.around(placeholders) as never[])), "the result")
      use(builder, backend.getInputTensorIds(result.tensors))
    })
    const kept = tf.memory().numTensors - before
    if (kept > 0) throw NotTraceable.kept(kept)
    return result!
  } finally {
    Object.assign(backend, { binding, tensorMap })
    Math.random = random
    builder.delete()
  }
}

const typeNumber = (binding: TFJSBinding, dtype: tf.DataType): number => {
  if (dtype === "float32") return binding.TF_FLOAT
  if (dtype === "int32") return binding.TF_INT32
  if (dtype === "bool") return binding.TF_BOOL
  throw new TypeError(`tensors of type ${dtype} cannot be arguments of a compiled function`)
}
