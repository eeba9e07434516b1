import { describe, expect, it } from "vitest"
import type { Problem } from "../../src/failure/failure.ts"
import { problemsJson, renderProblem, renderProblems } from "../../src/failure/renderProblem.ts"

const gama: Problem = {
  message: "train.loss.gama: unknown key",
  file: "experiments/base/phantom.yaml",
  line: 14,
  column: 5,
  path: "train.loss.gama",
  expected: "one of `kernel`, `gamma`",
  suggestion: "gamma",
  setBy: "experiments/base/phantom.yaml (extended by experiments/adaptive.yaml)",
  snippet: "  13 |   loss:\n  14 |     gama: 2\n     |     ^^^^",
}

describe("renderProblem", () => {
  it("shows the place, the lines, and what to do", () => {
    expect(renderProblem(gama)).toBe(
      [
        "experiments/base/phantom.yaml:14:5  train.loss.gama: unknown key",
        "  13 |   loss:",
        "  14 |     gama: 2",
        "     |     ^^^^",
        "  expected: one of `kernel`, `gamma`",
        "  did you mean `gamma`?",
        "  set by: experiments/base/phantom.yaml (extended by experiments/adaptive.yaml)",
      ].join("\n"),
    )
  })

  it("shows nothing that a problem lacks", () => {
    expect(renderProblem({ message: "it is broken" })).toBe("it is broken")
    expect(renderProblem({ message: "it is broken", file: "a.nii", setBy: "a.nii" })).toBe(
      "a.nii  it is broken",
    )
    expect(renderProblem({ message: "torn", path: "case 3", found: "1 byte", fix: "copy it again" })).toBe(
      "torn\n  at: case 3\n  found: 1 byte\n  fix: copy it again",
    )
  })

  it("names a setting of the command line by itself", () => {
    const set = "--set train.epochs=0"
    expect(renderProblem({ message: "out of range", file: set, setBy: set, line: 1, column: 20 })).toBe(
      "--set train.epochs=0  out of range",
    )
  })

  it("lets no character move the cursor or reorder the line", () => {
    const hostile = "\x1b[31mred\x07\x7f\x9b1m\u202Egpj.exe\u200B\nnew line"
    const text = renderProblem({
      message: hostile,
      file: hostile,
      fix: hostile,
      snippet: hostile,
      path: hostile,
    })
    expect(text).not.toMatch(/[\p{Cf}\x00-\x09\x0b-\x1f\x7f-\x9f]/u)
    expect(text.split("\n")).toHaveLength(4)
    expect(text).toContain("␛[31mred␇")
  })

  it("is coloured only when asked: the place bold, what is wrong red, and the names of the rest dim", () => {
    const problem = { ...gama, path: "train.loss", found: "2" }
    expect(renderProblem(problem)).not.toContain("\x1b")
    expect(renderProblem({ ...problem, message: "unknown key", fix: "remove it" }, { colour: true })).toBe(
      [
        "\x1b[1mexperiments/base/phantom.yaml:14:5\x1b[0m  \x1b[31munknown key\x1b[0m",
        "  13 |   loss:",
        "  14 |     gama: 2",
        "     |     ^^^^",
        "  \x1b[2mat:\x1b[0m train.loss",
        "  \x1b[2mexpected:\x1b[0m one of `kernel`, `gamma`",
        "  \x1b[2mfound:\x1b[0m 2",
        "  \x1b[2mdid you mean\x1b[0m `gamma`?",
        "  \x1b[2mset by:\x1b[0m experiments/base/phantom.yaml (extended by experiments/adaptive.yaml)",
        "  \x1b[2mfix:\x1b[0m remove it",
      ].join("\n"),
    )
    expect(renderProblem({ message: "broken" }, { colour: true })).toBe("\x1b[31mbroken\x1b[0m")
  })

  it("names the place as editors open it, as far as it is known", () => {
    const placed = (place: Partial<Problem>) => renderProblem({ message: "broken", ...place })
    expect(placed({ file: "a.yaml", line: 3, column: 7 })).toBe("a.yaml:3:7  broken")
    expect(placed({ file: "a.yaml", line: 3 })).toBe("a.yaml:3  broken")
    expect(placed({ file: "a.yaml", column: 7 })).toBe("a.yaml  broken")
    expect(placed({ line: 3, column: 7 })).toBe("broken")
  })
})

describe("renderProblems", () => {
  it("counts them when there are several", () => {
    expect(renderProblems([{ message: "one" }])).toBe("one")
    expect(renderProblems([{ message: "one" }, { message: "two" }])).toBe("one\n\ntwo\n\n2 problems")
    expect(renderProblems([])).toBe("")
  })

  it("hands on whether it is to be coloured", () => {
    expect(renderProblems([{ message: "one" }], { colour: true })).toBe("\x1b[31mone\x1b[0m")
  })
})

describe("problemsJson", () => {
  it("has the same keys for every problem", () => {
    expect(JSON.parse(problemsJson([gama, { message: "broken" }]))).toEqual({
      problems: [
        {
          file: "experiments/base/phantom.yaml",
          line: 14,
          column: 5,
          path: "train.loss.gama",
          message: "train.loss.gama: unknown key",
          expected: "one of `kernel`, `gamma`",
          found: null,
        },
        { file: null, line: null, column: null, path: null, message: "broken", expected: null, found: null },
      ],
    })
  })
})
