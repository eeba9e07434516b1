import { describe, expect, it } from "vitest"
import type { CApi } from "../../../src/engine/tensorflow/capi.ts"
import type { GraphBuilder } from "../../../src/engine/tensorflow/graphBuilder.ts"
import { profileGraph } from "../../../src/engine/tensorflow/profileGraph.ts"
import { refusal } from "../../data/support/refusal.ts"
import { fakeApi } from "./fakeApi.ts"

// RunMetadata { 1: { 1: { 2: { 1: "n" } } } }: one operation, named n.
const metadata = Uint8Array.of(0x0a, 7, 0x0a, 5, 0x12, 3, 0x0a, 1, 0x6e)

const builder = {
  graph: 7n,
  endpoints: (ids: readonly number[]) => ({
    inputs: [{ oper: 1n, index: 0 }],
    outputs: ids.map((id) => ({ oper: BigInt(-id), index: 0 })),
  }),
} as unknown as GraphBuilder

const profiled = () => {
  const fake = fakeApi({
    view: (address, bytes) =>
      // A buffer is the address and the length of its data; then come the data.
      bytes === 16
        ? BigUint64Array.of(5000n, BigInt(metadata.length)).buffer
        : address === 5000n
          ? metadata.buffer
          : new ArrayBuffer(bytes),
    TF_SessionRun: (_session, _options, _inputs, _values, _count, _outputs, results) => {
      results.set(Array.from(results, (_, i) => BigInt(900 + i)))
    },
  } satisfies Partial<CApi>)
  const run = () => profileGraph(fake.api, Uint8Array.of(16, 2, 40, 2), builder, [11n], [-3, -4])
  return { ...fake, run }
}

const freed = (count: (name: keyof CApi) => number) => ({
  buffers: count("TF_NewBuffer") + count("TF_NewBufferFromString") - count("TF_DeleteBuffer"),
  options: count("TF_NewSessionOptions") - count("TF_DeleteSessionOptions"),
  statuses: count("TF_NewStatus") - count("TF_DeleteStatus"),
})

const nothing = { buffers: 0, options: 0, statuses: 0 }

describe("profileGraph", () => {
  it("tells of the fourth run, with full traces, what every operation took", () => {
    const { run, calls, count } = profiled()
    expect(run()).toEqual([{ name: "n", operation: "", startMicros: 0, micros: 0, thread: 0 }])
    expect(count("TF_SessionRun")).toBe(4)
    // RunOptions' field 1, a number: 3 is FULL_TRACE.
    expect(calls).toContainEqual(["TF_NewBufferFromString", Uint8Array.of(8, 3), 2])
    expect(calls).toContainEqual(expect.arrayContaining(["TF_SetConfig", Uint8Array.of(16, 2, 40, 2), 4]))
    expect(calls).toContainEqual(expect.arrayContaining(["TF_NewSession", 7n]))
  })

  it("hands the arguments in and frees the results of every run", () => {
    const { run, calls, count } = profiled()
    run()
    const [, , , inputs, values, valueCount, outputs, , outputCount, targets, targetCount] = calls.find(
      ([name]) => name === "TF_SessionRun",
    )!
    expect([inputs, values, valueCount]).toEqual([[{ oper: 1n, index: 0 }], BigUint64Array.of(11n), 1])
    expect([outputs, outputCount]).toEqual([[3n, 4n].map((oper) => ({ oper, index: 0 })), 2])
    expect([targets, targetCount]).toEqual([null, 0])
    expect(calls.filter(([name]) => name === "TF_DeleteTensor").map(([, tensor]) => tensor)).toEqual(
      new Array(4).fill([900n, 901n]).flat(),
    )
    expect(freed(count)).toEqual(nothing)
    expect([count("TF_CloseSession"), count("TF_DeleteSession")]).toEqual([1, 1])
  })

  it.each([
    ["TF_SetConfig", 0],
    ["TF_NewSession", 1],
    ["TF_SessionRun", 1],
  ] as const)("says when %s fails, and frees what there is", async (name, sessions) => {
    const { run, count, fail } = profiled()
    fail(name, 13, "no")
    expect((await refusal(run)).message).toBe(`TensorFlow's ${name} failed with INTERNAL`)
    expect(freed(count)).toEqual(nothing)
    expect(count("TF_DeleteSession")).toBe(sessions)
    expect(count("TF_DeleteTensor")).toBe(0)
  })
})
