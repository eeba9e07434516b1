import { fc, test } from "@fast-check/vitest"
import { beforeAll, describe, expect, it } from "vitest"
import { useJavascriptEngine } from "../../../support/engine.ts"
import {
  checkpointsInMemory,
  diceOfMarked,
  oneWeightTraining,
  trained,
} from "../../../support/oneWeightTraining.ts"

beforeAll(useJavascriptEngine)

/** How much of the validation slice the network marks after each of some epochs, with ties more often than not. */
const marked = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 })

/** A training of 3 slices in batches of 2, so 2 steps an epoch. */
const training = (keep: "last" | "best", marked: readonly number[], validation?: "none") =>
  oneWeightTraining({ count: 3, marked, ...(validation && { validation }) }, { keep, epochs: marked.length })

describe("the weights that training gives", () => {
  test.prop([fc.constantFrom("last" as const, "best" as const), marked], { numRuns: 25 })(
    "are those of the last epoch, or of the first of the best, after whichever epoch the training goes on",
    async (keep, marked) => {
      const kept = keep === "last" ? marked.length : 1 + marked.indexOf(Math.max(...marked))
      const checkpoints = checkpointsInMemory()
      const whole = await trained(training(keep, marked), checkpoints)
      expect(whole.history.keptEpoch).toBe(kept)
      expect(whole.history.epochs.map(({ validationDice }) => validationDice)).toEqual(
        marked.map(diceOfMarked),
      )
      expect(whole.weights["state/steps"]!.data[0]).toBe(2 * kept)
      // A checkpoint's train state is that of its own epoch, whatever is kept.
      const { "params/weight": weight, "state/steps": steps } = checkpoints.written[kept - 1]!.state
      expect(whole.weights).toEqual({ "params/weight": weight, "state/steps": steps })
      for (let done = 1; done <= marked.length; done++) {
        const resumed = await trained(
          training(keep, marked),
          checkpointsInMemory(checkpoints.written.slice(0, done)),
        )
        expect(resumed.weights, `after epoch ${done}`).toEqual(whole.weights)
        expect(resumed.history.keptEpoch, `after epoch ${done}`).toBe(kept)
      }
    },
  )

  it("are those of the last epoch when no validation slice tells which is best", async () => {
    const { history, weights } = await trained(training("best", [1, 3, 2], "none"))
    expect(history.epochs.map(({ validationDice }) => validationDice)).toEqual([null, null, null])
    expect(history.keptEpoch).toBe(3)
    expect(weights["state/steps"]!.data[0]).toBe(6)
  })

  it("are written with each checkpoint: the best so far, and none where the last are kept", async () => {
    const [best, last] = [checkpointsInMemory(), checkpointsInMemory()]
    await trained(training("best", [1, 3, 2]), best)
    await trained(training("last", [1, 3, 2]), last)
    const told = best.written.map(({ best }) => {
      const { epoch, validationDice, weights } = best!
      return [epoch, validationDice, weights["state/steps"]!.data[0]]
    })
    expect(told).toEqual([
      [1, diceOfMarked(1), 2],
      [2, diceOfMarked(3), 4],
      [2, diceOfMarked(3), 4],
    ])
    expect(last.written.map(({ best }) => best)).toEqual([null, null, null])
    expect(last.written.map(({ state }) => state["state/steps"]!.data[0])).toEqual([2, 4, 6])
  })
})
