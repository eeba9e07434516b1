import type { LibraryHandle } from "koffi"
import type { Pointer } from "./capi.ts"
import type { Output } from "./graphApi.ts"

/** The part of TensorFlow's C API that runs a graph in a session, which is how it tells what each operation of the
 *  graph took (tensorflow/c/c_api.h). A TF_Buffer is { data, length, deallocator }. */
export interface SessionApi {
  TF_NewBufferFromString(bytes: Uint8Array, length: number): Pointer
  TF_NewBuffer(): Pointer
  TF_DeleteBuffer(buffer: Pointer): void
  TF_NewSessionOptions(): Pointer
  TF_DeleteSessionOptions(options: Pointer): void
  TF_SetConfig(options: Pointer, config: Uint8Array, bytes: number, status: Pointer): void
  TF_NewSession(graph: Pointer, options: Pointer, status: Pointer): Pointer
  TF_CloseSession(session: Pointer, status: Pointer): void
  TF_DeleteSession(session: Pointer, status: Pointer): void
  TF_SessionRun(
    session: Pointer,
    runOptions: Pointer,
    inputs: readonly Output[],
    inputValues: BigUint64Array,
    inputCount: number,
    outputs: readonly Output[],
    outputValues: BigUint64Array,
    outputCount: number,
    targets: null,
    targetCount: 0,
    runMetadata: Pointer,
    status: Pointer,
  ): void
}

export const sessionFunctions = (cc: LibraryHandle): SessionApi => ({
  TF_NewBufferFromString: cc.func("void *TF_NewBufferFromString(const uint8_t *bytes, size_t length)"),
  TF_NewBuffer: cc.func("void *TF_NewBuffer()"),
  TF_DeleteBuffer: cc.func("void TF_DeleteBuffer(void *buffer)"),
  TF_NewSessionOptions: cc.func("void *TF_NewSessionOptions()"),
  TF_DeleteSessionOptions: cc.func("void TF_DeleteSessionOptions(void *options)"),
  TF_SetConfig: cc.func(
    "void TF_SetConfig(void *options, const uint8_t *config, size_t bytes, void *status)",
  ),
  TF_NewSession: cc.func("void *TF_NewSession(void *graph, void *options, void *status)"),
  TF_CloseSession: cc.func("void TF_CloseSession(void *session, void *status)"),
  TF_DeleteSession: cc.func("void TF_DeleteSession(void *session, void *status)"),
  TF_SessionRun: cc.func(
    "void TF_SessionRun(void *session, void *runOptions, const TF_Output *inputs, const uint64_t *inputValues, int inputCount, const TF_Output *outputs, uint64_t *outputValues, int outputCount, void *targets, int targetCount, void *runMetadata, void *status)",
  ),
})
