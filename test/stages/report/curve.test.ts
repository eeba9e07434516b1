import { describe, expect, it } from "vitest"
import { curveOf, gradientNormOf } from "../../../src/stages/report/curve.ts"
import { methodsOf, stateOf } from "../../../src/stages/report/methods.ts"
import type { CellOutcome } from "../../../src/stages/reportInput.ts"
import { cell, done } from "../../support/reportInput.ts"

const run = (epochs: readonly number[], losses: readonly (number | null)[], norm = 1): CellOutcome => {
  const outcome = done("any", 0.9)
  if (outcome.tag !== "done") throw new Error("not done")
  const first = outcome.history.epochs[0]!
  const history = {
    ...outcome.history,
    epochs: epochs.map((epoch, i) => ({ ...first, epoch, validationDice: losses[i] ?? null })),
    gradientNormAtStart: norm,
  }
  return { ...outcome, history }
}

const method = (...outcomes: readonly CellOutcome[]) =>
  methodsOf(outcomes.map((outcome, i) => cell("a", String(i), outcome)))[0]!

describe("curveOf", () => {
  it("averages each epoch over the runs that have a value there, from the first epoch to the last", () => {
    const of = method(run([10, 9, 2], [1, 2, 3]), run([2, 9, 11], [5, null, 7]), { tag: "notRun" })
    expect(curveOf(of, ({ validationDice }) => validationDice)).toEqual([
      { epoch: 2, mean: 4 },
      { epoch: 9, mean: 2 },
      { epoch: 10, mean: 1 },
      { epoch: 11, mean: 7 },
    ])
    expect(curveOf(method(run([1], [null])), ({ validationDice }) => validationDice)).toEqual([
      { epoch: 1, mean: null },
    ])
    expect(curveOf(method({ tag: "notRun" }), ({ loss }) => loss)).toEqual([])
  })
})

describe("gradientNormOf", () => {
  it("averages over the runs, and is undefined without one", () => {
    expect(gradientNormOf(method(run([1], [1], 2), { tag: "notRun" }, run([1], [1], 5)))).toBe(3.5)
    expect(gradientNormOf(method({ tag: "notRun" }))).toBeNull()
  })
})

describe("methodsOf", () => {
  it("gathers cells by method in the order of the first cells, and their runs are those that finished", () => {
    const cells = [
      cell("b", "1", { tag: "interrupted" }),
      cell("a", "1", done("a1", 0.9)),
      cell("b", "2", done("b2", 0.9)),
      cell("a", "2", { tag: "failed", kind: "data", message: "no" }),
    ]
    const [b, a, ...none] = methodsOf(cells)
    expect([b!.name, a!.name, none]).toEqual(["b", "a", []])
    expect([b!.cells, a!.cells]).toEqual([
      [cells[0], cells[2]],
      [cells[1], cells[3]],
    ])
    expect(b!.runs).toEqual([{ cell: cells[2], outcome: cells[2]!.outcome }])
    expect(a!.runs).toEqual([{ cell: cells[1], outcome: cells[1]!.outcome }])
    expect(cells.map(stateOf)).toEqual(["interrupted", "done", "done", "failed (data)"])
    expect(stateOf(cell("c", null, { tag: "notRun" }))).toBe("not run")
  })
})
