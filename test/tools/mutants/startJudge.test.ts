import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import type { Fault } from "../../../tools/mutants/fault.ts"
import { startJudge } from "../../../tools/mutants/startJudge.ts"
import { temporaryFolder } from "../../support/temporaryFolder.ts"

const fault: Fault = { file: "a.ts", line: 1, start: 0, end: 5, right: "right", wrong: "wrong" }

/** A checkout and its sandbox, in which a stand-in for the judge behaves as the test's name says. */
const stage = async () => {
  const [root, sandbox] = [await temporaryFolder(), await temporaryFolder()]
  await writeFile(join(root, "a.ts"), "right")
  await writeFile(join(sandbox, "a.ts"), "wrong")
  await writeFile(join(sandbox, "package.json"), '{ "type": "module" }')
  await mkdir(join(sandbox, "tools/mutants"), { recursive: true })
  await writeFile(
    join(sandbox, "tools/mutants/judge.ts"),
    `process.on("message", ({ tests }) => {
      if (tests[0] === "endless") for (;;);
      if (tests[0] === "ends") process.exit(1)
      process.send({ noticedBy: tests[0], milliseconds: process.pid })
    })
    process.send("ready")`,
  )
  const judge = startJudge(root, sandbox)
  onTestFinished(judge.close)
  return { judge, sandbox }
}

describe("startJudge", () => {
  it("gets an answer to each question from one process", async () => {
    const { judge } = await stage()
    const first = await judge.ask({ fault, tests: ["x"] }, 60_000)
    const second = await judge.ask({ fault: null, tests: ["y"] }, 60_000)
    expect([first?.noticedBy, second?.noticedBy]).toEqual(["x", "y"])
    expect(second!.milliseconds).toBe(first!.milliseconds)
  })

  it("ends what is endless, takes its fault out of the sandbox, and goes on with another process", async () => {
    const { judge, sandbox } = await stage()
    const first = await judge.ask({ fault: null, tests: ["x"] }, 60_000)
    expect(await judge.ask({ fault, tests: ["endless"] }, 100)).toBeUndefined()
    expect(await readFile(join(sandbox, "a.ts"), "utf8")).toBe("right")
    const next = await judge.ask({ fault: null, tests: ["y"] }, 60_000)
    expect(next!.noticedBy).toBe("y")
    expect(next!.milliseconds).not.toBe(first!.milliseconds)
  })

  it("takes the fault out of the sandbox and goes on when tests end the process that runs them", async () => {
    const { judge, sandbox } = await stage()
    expect(await judge.ask({ fault, tests: ["ends"] }, 60_000)).toBeUndefined()
    expect(await readFile(join(sandbox, "a.ts"), "utf8")).toBe("right")
    expect((await judge.ask({ fault: null, tests: ["y"] }, 60_000))!.noticedBy).toBe("y")
  })

  it("lets go of a judge that cannot be started", async () => {
    const { judge, sandbox } = await stage()
    await writeFile(join(sandbox, "tools/mutants/judge.ts"), "process.exit(1)")
    await expect(judge.ask({ fault: null, tests: ["x"] }, 60_000)).rejects.toThrow("no tests can be run")
  })
})
