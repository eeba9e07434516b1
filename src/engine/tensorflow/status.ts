import type { CApi, Pointer } from "./capi.ts"
import { resourceExhausted, tensorflowFailure } from "./tensorflowFailure.ts"

/** Throws what a status says of the last call as a Failure that names the operation.
 *  @param describe what the inputs were; looked at after the message, as it may use the status itself */
export const makeCheck =
  (api: CApi, status: Pointer) =>
  (operation: string, describe: () => readonly string[] = () => []): void => {
    const code = api.TF_GetCode(status)
    if (code === 0) return
    const message = api.TF_Message(status)
    throw tensorflowFailure(operation, code, message, describe())
  }

/** A tensor of TensorFlow's own with a copy of these bytes. */
export const allocateTensor = (
  api: CApi,
  dtype: number,
  shape: readonly number[],
  bytes: Uint8Array,
): Pointer => {
  const tensor = api.TF_AllocateTensor(dtype, dims(shape), shape.length, bytes.length)
  const data = tensor === null ? null : api.TF_TensorData(tensor)
  if (tensor !== null && (bytes.length === 0 || data !== null)) {
    if (bytes.length > 0) new Uint8Array(api.view(data, bytes.length)).set(bytes)
    return tensor
  }
  if (tensor !== null) api.TF_DeleteTensor(tensor)
  throw tensorflowFailure("TF_AllocateTensor", resourceExhausted, `no memory for ${bytes.length} bytes`, [])
}

export const dims = (shape: readonly number[]): BigInt64Array => BigInt64Array.from(shape, BigInt)
