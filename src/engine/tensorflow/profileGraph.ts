import type { CApi, Pointer } from "./capi.ts"
import type { GraphBuilder } from "./graphBuilder.ts"
import { makeCheck } from "./status.ts"
import { type OperationTime, operationTimes } from "./stepStats.ts"

/** tensorflow.RunOptions with trace_level (field 1) FULL_TRACE. */
const fullTrace = Uint8Array.of((1 << 3) | 0, 3)

/** The first runs make primitives and memory. */
const warmUps = 3

/** Runs a graph in a session of its own, with the engine's threads, and tells what every operation of the last run
 *  took: the C API's functions keep no such record.
 *  @param config tensorflow.ConfigProto of the session
 *  @param values tensors for the graph's arguments, in their order */
export const profileGraph = (
  api: CApi,
  config: Uint8Array,
  { graph, endpoints }: GraphBuilder,
  values: readonly Pointer[],
  outputs: readonly number[],
): OperationTime[] => {
  const status = api.TF_NewStatus()
  const check = makeCheck(api, status)
  const options = api.TF_NewSessionOptions()
  const runOptions = api.TF_NewBufferFromString(fullTrace, fullTrace.length)
  let session: Pointer = null
  const ends = endpoints(outputs)

  const run = (): Uint8Array => {
    const metadata = api.TF_NewBuffer()
    try {
      const results = new BigUint64Array(ends.outputs.length)
      api.TF_SessionRun(
        session,
        runOptions,
        ends.inputs,
        BigUint64Array.from(values, (value) => value ?? 0n),
        values.length,
        ends.outputs,
        results,
        results.length,
        null,
        0,
        metadata,
        status,
      )
      check("TF_SessionRun")
      for (const result of results) api.TF_DeleteTensor(result)
      // A TF_Buffer begins with the address and the length of its data.
      const [data, length] = new BigUint64Array(api.view(metadata, 16).slice(0))
      return new Uint8Array(api.view(data!, Number(length)).slice(0))
    } finally {
      api.TF_DeleteBuffer(metadata)
    }
  }

  try {
    api.TF_SetConfig(options, config, config.length, status)
    check("TF_SetConfig")
    session = api.TF_NewSession(graph, options, status)
    check("TF_NewSession")
    for (let i = 0; i < warmUps; i++) run()
    return operationTimes(run())
  } finally {
    if (session !== null) {
      api.TF_CloseSession(session, status)
      api.TF_DeleteSession(session, status)
    }
    api.TF_DeleteBuffer(runOptions)
    api.TF_DeleteSessionOptions(options)
    api.TF_DeleteStatus(status)
  }
}
