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
