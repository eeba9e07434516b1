import { describe, expect, it } from "vitest"
import { tensorflowFailure } from "../../../src/engine/tensorflow/tensorflowFailure.ts"

describe("tensorflowFailure", () => {
  // Not provoked for real: TensorFlow tries for ten seconds before it gives up.
  it("calls too little memory the environment's problem, and says what to make smaller", () => {
    const thrown = tensorflowFailure("Conv2D", 8, "OOM when allocating tensor\nmore", ["float32 [8, 512]"])
    expect(thrown.kind).toBe("environment")
    expect(thrown.problems).toEqual([
      {
        message: "there is not enough memory for TensorFlow's Conv2D",
        found: "OOM when allocating tensor; inputs float32 [8, 512]",
        fix: "lower train.batchSize or load.size",
      },
    ])
  })

  // The canonical codes of Abseil's statuses, which TensorFlow's are.
  it.each([
    ...[[1, "CANCELLED"] as const, [2, "UNKNOWN"] as const, [3, "INVALID_ARGUMENT"] as const],
    ...[[4, "DEADLINE_EXCEEDED"] as const, [5, "NOT_FOUND"] as const, [6, "ALREADY_EXISTS"] as const],
    ...[[7, "PERMISSION_DENIED"] as const, [9, "FAILED_PRECONDITION"] as const, [10, "ABORTED"] as const],
    ...[[11, "OUT_OF_RANGE"] as const, [12, "UNIMPLEMENTED"] as const, [13, "INTERNAL"] as const],
    ...[[14, "UNAVAILABLE"] as const, [15, "DATA_LOSS"] as const, [16, "UNAUTHENTICATED"] as const],
  ])("calls status %d %s", (code, name) => {
    expect(tensorflowFailure("MatMul", code, "", []).problems[0]!.message).toBe(
      `TensorFlow's MatMul failed with ${name}`,
    )
  })

  it("calls anything else losslab's own mistake", () => {
    const thrown = tensorflowFailure("MatMul", 3, "shapes differ", [])
    expect(thrown.kind).toBe("bug")
    expect(thrown.problems).toEqual([
      {
        message: "TensorFlow's MatMul failed with INVALID_ARGUMENT",
        found: "shapes differ",
        fix: expect.stringContaining("report it") as string,
      },
    ])
  })
})
