import { describe, expect, it } from "vitest"
import type { Fault } from "../../../tools/mutants/fault.ts"
import { hunt } from "../../../tools/mutants/hunt.ts"
import type { Question } from "../../../tools/mutants/judge.ts"
import type { Judge } from "../../../tools/mutants/startJudge.ts"

const fault = (wrong: string): Fault => ({ file: "src/a.ts", line: 1, start: 0, end: 1, right: "a", wrong })

/** A judge that knows what each wrong text leads to; it keeps what it was asked. */
const judge = (
  noticedBy: Readonly<Record<string, string | null | undefined>>,
  milliseconds: Readonly<Record<string, number>> = {},
): Judge & { readonly questions: readonly Question[] } => {
  const questions: Question[] = []
  return {
    questions,
    ask: (question) => {
      questions.push(question)
      const { fault, tests } = question
      if (fault === null)
        return Promise.resolve({
          noticedBy: noticedBy[tests[0]!] ?? null,
          milliseconds: milliseconds[tests[0]!] ?? 1,
        })
      const found = noticedBy[fault.wrong]
      return Promise.resolve(found === undefined ? undefined : { noticedBy: found, milliseconds: 1 })
    },
    close: () => {},
  }
}

const tests = ["near.test.ts", "slow.test.ts", "quick.test.ts"]

describe("hunt", () => {
  it("tells which fault was noticed by what, which was not, and which never came to its end", async () => {
    const told: string[] = []
    const { verdicts } = await hunt(
      [judge({ x: "near.test.ts", y: null, z: undefined })],
      [fault("x"), fault("y"), fault("z")],
      () => tests,
      ({ fault: { wrong }, noticedBy }) => void told.push(`${wrong} ${noticedBy}`),
    )
    expect(told).toEqual(["x near.test.ts", "y null", "z endless"])
    expect(verdicts.map(({ noticedBy }) => noticedBy)).toEqual(["near.test.ts", null, "endless"])
  })

  it("asks twice before it calls a fault endless", async () => {
    const once = judge({ x: undefined })
    const { verdicts } = await hunt(
      [
        {
          ...once,
          ask: (question, limitMs) =>
            once
              .ask(question, limitMs)
              .then((answer) =>
                once.questions.length === 4 ? undefined : (answer ?? { noticedBy: null, milliseconds: 1 }),
              ),
        },
      ],
      [fault("x")],
      () => tests,
      () => {},
    )
    expect(verdicts.map(({ noticedBy }) => noticedBy)).toEqual([null])
  })

  it("runs every test once without a fault first, and stops when one fails there", async () => {
    const failing = judge({ x: null, "slow.test.ts": "slow.test.ts" })
    await expect(
      hunt(
        [failing],
        [fault("x")],
        () => tests,
        () => {},
      ),
    ).rejects.toThrow("slow.test.ts fails without a fault")
    expect(failing.questions.every((question) => question.fault === null)).toBe(true)
  })

  it("passes over tests that would take a fault's time beyond a minute, but never over the nearest", async () => {
    const asked = judge({ x: null }, { "near.test.ts": 70_000, "slow.test.ts": 70_000, "quick.test.ts": 10 })
    await hunt(
      [asked],
      [fault("x")],
      () => tests,
      () => {},
    )
    expect(asked.questions.at(-1)!.tests).toEqual(["near.test.ts"])
    const quick = judge({ x: null }, { "near.test.ts": 10, "slow.test.ts": 70_000, "quick.test.ts": 10 })
    await hunt(
      [quick],
      [fault("x")],
      () => tests,
      () => {},
    )
    expect(quick.questions.at(-1)!.tests).toEqual(["near.test.ts", "quick.test.ts"])
  })

  it("gives each fault to one judge", async () => {
    const judges = [judge({ x: null, y: null, z: null }), judge({ x: null, y: null, z: null })]
    await hunt(
      judges,
      [fault("x"), fault("y"), fault("z")],
      () => tests,
      () => {},
    )
    const planted = judges.flatMap(({ questions }) => questions.flatMap(({ fault }) => fault?.wrong ?? []))
    expect(planted.sort()).toEqual(["x", "y", "z"])
    expect(judges.every(({ questions }) => questions.some((question) => question.fault !== null))).toBe(true)
  })
})
