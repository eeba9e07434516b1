import { expect, it } from "vitest"
import { profileText } from "../../../src/commands/run/profileText.ts"
import type { Profile } from "../../../src/pipeline/profile/profile.ts"

const total = (name: string, count: number, milliseconds: number) => ({ name, count, milliseconds })

const profile: Profile = {
  traceEvents: [],
  displayTimeUnit: "ms",
  otherData: {
    cell: "tiny",
    key: "k",
    engine: "none",
    seconds: 20,
    spans: [
      total("train", 1, 14_000),
      total("step", 100, 9_900),
      total("evaluate", 1, 4_000),
      total("profile of one forward pass", 1, 2_000),
      total("validation", 2, 1_000),
      total("start", 1, 1_000),
      total("wait for a batch", 100, 300),
      total("upload", 100, 100),
      total("read back", 100, 100),
    ],
    trainingStep: [],
    forwardPass: [],
    notes: ["the training step is not compiled here"],
  },
}

it("shares out the time of a cell, without what profiling took", () => {
  expect(profileText(profile)).toBe(`the cell's time       seconds   share
start of the process     1.00   5.0 %
training steps          10.00  50.0 %
waiting for data         0.40   2.0 %
validation               1.00   5.0 %
evaluation               2.00  10.0 %
other                    5.60  28.0 %

note: the training step is not compiled here
`)
})

it("shows the ten kinds of operations that take most, and the rest together", () => {
  const trainingStep = Array.from({ length: 12 }, (_, i) => total(`Op${i + 1}`, i + 1, 12 - i))
  const lines = profileText({ ...profile, otherData: { ...profile.otherData, trainingStep } }).split("\n")
  expect(lines.slice(8, 11)).toEqual([
    "operations of a training step  count     ms   share",
    "Op1                                1  12.00  15.4 %",
    "Op2                                2  11.00  14.1 %",
  ])
  expect(lines[19]).toBe("2 others                          23   3.00   3.8 %")
})

it("calls the share of nothing 0 %", () => {
  const trainingStep = [total("Op", 1, 0)]
  const text = profileText({ ...profile, otherData: { ...profile.otherData, trainingStep } })
  expect(text).toContain("Op                                 1  0.00  0.0 %\n")
})
