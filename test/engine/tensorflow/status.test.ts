import { describe, expect, it } from "vitest"
import type { CApi } from "../../../src/engine/tensorflow/capi.ts"
import { allocateTensor, dims, makeCheck } from "../../../src/engine/tensorflow/status.ts"
import { Failure } from "../../../src/failure/failure.ts"

const failureOf = (f: () => unknown): Failure => {
  try {
    f()
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    return error as Failure
  }
  throw new Error("nothing was thrown")
}

describe("makeCheck", () => {
  /** The API with a status that says this. */
  const says = (code: number, text: string) =>
    ({ TF_GetCode: () => code, TF_Message: () => text }) as unknown as CApi

  it("is silent where all is well, and does not ask what the inputs were", () => {
    makeCheck(says(0, ""), 7n)("Add", () => {
      throw new Error("asked")
    })
  })

  it("throws what went wrong, with the operation and its inputs", () => {
    const thrown = failureOf(() =>
      makeCheck(says(12, "no kernel"), 7n)("Add", () => ["int32 [2]", "bool []"]),
    )
    expect(thrown.problems[0]).toMatchObject({
      message: "TensorFlow's Add failed with UNIMPLEMENTED",
      found: "no kernel; inputs int32 [2], bool []",
    })
    expect(failureOf(() => makeCheck(says(13, "x"), 7n)("Add")).problems[0]!.found).toBe("x")
  })

  it("takes the message before it looks at the inputs, which may use the status", () => {
    let text = "the first"
    const api = { TF_GetCode: () => 3, TF_Message: () => text } as unknown as CApi
    const describe = () => {
      text = "another"
      return []
    }
    expect(failureOf(() => makeCheck(api, 7n)("Add", describe)).problems[0]!.found).toBe("the first")
  })
})

describe("allocateTensor", () => {
  /** TensorFlow's memory, and what was asked of it. */
  const memory = (without: Partial<CApi> = {}) => {
    const bytes = new ArrayBuffer(8)
    const calls: unknown[] = []
    const api = {
      TF_AllocateTensor: (...args: readonly unknown[]) => {
        calls.push(args)
        return 5n
      },
      TF_TensorData: () => 6n,
      TF_DeleteTensor: (tensor: unknown) => calls.push(["deleted", tensor]),
      view: (_: unknown, length: number) => new Uint8Array(bytes, 0, length).buffer,
      ...without,
    } as unknown as CApi
    return { api, bytes, calls }
  }

  it("copies the bytes to memory of TensorFlow's own", () => {
    const { api, bytes, calls } = memory()
    expect(allocateTensor(api, 4, [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6))).toBe(5n)
    expect([...new Uint8Array(bytes)]).toEqual([1, 2, 3, 4, 5, 6, 0, 0])
    expect(calls).toEqual([[4, BigInt64Array.of(2n, 3n), 2, 6]])
  })

  it("needs no memory for a tensor without values", () => {
    const { api, calls } = memory({ TF_TensorData: () => null })
    expect(allocateTensor(api, 1, [0, 3], new Uint8Array(0))).toBe(5n)
    expect(calls).toEqual([[1, BigInt64Array.of(0n, 3n), 2, 0]])
  })

  it("is the environment's failure where there is none, and gives back what it got", () => {
    for (const [without, deleted] of [
      [{ TF_AllocateTensor: () => null }, []],
      [{ TF_AllocateTensor: () => 5n, TF_TensorData: () => null }, [["deleted", 5n]]],
    ] as const) {
      const { api, calls } = memory(without)
      const { kind, problems } = failureOf(() => allocateTensor(api, 4, [3], Uint8Array.of(1, 2, 3)))
      expect(kind).toBe("environment")
      expect(problems[0]).toMatchObject({
        message: "there is not enough memory for TensorFlow's TF_AllocateTensor",
        found: "no memory for 3 bytes",
      })
      expect(calls).toEqual(deleted)
    }
  })
})

describe("dims", () => {
  it("are sizes as the C API takes them", () => {
    expect(dims([2, 0, 7])).toEqual(BigInt64Array.of(2n, 0n, 7n))
  })
})
