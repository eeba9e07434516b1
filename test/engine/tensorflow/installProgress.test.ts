import { describe, expect, it } from "vitest"
import { installProgress } from "../../../src/engine/tensorflow/installProgress.ts"

/** What is written for each of these steps, and at the end. */
const written = (
  isTTY: boolean | undefined,
  steps: readonly (readonly ["downloading" | "unpacking", number])[],
) => {
  const texts: string[] = []
  const { show, end } = installProgress({
    ...(isTTY !== undefined && { isTTY }),
    write: (text) => texts.push(text),
  })
  for (const [phase, bytes] of steps) show({ phase, bytes, total: 273_600_000 })
  const shown = texts.length
  end()
  return { shown: texts.slice(0, shown), atEnd: texts.slice(shown) }
}

const percent = (n: number) => n * 2_736_000

describe("installProgress", () => {
  it("shows each percent once, over the last one, on a terminal", () => {
    const steps = [0, percent(1) - 1, percent(1), percent(1) + 1, percent(2)]
    const { shown, atEnd } = written(
      true,
      steps.map((bytes) => ["downloading", bytes]),
    )
    expect(shown).toEqual([0, 1, 2].map((n) => `\r\u001b[Kdownloading TensorFlow: ${n} % of 274 MB`))
    expect(atEnd).toEqual(["\r\u001b[K"])
  })

  it.each([false, undefined])(
    "writes a line for each quarter elsewhere, and begins anew with a phase",
    (isTTY) => {
      const { shown, atEnd } = written(isTTY, [
        ["downloading", percent(24)],
        ["downloading", percent(25)],
        ["downloading", percent(49)],
        ["downloading", percent(99)],
        ["unpacking", percent(80)],
        ["unpacking", percent(100)],
      ])
      expect(shown).toEqual([
        "downloading TensorFlow: 0 % of 274 MB\n",
        "downloading TensorFlow: 25 % of 274 MB\n",
        "downloading TensorFlow: 75 % of 274 MB\n",
        "unpacking TensorFlow: 75 % of 274 MB\n",
        "unpacking TensorFlow: 100 % of 274 MB\n",
      ])
      expect(atEnd).toEqual([])
    },
  )

  it("counts a percent once it is full", () => {
    const shownAt = (bytes: number) => written(false, [["unpacking", bytes]]).shown[0]
    expect([percent(25) - 1, percent(25)].map(shownAt)).toEqual([
      "unpacking TensorFlow: 0 % of 274 MB\n",
      "unpacking TensorFlow: 25 % of 274 MB\n",
    ])
    expect(written(true, [["unpacking", percent(3) - 1]]).shown[0]).toContain(": 2 % of")
  })

  it("has nothing to clear where nothing was shown", () => {
    expect(written(true, []).atEnd).toEqual([])
  })
})
