import * as tf from "@tensorflow/tfjs-core"
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
import type { TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import { type Structure, structureOf } from "../structure.ts"
import type { Backend } from "./backend.ts"
import { type GraphBuilder, graphBuilder } from "./graphBuilder.ts"
import { NotTraceable } from "./notTraceable.ts"

/** Calls f once with arguments that have shapes but no values. Meanwhile the back end builds a graph: it knows no
 *  tensor but those of the trace, and the host draws no random numbers.
 *  Throws NotTraceable, also when f caught it, and what f throws.
 *  @param use gets the whole graph with the results' ids, before it is gone
 *  @returns the results' structure; its tensors are disposed */
export const traceFunction = (
  backend: Backend,
  f: (...args: never[]) => unknown,
  args: Structure,
  use: (builder: GraphBuilder, outputs: readonly number[]) => void,
): Structure => {
  const { binding, tensorMap } = backend
  const { random } = Math
  const before = tf.memory().numTensors
  let refused: NotTraceable | undefined
  const refuse = (why: NotTraceable): never => {
    refused ??= why
    throw why
  }
  const builder = graphBuilder(binding.api, refuse)
  backend.binding = { ...binding, ...(builder.binding as TFJSBinding), tracing: true } as Backend["binding"]
  backend.tensorMap = new tf.DataStorage(backend as unknown as NodeJSKernelBackend, {
    moveData: () => refuse(NotTraceable.closedOver()),
  })
  Math.random = () => refuse(NotTraceable.random())
  backend.read = () => {
    refused ??= NotTraceable.read()
    // Nobody may hear of a value that does not exist, nor of an error after f has ended.
    return new Promise(() => undefined)
  }
  let result: Structure | undefined
  try {
    tf.tidy(() => {
      const placeholders = args.tensors.map(({ shape, dtype }) =>
        backend.createOutputTensor(builder.argument(shape, backend.getDTypeInteger(dtype))),
      )
      result = structureOf(f(...(args.around(placeholders) as never[])), "the result")
      if (refused !== undefined) throw refused
      use(builder, backend.getInputTensorIds(result.tensors))
    })
  } finally {
    Object.assign(backend, { binding, tensorMap })
    // What was put over the prototype's own.
    delete (backend as Partial<Backend>).read
    Math.random = random
    builder.delete()
  }
  const kept = tf.memory().numTensors - before
  if (kept > 0) throw NotTraceable.kept(kept)
  return result!
}
