import { closeSync, openSync } from "node:fs"
import { promisify } from "node:util"
import koffi, { type LibraryHandle } from "koffi"
import { failure } from "../../failure/failure.ts"
import { type GraphApi, graphFunctions } from "./graphApi.ts"
import { type Library, libraryFiles } from "./library.ts"
import { type SessionApi, sessionFunctions } from "./sessionApi.ts"

/** An address in TensorFlow's memory. Only ever handed back to TensorFlow, which does not survive every null. */
export type Pointer = bigint | null

type Dims = BigInt64Array

/** The part of TensorFlow's C API that the engine needs (tensorflow/c/c_api.h and eager/c_api.h). */
export interface CApi extends GraphApi, SessionApi {
  TF_Version(): string
  TF_NewStatus(): Pointer
  TF_DeleteStatus(status: Pointer): void
  TF_GetCode(status: Pointer): number
  TF_Message(status: Pointer): string
  /** Null when the bytes are too few for the dims; without memory it is a tensor whose data are null. */
  TF_AllocateTensor(dtype: number, dims: Dims, rank: number, bytes: number): Pointer
  TF_DeleteTensor(tensor: Pointer): void
  TF_TensorData(tensor: Pointer): Pointer
  TF_TensorByteSize(tensor: Pointer): number
  TFE_NewContextOptions(): Pointer
  TFE_ContextOptionsSetConfig(options: Pointer, config: Uint8Array, bytes: number, status: Pointer): void
  TFE_DeleteContextOptions(options: Pointer): void
  TFE_NewContext(options: Pointer, status: Pointer): Pointer
  TFE_NewTensorHandle(tensor: Pointer, status: Pointer): Pointer
  TFE_DeleteTensorHandle(handle: Pointer): void
  TFE_TensorHandleDataType(handle: Pointer): number
  TFE_TensorHandleNumDims(handle: Pointer, status: Pointer): number
  TFE_TensorHandleDim(handle: Pointer, index: number, status: Pointer): number
  TFE_TensorHandleResolve(handle: Pointer, status: Pointer): Pointer
  TFE_NewOp(context: Pointer, name: string, status: Pointer): Pointer
  TFE_DeleteOp(op: Pointer): void
  TFE_OpAddInput(op: Pointer, handle: Pointer, status: Pointer): void
  TFE_OpSetAttrString(op: Pointer, name: string, value: Uint8Array, bytes: number): void
  TFE_OpSetAttrInt(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrIntList(op: Pointer, name: string, values: Dims, count: number): void
  TFE_OpSetAttrFloat(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrBool(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrType(op: Pointer, name: string, value: number): void
  TFE_OpSetAttrShape(op: Pointer, name: string, dims: Dims, rank: number, status: Pointer): void
  TFE_Execute(op: Pointer, handles: BigUint64Array, count: Int32Array, status: Pointer): void
  /** TFE_Execute in another thread: the event loop goes on meanwhile. */
  executeAside(op: Pointer, handles: BigUint64Array, count: Int32Array, status: Pointer): Promise<void>
  /** Bytes of TensorFlow's memory, valid until the tensor is deleted: copy at once. */
  view(address: Pointer, bytes: number): ArrayBuffer
}

// dlfcn.h on Linux.
const RTLD_LAZY = 0x1
const RTLD_GLOBAL = 0x100
const RTLD_NODELETE = 0x1000

/** Loads both libraries. They are pinned first: unloaded at exit, their destructors run in an order that can
 *  end the process with SIGSEGV.
 *  Throws Failure("environment") with the loader's own words when a library does not load. */
export const loadCApi = (library: Library): CApi => {
  const { framework, main } = libraryFiles(library.folder)
  const system = koffi.load(null)
  const pin = pinner(system, library.origin)
  withoutStderr(system, () => pin(framework, RTLD_GLOBAL))
  pin(main, 0)
  koffi.load(framework, { global: true, lazy: true })
  const cc = koffi.load(main, { lazy: true })
  const execute = cc.func("void TFE_Execute(void *op, uint64_t *handles, int *count, void *status)")
  return {
    ...graphFunctions(cc),
    ...sessionFunctions(cc),
    TF_Version: cc.func("const char *TF_Version()"),
    TF_NewStatus: cc.func("void *TF_NewStatus()"),
    TF_DeleteStatus: cc.func("void TF_DeleteStatus(void *status)"),
    TF_GetCode: cc.func("int TF_GetCode(void *status)"),
    TF_Message: cc.func("const char *TF_Message(void *status)"),
    TF_AllocateTensor: cc.func(
      "void *TF_AllocateTensor(int dtype, const int64_t *dims, int rank, size_t bytes)",
    ),
    TF_DeleteTensor: cc.func("void TF_DeleteTensor(void *tensor)"),
    TF_TensorData: cc.func("void *TF_TensorData(void *tensor)"),
    TF_TensorByteSize: cc.func("size_t TF_TensorByteSize(void *tensor)"),
    TFE_NewContextOptions: cc.func("void *TFE_NewContextOptions()"),
    TFE_ContextOptionsSetConfig: cc.func(
      "void TFE_ContextOptionsSetConfig(void *options, const uint8_t *config, size_t bytes, void *status)",
    ),
    TFE_DeleteContextOptions: cc.func("void TFE_DeleteContextOptions(void *options)"),
    TFE_NewContext: cc.func("void *TFE_NewContext(void *options, void *status)"),
    TFE_NewTensorHandle: cc.func("void *TFE_NewTensorHandle(void *tensor, void *status)"),
    TFE_DeleteTensorHandle: cc.func("void TFE_DeleteTensorHandle(void *handle)"),
    TFE_TensorHandleDataType: cc.func("int TFE_TensorHandleDataType(void *handle)"),
    TFE_TensorHandleNumDims: cc.func("int TFE_TensorHandleNumDims(void *handle, void *status)"),
    TFE_TensorHandleDim: cc.func("int64_t TFE_TensorHandleDim(void *handle, int index, void *status)"),
    TFE_TensorHandleResolve: cc.func("void *TFE_TensorHandleResolve(void *handle, void *status)"),
    TFE_NewOp: cc.func("void *TFE_NewOp(void *context, const char *name, void *status)"),
    TFE_DeleteOp: cc.func("void TFE_DeleteOp(void *op)"),
    TFE_OpAddInput: cc.func("void TFE_OpAddInput(void *op, void *handle, void *status)"),
    TFE_OpSetAttrString: cc.func(
      "void TFE_OpSetAttrString(void *op, const char *name, const uint8_t *value, size_t bytes)",
    ),
    TFE_OpSetAttrInt: cc.func("void TFE_OpSetAttrInt(void *op, const char *name, int64_t value)"),
    TFE_OpSetAttrIntList: cc.func(
      "void TFE_OpSetAttrIntList(void *op, const char *name, const int64_t *values, int count)",
    ),
    TFE_OpSetAttrFloat: cc.func("void TFE_OpSetAttrFloat(void *op, const char *name, float value)"),
    TFE_OpSetAttrBool: cc.func("void TFE_OpSetAttrBool(void *op, const char *name, uint8_t value)"),
    TFE_OpSetAttrType: cc.func("void TFE_OpSetAttrType(void *op, const char *name, int value)"),
    TFE_OpSetAttrShape: cc.func(
      "void TFE_OpSetAttrShape(void *op, const char *name, const int64_t *dims, int rank, void *status)",
    ),
    TFE_Execute: execute,
    executeAside: promisify(execute.async) as CApi["executeAside"],
    view: (address, bytes) => koffi.view(address, bytes),
  }
}

const fixes: Readonly<Record<Library["origin"], string>> = {
  LOSSLAB_TENSORFLOW: "correct LOSSLAB_TENSORFLOW, or unset it",
  cache: "remove this folder and run `npm run setup`",
  python: "reinstall Python's tensorflow, or set LOSSLAB_TENSORFLOW to the folder of a library",
}

/** Loads a library so that it stays in memory until the process is gone. */
const pinner = (
  system: LibraryHandle,
  origin: Library["origin"],
): ((file: string, scope: number) => void) => {
  const dlopen: (file: string, flags: number) => Pointer = system.func(
    "void *dlopen(const char *file, int flags)",
  )
  const dlerror: () => string | null = system.func("const char *dlerror()")
  return (file, scope) => {
    if (dlopen(file, RTLD_LAZY | RTLD_NODELETE | scope)) return
    throw failure("environment", {
      message: "TensorFlow's library cannot be loaded",
      file,
      found: dlerror() ?? "no reason given",
      fix: `${fixes[origin]}, or use --backend javascript`,
    })
  }
}

/** The framework's initializers write two lines about oneDNN to stderr, before any setting can stop them. What
 *  goes wrong while loading is not said there: the loader returns it. */
const withoutStderr = (system: LibraryHandle, load: () => void): void => {
  const dup: (file: number) => number = system.func("int dup(int file)")
  const dup2: (from: number, to: number) => number = system.func("int dup2(int from, int to)")
  const stderr = dup(2)
  const nowhere = openSync("/dev/null", "w")
  dup2(nowhere, 2)
  try {
    load()
  } finally {
    dup2(stderr, 2)
    closeSync(stderr)
    closeSync(nowhere)
  }
}
