import { describe, expect, it } from "vitest"
import { operationTimes } from "../../../src/engine/tensorflow/stepStats.ts"

// Protocol buffers by hand: a field is its number times 8 plus its wire type, then its content.

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
const number = (field: number, value: number) => [...varint(field * 8), ...varint(value)]
const bytes = (field: number, content: readonly number[]) => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
]
const text = (field: number, value: string) => bytes(field, [...Buffer.from(value)])

/** RunMetadata { step_stats (1) { dev_stats (1) { device (1), node_stats (2) } } } */
const metadata = (...devices: readonly (readonly (readonly number[])[])[]) =>
  Uint8Array.from(
    bytes(
      1,
      devices.flatMap((nodes, i) =>
        bytes(1, [...text(1, `/device:CPU:${i}`), ...nodes.flatMap((node) => bytes(2, node))]),
      ),
    ),
  )

/** NodeExecStats: node_name (1), all_start_micros (2), op_start_rel_micros (3), op_end_rel_micros (4),
 *  all_end_rel_micros (5), timeline_label (8), thread_id (10). */
const convolution = [
  ...text(1, "n7"),
  ...number(2, 1_700_000_000_000_123),
  ...number(3, 5),
  ...number(4, 1305),
  ...number(5, 1400),
  ...text(8, "n7 = Conv2D(n0, n1)"),
  ...number(10, 300),
]

describe("operationTimes", () => {
  it("tells when each operation began, how long it took, and on which thread", () => {
    expect(operationTimes(metadata([convolution]))).toEqual([
      {
        name: "n7",
        operation: "Conv2D",
        startMicros: 1_700_000_000_000_128,
        micros: 1300,
        thread: 300,
      },
    ])
  })

  it("goes through all devices and their operations in order, and passes over fields of other kinds", () => {
    // 127 is the largest number of one byte.
    const named = (name: string) => [...text(1, name), ...number(4, 2), ...number(10, 127)]
    // Field 15 as eight bytes and field 16 as four, as fixed numbers are.
    const fixed = [15 * 8 + 1, 1, 2, 3, 4, 5, 6, 7, 8, ...varint(16 * 8 + 5), 1, 2, 3, 4]
    const found = operationTimes(metadata([[...fixed, ...named("a")], named("b")], [], [named("c")]))
    expect(found.map(({ name }) => name)).toEqual(["a", "b", "c"])
    expect(found[0]).toEqual({ name: "a", operation: "", startMicros: 0, micros: 2, thread: 127 })
  })

  it("takes a label without inputs for the operation", () => {
    expect(operationTimes(metadata([text(8, "_SOURCE")]))[0]).toMatchObject({
      name: "",
      operation: "_SOURCE",
    })
  })

  it("is nothing where nothing ran", () => {
    expect(operationTimes(new Uint8Array(0))).toEqual([])
    // Partition graphs (3) and a number in the place of step_stats are none.
    expect(operationTimes(Uint8Array.from([...bytes(3, convolution), ...number(1, 7)]))).toEqual([])
  })

  it("refuses a wire type that TensorFlow does not use", () => {
    expect(() => operationTimes(Uint8Array.of(2 * 8 + 3))).toThrow(
      "a protocol buffer's field 2 has the wire type 3",
    )
  })
})
