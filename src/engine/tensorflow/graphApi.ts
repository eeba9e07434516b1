import koffi, { type LibraryHandle } from "koffi"
import type { Pointer } from "./capi.ts"

/** TF_Output: one of the outputs of an operation of a graph. */
export interface Output {
  readonly oper: Pointer
  readonly index: number
}

type Dims = BigInt64Array

/** The part of TensorFlow's C API that builds a graph and makes a function of it (tensorflow/c/c_api.h). An operation
 *  is described piece by piece, and belongs to the graph once it is finished. */
export interface GraphApi {
  TF_NewGraph(): Pointer
  TF_DeleteGraph(graph: Pointer): void
  TF_NewOperation(graph: Pointer, type: string, name: string): Pointer
  TF_AddInput(description: Pointer, input: Output): void
  TF_AddInputList(description: Pointer, inputs: readonly Output[], count: number): void
  TF_FinishOperation(description: Pointer, status: Pointer): Pointer
  TF_SetAttrString(description: Pointer, name: string, value: Uint8Array, bytes: number): void
  TF_SetAttrInt(description: Pointer, name: string, value: number): void
  TF_SetAttrIntList(description: Pointer, name: string, values: Dims, count: number): void
  TF_SetAttrFloat(description: Pointer, name: string, value: number): void
  TF_SetAttrBool(description: Pointer, name: string, value: number): void
  TF_SetAttrType(description: Pointer, name: string, value: number): void
  TF_SetAttrShape(description: Pointer, name: string, dims: Dims, rank: number): void
  TF_SetAttrTensor(description: Pointer, name: string, tensor: Pointer, status: Pointer): void
  TF_OperationNumOutputs(operation: Pointer): number
  TF_OperationOutputType(output: Output): number
  /** -1 when the rank is not known. */
  TF_GraphGetTensorNumDims(graph: Pointer, output: Output, status: Pointer): number
  /** A size that is not known is -1. */
  TF_GraphGetTensorShape(graph: Pointer, output: Output, dims: Dims, rank: number, status: Pointer): void
  TF_GraphToFunction(
    graph: Pointer,
    name: string,
    appendHash: number,
    operationCount: -1,
    operations: null,
    inputCount: number,
    inputs: readonly Output[],
    outputCount: number,
    outputs: readonly Output[],
    outputNames: null,
    options: null,
    description: null,
    status: Pointer,
  ): Pointer
  TF_DeleteFunction(functionOfGraph: Pointer): void
  TFE_ContextAddFunction(context: Pointer, functionOfGraph: Pointer, status: Pointer): void
}

koffi.struct("TF_Output", { oper: "void *", index: "int" })

export const graphFunctions = (cc: LibraryHandle): GraphApi => ({
  TF_NewGraph: cc.func("void *TF_NewGraph()"),
  TF_DeleteGraph: cc.func("void TF_DeleteGraph(void *graph)"),
  TF_NewOperation: cc.func("void *TF_NewOperation(void *graph, const char *type, const char *name)"),
  TF_AddInput: cc.func("void TF_AddInput(void *description, TF_Output input)"),
  TF_AddInputList: cc.func("void TF_AddInputList(void *description, const TF_Output *inputs, int count)"),
  TF_FinishOperation: cc.func("void *TF_FinishOperation(void *description, void *status)"),
  TF_SetAttrString: cc.func(
    "void TF_SetAttrString(void *description, const char *name, const uint8_t *value, size_t bytes)",
  ),
  TF_SetAttrInt: cc.func("void TF_SetAttrInt(void *description, const char *name, int64_t value)"),
  TF_SetAttrIntList: cc.func(
    "void TF_SetAttrIntList(void *description, const char *name, const int64_t *values, int count)",
  ),
  TF_SetAttrFloat: cc.func("void TF_SetAttrFloat(void *description, const char *name, float value)"),
  TF_SetAttrBool: cc.func("void TF_SetAttrBool(void *description, const char *name, uint8_t value)"),
  TF_SetAttrType: cc.func("void TF_SetAttrType(void *description, const char *name, int value)"),
  TF_SetAttrShape: cc.func(
    "void TF_SetAttrShape(void *description, const char *name, const int64_t *dims, int rank)",
  ),
  TF_SetAttrTensor: cc.func(
    "void TF_SetAttrTensor(void *description, const char *name, void *tensor, void *status)",
  ),
  TF_OperationNumOutputs: cc.func("int TF_OperationNumOutputs(void *operation)"),
  TF_OperationOutputType: cc.func("int TF_OperationOutputType(TF_Output output)"),
  TF_GraphGetTensorNumDims: cc.func(
    "int TF_GraphGetTensorNumDims(void *graph, TF_Output output, void *status)",
  ),
  TF_GraphGetTensorShape: cc.func(
    "void TF_GraphGetTensorShape(void *graph, TF_Output output, int64_t *dims, int rank, void *status)",
  ),
  TF_GraphToFunction: cc.func(
    "void *TF_GraphToFunction(void *graph, const char *name, uint8_t appendHash, int operationCount, void *operations, int inputCount, const TF_Output *inputs, int outputCount, const TF_Output *outputs, void *outputNames, void *options, void *description, void *status)",
  ),
  TF_DeleteFunction: cc.func("void TF_DeleteFunction(void *function)"),
  TFE_ContextAddFunction: cc.func("void TFE_ContextAddFunction(void *context, void *function, void *status)"),
})
