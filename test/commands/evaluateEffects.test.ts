import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { evaluate } from "../../src/commands/evaluate.ts"
import { idat, ihdr, png } from "../data/png/pngFile.ts"
import { refusal } from "../data/support/refusal.ts"
import { drawn } from "../scoring/drawn.ts"
import { useFolder } from "../support/folder.ts"
import { evaluateCommand } from "./evaluateCommand.ts"
import { runEvaluate as run } from "./runEvaluate.ts"

const write = useFolder()

/** Three cases of two slices, the second of which nobody found. */
const three = () => {
  for (const [name, slices] of [
    ["a", [["##.."], ["...."]]],
    ["b", [["...."], ["...."]]],
    ["c", [["#..."], ["...."]]],
  ] as const) {
    write(`p/${name}.nii`, drawn(slices))
    write(`r/${name}.nii`, drawn([["#..."], ["...."]]))
  }
}

describe("evaluate", () => {
  it("hands every option on to what scores", async () => {
    // Five pixels against the first, columns 0.5 mm apart; then nothing against one.
    const options = { spacingMm: [0.5, 1, 2] as const }
    write("p/a.nii", drawn([["22222"]], options))
    write("r/a.nii", drawn([["20000"]], options))
    write("p/b.nii", drawn([["....."]], options))
    write("r/b.nii", drawn([["2...."]], { ...options, originMm: 7 }))
    const { printed } = await run({
      ...{ json: true, labels: "2", hd95: "max-directed", toleranceMm: "0.5", empty: "worst" },
      ...{ agreement: "shape", jobs: "1" },
    })
    const { cases, ...rest } = JSON.parse(printed)
    // 3.8 of 0, 0.5, 1, 1.5, 2; the diagonal of 2.5 x 1 mm.
    expect(cases[0].hd95).toBeCloseTo(1.9, 12)
    expect(cases[1]).toMatchObject({ outcome: "missed", dice: 0 })
    expect(cases[1].hd).toBeCloseTo(Math.hypot(2.5, 1), 12)
    expect(cases[0].nsd).toBeLessThan(1)
    expect(rest).toMatchObject({ hd95: "max-directed", toleranceMm: 0.5, empty: "worst", missed: 1 })
    expect((await refusal(run({ labels: "2,3" }))).kind).toBe("data")
    expect((await refusal(run({ labels: "2", agreement: "geometry" }))).problems[0]!.path).toBe("case b")
  })

  it("takes the spacing of PNG images from the command line", async () => {
    write("p/a.png", png(ihdr(3, 1), idat(0, 255, 0, 0)))
    write("r/a.png", png(ihdr(3, 1), idat(0, 0, 0, 255)))
    const { cases, distanceUnit } = JSON.parse((await run({ json: true, spacingMm: "5,0.25" })).printed)
    expect([cases[0].hd, distanceUnit]).toEqual([0.5, "mm"])
    expect(JSON.parse((await run({ json: true })).printed)).toMatchObject({
      cases: [{ hd: 2 }],
      distanceUnit: "pixels",
    })
  })

  it("counts false alarms, of cases and of slices", async () => {
    write("p/a.nii", drawn([["#."], ["#."], [".."]]))
    write("r/a.nii", drawn([["#."], [".."], [".#"]]))
    const found = JSON.parse((await run({ json: true, per: "slice" })).printed)
    expect(found).toMatchObject({ missed: 1, falseAlarms: 1, bothEmpty: 0 })
    expect(found.cases[0]).toMatchObject({ missedSlices: 1, falseAlarmSlices: 1 })
    expect(
      found.cases[0].slices.map(({ slice, outcome }: { slice: number; outcome: string }) => [slice, outcome]),
    ).toEqual([
      [0, "scored"],
      [1, "falseAlarm"],
      [2, "missed"],
    ])
  })

  it("says where a table cannot be written, and what to do", async () => {
    three()
    write("file", "")
    expect((await refusal(run({ csv: "none/out.csv" }))).problems).toEqual([
      {
        message: "the file cannot be written",
        file: "none/out.csv",
        found: "there is no folder none",
        fix: "create the folder first, or choose another one",
      },
    ])
    expect((await refusal(run({ csv: "file/out.csv" }))).problems[0]!.found).toBe("there is no folder file")
    expect((await refusal(run({ csv: "p" }))).problems).toMatchObject([
      { file: "p", fix: "choose another name" },
    ])
  })

  it("lets a table take the place of an older one", async () => {
    three()
    write("out.csv", "old")
    await run({ metrics: "dice", csv: "out.csv" })
    expect(readFileSync("out.csv", "utf8")).toMatch(/^case,dice,outcome\n/)
  })

  it("takes its bar off a terminal when a mask is damaged", async () => {
    three()
    write("p/a.nii", drawn([["12.."], ["...."]]))
    const shown: string[] = []
    const output = { write: (text: string) => shown.push(text), isTerminal: true, columns: 80, color: false }
    await refusal(evaluate(evaluateCommand(), () => {}, output))
    expect(shown.at(-1)).toMatch(/\n$/)
  })

  it("ends between two cases when it is told to, and prints and writes nothing", async () => {
    three()
    let printed = ""
    const output = {
      write: (text: string) => {
        // What the command does on the signal, without ending whoever runs this test.
        if (text.includes("1/3")) process.listeners("SIGTERM").at(-1)!("SIGTERM")
      },
      ...{ isTerminal: true, columns: 80, color: false },
    }
    const { kind, problems } = await refusal(
      evaluate(
        evaluateCommand({ csv: "out.csv" }),
        (text) => {
          printed += text
        },
        output,
      ),
    )
    expect({ kind, problems, printed }).toEqual({
      ...{ kind: "interrupted", printed: "" },
      problems: [{ message: "interrupted; nothing was written", fix: "run the same command again" }],
    })
    expect(readdirSync(".").sort()).toEqual(["p", "r"])
  })
})
