import type { TensorMetadata, TFEOpAttr, TFJSBinding } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import type { CApi, Pointer } from "./capi.ts"
import { attributeKind, dataType, tensorBytes, typedArray } from "./dataType.ts"
import { type AttributeSetters, setAttribute } from "./setAttribute.ts"
import { allocateTensor, makeCheck } from "./status.ts"

/** tfjs-node's binding, and what compiled functions need beside it. */
export interface Binding extends TFJSBinding {
  readonly api: CApi
  /** tensorflow.ConfigProto of the context. */
  readonly config: Uint8Array
  /** The tensor behind an id, for the C API: whoever holds it deletes it. */
  readonly resolve: (id: number) => Pointer
  /** Makes a function of a graph known by its name: executeOp runs it like an operation. Deletes it. */
  readonly addFunction: (functionOfGraph: Pointer) => void
  /** executeOp in another thread. */
  readonly executeOpAside: (...args: Parameters<TFJSBinding["executeOp"]>) => Promise<TensorMetadata[]>
}

/** What tfjs-node's kernels call, over TensorFlow's C API: tensors are numbers here and handles there.
 *  TensorFlow never holds JavaScript memory: data is copied in when a tensor is made and out when it is read.
 *  @param threads for TensorFlow's kernels, within one operation as well as between operations
 *  Every error of TensorFlow is thrown as a Failure that names the operation and its inputs. */
export const makeBinding = (api: CApi, threads: number): Binding => {
  const status = api.TF_NewStatus()
  const handles = new Map<number, Pointer>()
  let lastId = 0

  const checkStatus = makeCheck(api, status)
  const check = (operation: string, inputs: readonly number[] = []): void =>
    checkStatus(operation, () => inputs.map(describe))

  const handleOf = (id: number): Pointer => {
    const handle = handles.get(id)
    if (handle === undefined) throw new Error(`tensor ${id} does not exist, or no longer`)
    return handle
  }

  const register = (handle: Pointer): TensorMetadata => {
    const id = ++lastId
    handles.set(id, handle)
    return { id, dtype: api.TFE_TensorHandleDataType(handle), shape: shapeOf(handle) }
  }

  const shapeOf = (handle: Pointer): number[] => {
    const rank = api.TFE_TensorHandleNumDims(handle, status)
    check("TFE_TensorHandleNumDims")
    return Array.from({ length: rank }, (_, i) => {
      const size = api.TFE_TensorHandleDim(handle, i, status)
      check("TFE_TensorHandleDim")
      return size
    })
  }

  const describe = (id: number): string => {
    const handle = handleOf(id)
    const dtype = api.TFE_TensorHandleDataType(handle)
    const name = Object.entries(dataType).find(([, number]) => number === dtype)?.[0] ?? `type ${dtype}`
    return `${name} [${shapeOf(handle).join(", ")}]`
  }

  const setters: AttributeSetters<Pointer> = {
    type: api.TFE_OpSetAttrType,
    bool: api.TFE_OpSetAttrBool,
    float: api.TFE_OpSetAttrFloat,
    int: api.TFE_OpSetAttrInt,
    intList: api.TFE_OpSetAttrIntList,
    string: api.TFE_OpSetAttrString,
    shape: (op, name, sizes, rank, operation) => {
      api.TFE_OpSetAttrShape(op, name, sizes, rank, status)
      check(operation)
    },
  }

  /** An operation with its attributes and inputs, ready to run. Whoever holds it deletes it. */
  const prepare = (
    operation: string,
    attributes: readonly TFEOpAttr[],
    inputs: readonly number[],
  ): Pointer => {
    const op = api.TFE_NewOp(context, operation, status)
    check(operation, inputs)
    try {
      for (const attribute of attributes) setAttribute(setters, op, operation, attribute)
      for (const id of inputs) {
        api.TFE_OpAddInput(op, handleOf(id), status)
        check(operation, inputs)
      }
      return op
    } catch (error) {
      api.TFE_DeleteOp(op)
      throw error
    }
  }

  const options = api.TFE_NewContextOptions()
  const config = threadConfig(threads)
  api.TFE_ContextOptionsSetConfig(options, config, config.length, status)
  check("TFE_ContextOptionsSetConfig")
  const context = api.TFE_NewContext(options, status)
  api.TFE_DeleteContextOptions(options)
  check("TFE_NewContext")

  return {
    ...unusedByKernels,
    ...typeConstants,
    TF_Version: api.TF_Version(),
    isUsingGpuDevice: () => false,
    getNumOfTensors: () => handles.size,

    createTensor: (shape, dtype, values) => {
      const bytes = tensorBytes(shape, dtype, values)
      const tensor = allocateTensor(api, dtype, shape, bytes)
      const handle = api.TFE_NewTensorHandle(tensor, status)
      api.TF_DeleteTensor(tensor)
      check("TFE_NewTensorHandle")
      const id = ++lastId
      handles.set(id, handle)
      return id
    },

    deleteTensor: (id) => {
      api.TFE_DeleteTensorHandle(handleOf(id))
      handles.delete(id)
    },

    tensorDataSync: (id) => {
      const handle = handleOf(id)
      const tensor = api.TFE_TensorHandleResolve(handle, status)
      check("TFE_TensorHandleResolve", [id])
      const bytes = api.TF_TensorByteSize(tensor)
      const copy = bytes === 0 ? new ArrayBuffer(0) : api.view(api.TF_TensorData(tensor), bytes).slice(0)
      api.TF_DeleteTensor(tensor)
      return typedArray(api.TFE_TensorHandleDataType(handle), copy)
    },

    executeOp: (operation, attributes, inputs, outputCount) => {
      const op = prepare(operation, attributes, inputs)
      try {
        const outputs = new BigUint64Array(outputCount)
        const count = Int32Array.of(outputCount)
        api.TFE_Execute(op, outputs, count, status)
        check(operation, inputs)
        return Array.from(outputs.subarray(0, count[0]), register)
      } finally {
        api.TFE_DeleteOp(op)
      }
    },

    executeOpAside: async (operation, attributes, inputs, outputCount) => {
      const op = prepare(operation, attributes, inputs)
      // The status of this thread goes on being used meanwhile.
      const own = api.TF_NewStatus()
      try {
        const outputs = new BigUint64Array(outputCount)
        const count = Int32Array.of(outputCount)
        await api.executeAside(op, outputs, count, own)
        makeCheck(api, own)(operation)
        return Array.from(outputs.subarray(0, count[0]), register)
      } finally {
        api.TF_DeleteStatus(own)
        api.TFE_DeleteOp(op)
      }
    },

    api,
    config,
    resolve: (id) => {
      const tensor = api.TFE_TensorHandleResolve(handleOf(id), status)
      check("TFE_TensorHandleResolve", [id])
      return tensor
    },
    addFunction: (functionOfGraph) => {
      api.TFE_ContextAddFunction(context, functionOfGraph, status)
      api.TF_DeleteFunction(functionOfGraph)
      check("TFE_ContextAddFunction")
    },
  }
}

/** tensorflow.ConfigProto with intra_op_parallelism_threads (field 2) and inter_op_parallelism_threads (5). */
const threadConfig = (threads: number): Uint8Array => {
  // A varint needs a second byte from 128 on; no machine of ours gains from more threads than that.
  const count = Math.min(Math.max(1, threads), 127)
  return Uint8Array.of((2 << 3) | 0, count, (5 << 3) | 0, count)
}

const typeConstants = {
  TF_FLOAT: dataType.float32,
  TF_INT32: dataType.int32,
  TF_INT64: dataType.int64,
  TF_BOOL: dataType.bool,
  TF_COMPLEX64: dataType.complex64,
  TF_STRING: dataType.string,
  TF_RESOURCE: dataType.resource,
  TF_UINT8: dataType.uint8,
  TF_ATTR_STRING: attributeKind.STRING,
  TF_ATTR_INT: attributeKind.INT,
  TF_ATTR_FLOAT: attributeKind.FLOAT,
  TF_ATTR_BOOL: attributeKind.BOOL,
  TF_ATTR_TYPE: attributeKind.TYPE,
  TF_ATTR_SHAPE: attributeKind.SHAPE,
  TF_ATTR_RESOURCE: attributeKind.RESOURCE,
}

const unsupported = (): never => {
  throw new Error("saved models are not supported")
}

/** The rest of tfjs-node's interface: losslab has no saved models, and its kernels build no metadata objects. */
const unusedByKernels = {
  TensorMetadata: class {
    id = 0
    shape: number[] = []
    dtype = 0
  },
  TFEOpAttr: class {
    name = ""
    type = 0
    value = 0
  },
  loadSavedModel: unsupported,
  deleteSavedModel: unsupported,
  runSavedModel: unsupported,
  getNumOfSavedModels: () => 0,
}
