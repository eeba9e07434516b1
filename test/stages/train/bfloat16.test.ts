import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { bfloat16Problem } from "../../../src/engine/bfloat16.ts"
import { train } from "../../../src/stages/train.ts"
import { slowInBfloat16 } from "../../../src/stages/training/slowInBfloat16.ts"
import { useJavascriptEngine } from "../../support/engine.ts"
import { oneWeightTraining } from "../../support/oneWeightTraining.ts"
import { runStage } from "../../support/runStage.ts"

// Whether a machine can compute in bfloat16, and how fast, is its own: here it is said.
vi.mock("../../../src/engine/bfloat16.ts", () => ({ bfloat16Problem: vi.fn(() => null) }))
vi.mock("../../../src/stages/training/slowInBfloat16.ts", () => ({ slowInBfloat16: vi.fn(() => null) }))

beforeAll(useJavascriptEngine)
beforeEach(() => {
  vi.clearAllMocks()
})

const training = (precision: "float32" | "bfloat16") => {
  const { options, sampler } = oneWeightTraining({}, { precision, epochs: 1 })
  return { options, sampler, run: () => runStage(train(options), sampler) }
}

describe("train in bfloat16", () => {
  it("warns before the first step that it is slower than float32, where it is", async () => {
    vi.mocked(slowInBfloat16).mockReturnValueOnce("slower")
    const { options, sampler, run } = training("bfloat16")
    const { events, failed } = await run()
    expect(failed).toBeUndefined()
    expect(events[0]).toEqual({ event: "warning", message: "slower" })
    expect(events[1]).toMatchObject({ event: "step" })
    const { model, objective, optimizer } = options
    expect(vi.mocked(slowInBfloat16).mock.calls).toEqual([
      [model, objective, optimizer, sampler.dataset.rows],
    ])
  })

  it("says nothing where it is faster", async () => {
    const { events } = await training("bfloat16").run()
    expect(events[0]).toMatchObject({ event: "step" })
  })

  it("is refused with the reason, and tries nothing", async () => {
    const problem = { message: "no bfloat16 here" }
    vi.mocked(bfloat16Problem).mockReturnValueOnce(problem)
    const { events, failed } = await training("bfloat16").run()
    expect(failed).toMatchObject({ kind: "environment", problems: [problem] })
    expect(events).toEqual([])
    expect(slowInBfloat16).not.toHaveBeenCalled()
  })

  it("is not asked about in float32", async () => {
    expect((await training("float32").run()).failed).toBeUndefined()
    expect(bfloat16Problem).not.toHaveBeenCalled()
    expect(slowInBfloat16).not.toHaveBeenCalled()
  })
})
