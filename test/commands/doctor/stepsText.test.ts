import { describe, expect, it } from "vitest"
import { type ComparedStep, stepsDiffer } from "../../../src/commands/doctor/stepComparisons.ts"
import { stepsText } from "../../../src/commands/doctor/stepsText.ts"

const same: ComparedStep = {
  part: "loss",
  name: "bce",
  whyEager: null,
  difference: null,
  loss: 0.7,
  gradientNorm: 0.2,
  milliseconds: { eager: 40.25, compiled: 9 },
  passed: true,
}
const none = { eager: null, compiled: null }
const reading: ComparedStep = { ...same, name: "hausdorffDt", whyEager: "it reads", milliseconds: none }
const differing: ComparedStep = {
  ...same,
  name: "focal",
  difference: { where: "step 2: loss", relative: 0.25, arrays: 3, of: 70 },
  passed: false,
}

describe("stepsText", () => {
  it("has a line for each step, and counts those with the same bits", () => {
    expect(stepsText([same, reading, differing, { ...reading, name: "focal", passed: false }])).toBe(`\
part  name         eager ms  compiled ms  result
loss  bce              40.3          9.0  the same bits
loss  hausdorffDt                         not compiled: it reads
loss  focal            40.3          9.0  DIFFERS in 3 of 70 tensors, by 0.25 in step 2: loss
loss  focal                               FAILED: not compiled: it reads
1 of 4 steps are compiled, to the same bits as operation by operation
`)
  })
})

describe("stepsDiffer", () => {
  it("names every step that failed", () => {
    expect(stepsDiffer([same, reading])).toBeNull()
    expect(stepsDiffer([same, differing, { ...reading, passed: false }])).toMatchObject({
      kind: "check",
      problems: [{ found: "loss focal; loss hausdorffDt" }],
    })
  })
})
