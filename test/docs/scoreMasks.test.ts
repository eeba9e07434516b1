import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { promisify } from "node:util"
import { beforeEach, describe, expect, it } from "vitest"
import { evaluate } from "../../src/commands/evaluate.ts"
import { evaluateCommand } from "../commands/evaluateCommand.ts"
import { drawn } from "../scoring/drawn.ts"
import { mainArguments } from "../support/cli.ts"
import { useFolder } from "../support/folder.ts"

const page = readFileSync(resolve(import.meta.dirname, "../../docs/how-to/score-masks.md"), "utf8")
const blockOf = (language: string) =>
  new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)![1]!

/** Five slices of 24 x 24 pixels through something round. */
const round = (x: number, y: number, radius: number): Uint8Array =>
  drawn(
    [0, 0.8, 1, 0.8, 0].map((share) =>
      Array.from({ length: 24 }, (_, row) =>
        Array.from({ length: 24 }, (_, column) =>
          (column - x) ** 2 + (row - y) ** 2 < (radius * share) ** 2 ? "#" : ".",
        ).join(""),
      ),
    ),
    { spacingMm: [0.8, 0.8, 2], gzip: true },
  )

describe("docs/how-to/score-masks.md", () => {
  const write = useFolder()
  beforeEach(() => {
    const files = {
      labels: { P01: round(12, 12, 7), P02: round(11, 13, 5), P03: round(10, 10, 2) },
      predictions: { P01: round(12.4, 11.5, 7.2), P02: round(12, 13, 6), P03: round(0, 0, 0) },
      theirs: { P01: round(13, 12, 6.5), P02: round(12, 14, 5), P03: round(10, 11, 2) },
    }
    for (const [folder, masks] of Object.entries(files))
      for (const [name, bytes] of Object.entries(masks)) write(`${folder}/${name}.nii.gz`, bytes)
    for (const [name, bytes] of Object.entries(files.predictions)) write(`ours/${name}.nii.gz`, bytes)
  })

  it("shows what is printed", async () => {
    let printed = ""
    await evaluate(
      evaluateCommand({ predictions: "predictions", reference: "labels" }),
      (text) => {
        printed += text
      },
      { write: () => {}, isTerminal: false, columns: 80, color: false },
    )
    expect(printed).toBe(blockOf("text"))
  })

  it("has commands that lead from two folders to a verdict", async () => {
    // In a checkout `npm run -s losslab --` is the command line.
    const losslab = `npm() { shift 4; "${process.execPath}" ${mainArguments.map((each) => `"${each}"`).join(" ")} "$@"; }\n`
    const { stdout } = await promisify(execFile)("bash", ["-e", "-c", losslab + blockOf("bash")])
    expect(stdout).toContain("ours - theirs   2 (1 dropped)")
  })
})
