import { createHash } from "node:crypto"
import type { TensorMetadata, TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import type { CApi, Pointer } from "./capi.ts"
import { dataType, tensorBytes } from "./dataType.ts"
import type { Output } from "./graphApi.ts"
import { NotTraceable } from "./notTraceable.ts"
import { type AttributeSetters, setAttribute } from "./setAttribute.ts"
import { allocateTensor, dims, makeCheck } from "./status.ts"

/** Stands in for the engine's binding while a function is traced: an operation becomes a node, a number made on the
 *  host a constant, and what would need a value is refused. */
export interface GraphBuilder {
  /** What tfjs's kernels call. Its tensors have ids below -1, which tfjs never deletes and no eager tensor has. */
  readonly binding: Pick<TFJSBinding, "createTensor" | "deleteTensor" | "tensorDataSync" | "executeOp">
  /** An argument of the function. */
  readonly argument: (shape: readonly number[], dtype: number) => TensorMetadata
  /** Ends the graph as a function of the arguments, in their order.
   *  @returns the function, for the context: whoever holds it deletes it */
  readonly toFunction: (name: string, outputs: readonly number[]) => Pointer
  /** Every node so far, in words that tell it from any other: equal lists, equal graphs. */
  readonly nodes: readonly string[]
  /** For whoever runs the graph itself. */
  readonly graph: Pointer
  readonly endpoints: (outputs: readonly number[]) => {
    readonly inputs: readonly Output[]
    readonly outputs: readonly Output[]
  }
  readonly delete: () => void
}

/** A constant: its value if that is one number, else a digest of its values. */
const constantInWords = (shape: readonly number[], dtype: number, bytes: Uint8Array): string => {
  if (bytes.length === 4) {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    return `the number ${dtype === dataType.float32 ? view.getFloat32(0, true) : view.getInt32(0, true)}`
  }
  const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 16)
  return `an array of shape [${shape.join(", ")}] with the digest ${digest}`
}

/** What TensorFlow's batch norm puts by for its own gradient: of a shape that only it knows. */
const hidden = { operation: "FusedBatchNormV3", output: 5 }

/** An empty graph.
 *  @param refuse throws what it is given, when something cannot be traced */
export const graphBuilder = (api: CApi, refuse: (why: NotTraceable) => never): GraphBuilder => {
  const status = api.TF_NewStatus()
  const check = makeCheck(api, status)
  const graph = api.TF_NewGraph()
  const outputs: Output[] = []
  const args: Output[] = []
  const nodes: string[] = []

  // -1 is tfjs's "not on the engine yet".
  const idOf = (output: Output): number => -1 - outputs.push(output)
  const outputOf = (id: number): Output => {
    const output = outputs[-2 - id]
    if (output === undefined) throw new Error(`tensor ${id} is not of this graph`)
    return output
  }

  const shapeOf = (operation: string, output: Output): number[] => {
    const rank = api.TF_GraphGetTensorNumDims(graph, output, status)
    check("TF_GraphGetTensorNumDims")
    const sizes = new BigInt64Array(Math.max(0, rank))
    if (rank > 0) api.TF_GraphGetTensorShape(graph, output, sizes, rank, status)
    check("TF_GraphGetTensorShape")
    const shape = Array.from(sizes, Number)
    if (rank >= 0 && shape.every((size) => size >= 0)) return shape
    if (operation === hidden.operation && output.index === hidden.output) return []
    return refuse(NotTraceable.shape(operation))
  }

  const node = (type: string, describe: (description: Pointer) => void): Pointer => {
    const description = api.TF_NewOperation(graph, type, `n${outputs.length}`)
    // A description can only be disposed of by finishing it, so that an error in between leaks it, once.
    describe(description)
    const operation = api.TF_FinishOperation(description, status)
    check(type)
    return operation
  }

  const constant = (shape: readonly number[], dtype: number, bytes: Uint8Array): number => {
    nodes.push(constantInWords(shape, dtype, bytes))
    const tensor = allocateTensor(api, dtype, shape, bytes)
    try {
      const oper = node("Const", (description) => {
        api.TF_SetAttrType(description, "dtype", dtype)
        api.TF_SetAttrTensor(description, "value", tensor, status)
        check("Const")
      })
      return idOf({ oper, index: 0 })
    } finally {
      api.TF_DeleteTensor(tensor)
    }
  }

  const setters: AttributeSetters<Pointer> = {
    type: api.TF_SetAttrType,
    bool: api.TF_SetAttrBool,
    float: api.TF_SetAttrFloat,
    int: api.TF_SetAttrInt,
    intList: api.TF_SetAttrIntList,
    string: api.TF_SetAttrString,
    shape: (description, name, sizes, rank) => api.TF_SetAttrShape(description, name, sizes, rank),
  }

  return {
    binding: {
      createTensor: (shape, dtype, values) => constant(shape, dtype, tensorBytes(shape, dtype, values)),
      deleteTensor: () => undefined,
      tensorDataSync: () => refuse(NotTraceable.read()),
      executeOp: (operation, attributes, inputs, _outputCount) => {
        const options = attributes.map(({ name, value }) => `${name}=${value}`)
        nodes.push(`${operation}(${inputs.join()}; ${options.join()})`)
        const oper = node(operation, (description) => {
          // Of the operations that tfjs's kernels use, those with an attribute N take their first N inputs as a list.
          const listed = attributes.find(({ name }) => name === "N")?.value as number | undefined
          const from = inputs.map(outputOf)
          if (listed !== undefined) api.TF_AddInputList(description, from.splice(0, listed), listed)
          for (const input of from) api.TF_AddInput(description, input)
          for (const attribute of attributes) setAttribute(setters, description, operation, attribute)
        })
        return Array.from({ length: api.TF_OperationNumOutputs(oper) }, (_, index) => {
          const output = { oper, index }
          return {
            id: idOf(output),
            dtype: api.TF_OperationOutputType(output),
            shape: shapeOf(operation, output),
          }
        })
      },
    },

    argument: (shape, dtype) => {
      const oper = node("Placeholder", (description) => {
        api.TF_SetAttrType(description, "dtype", dtype)
        api.TF_SetAttrShape(description, "shape", dims(shape), shape.length)
      })
      args.push({ oper, index: 0 })
      return { id: idOf({ oper, index: 0 }), dtype, shape: [...shape] }
    },

    toFunction: (name, ids) => {
      // An argument cannot be an output itself.
      const results = ids.map((id) => {
        const output = outputOf(id)
        const oper = node("Identity", (description) => api.TF_AddInput(description, output))
        outputs.push({ oper, index: 0 }) // names are numbered by it
        return { oper, index: 0 }
      })
      const made = api.TF_GraphToFunction(
        graph,
        name,
        0,
        -1,
        null,
        args.length,
        args,
        results.length,
        results,
        null,
        null,
        null,
        status,
      )
      check("TF_GraphToFunction")
      return made
    },

    nodes,
    graph,
    endpoints: (ids) => ({ inputs: args, outputs: ids.map(outputOf) }),

    delete: () => {
      api.TF_DeleteGraph(graph)
      api.TF_DeleteStatus(status)
    },
  }
}
