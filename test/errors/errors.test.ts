import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { errorsPage, errorsPath, type Section } from "../../docs/errorsPage.ts"
import { thisMachine, whyNoTensorflow } from "../../src/engine/tensorflow/platform.ts"
import { exitCode } from "../../src/failure/exitCode.ts"
import type { Problem } from "../../src/failure/failure.ts"
import type { Told } from "./scenario.ts"
import { subjects } from "./subjects.ts"
import { tellAll } from "./tell.ts"

let sections: readonly Section[] = []
beforeAll(async () => {
  sections = await tellAll(subjects)
})

/** The titles of what does not hold, each with the text at fault. */
const faults = (fault: (told: Told) => readonly string[]): readonly string[] =>
  sections.flatMap(({ told }) => told.flatMap((each) => fault(each).map((text) => `${each.title}: ${text}`)))

const ofProblems = (fault: (problem: Problem, told: Told) => string | undefined): readonly string[] =>
  faults((told) => (told.problems ?? []).flatMap((problem) => fault(problem, told) ?? []))

/** What a fix may begin with. */
const verbs =
  /^(add|ask|change|check|choose|close|compute|convert|copy|correct|count|create|decide|divide|download|draw|drop|end|export|find out|free|give|head|indent|join|keep|leave|look|list|lower|make|mend|name|quote|raise|remove|rename|put|run|save|say|see|set|share|unpack|use|wait|write) /

describe("docs/reference/errors.md", () => {
  // Some of the words are those of Linux and of its loader.
  it.runIf(whyNoTensorflow(thisMachine()) === null)("is what `npm run docs` writes today", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../..", errorsPath), "utf8")
    expect(page).toBe(errorsPage(sections))
  })

  it("has every exit code and no title twice", () => {
    const told = sections.flatMap((section) => section.told)
    expect(new Set(told.map(({ exitCode }) => exitCode))).toEqual(new Set(Object.values(exitCode)))
    expect(new Set(told.map(({ title }) => title.toLowerCase())).size).toBe(told.length)
  })
})

describe("every error", () => {
  it("ends with the exit code of its kind", () => {
    expect(faults((told) => (told.exitCode === exitCode[told.kind] ? [] : [String(told.exitCode)]))).toEqual(
      [],
    )
  })

  it("shows nothing of the machinery", () => {
    const machinery =
      /(?<!an )undefined|\[object|^ +at .*:\d+:\d+|node:internal|node_modules|\.tmp\b|losslab-\w{6}\b/m
    expect(faults(({ text }) => (text === "" || machinery.test(text) ? [text] : []))).toEqual([])
  })

  it("says what is wrong in one sentence without a full stop", () => {
    expect(
      ofProblems(({ message }) =>
        /^(?=[a-z\d`-]|TensorFlow)(?!.*(\. |\.$|NaN))/.test(message) ? undefined : message,
      ),
    ).toEqual([])
  })

  it("says what to do, or what was expected", () => {
    expect(faults(({ text }) => (/^ {2}(expected:|did you mean|fix:)/m.test(text) ? [] : [text]))).toEqual([])
    expect(
      ofProblems(({ expected, suggestion, fix, message }) =>
        (expected ?? suggestion ?? fix) === undefined ? message : undefined,
      ),
    ).toEqual([])
  })

  it("tells people to do something where it has a fix", () => {
    expect(
      ofProblems(({ fix }) =>
        fix === undefined || verbs.test(fix.replace(/^if [^,]+, /, "")) ? undefined : fix,
      ),
    ).toEqual([])
  })

  it("names the place when it is in an experiment or in data", () => {
    expect(
      ofProblems(({ file, path, message }, { kind }) =>
        (kind === "config" || kind === "data") && (file ?? path) === undefined ? message : undefined,
      ),
    ).toEqual([])
  })
})
