import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { prepare } from "../../src/commands/prepare.ts"
import { childrenOf, cli, hasEnded, isAlive, startCli } from "../support/cli.ts"
import { sharedFolder, sweepOfEpochs } from "../support/experimentFiles.ts"

const folder = sharedFolder()
const at = (...path: readonly string[]) => join(folder.path, ...path)

/** Two cells: one is done at once, the other gives time to interrupt it. */
const experiment = (name: string, ...epochs: readonly number[]): readonly string[] => {
  folder.write(`${name}.yaml`, sweepOfEpochs(...epochs).replace("name: tiny", `name: ${name}`))
  return ["run", `${name}.yaml`, "--backend", "javascript"]
}

/** Plans an experiment of one cell, with a store of its own, and tells how to run the cell: without a run around it,
 *  which would start a process for the data, too. */
const cellAlone = async (name: string, epochs: number): Promise<readonly string[]> => {
  const [, file] = experiment(name, epochs)
  const { plan } = await prepare({ file: at(file!), sets: [], backend: "javascript", extra: [] })
  folder.write(`runs/${name}/plan.json`, JSON.stringify({ ...plan, store: at(`${name}-store`) }))
  return ["cell", "--plan", `runs/${name}/plan.json`, "--index", "0"]
}

const cellFile = (run: string, label: string, file: string): string => {
  const cell = readdirSync(at("runs", run, "cells")).find((name) => name.startsWith(`${label}-`))
  return at("runs", run, "cells", cell!, file)
}

const events = (run: string): string[] =>
  readFileSync(at("runs", run, "journal.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ event, cell }) => [event, cell].filter(Boolean).join(" "))

describe("a run that is interrupted", () => {
  it("ends with 75 at Ctrl-C, keeps what is done, and goes on from its checkpoint", async () => {
    const command = experiment("stopped", 1, 8)
    const first = startCli(folder.path, command)
    await first.says("epoch 2/8")
    first.process.kill("SIGINT")
    const { code, stdout, stderr } = await first.ended
    expect({ code, stdout }).toEqual({ code: 75, stdout: "" })
    expect(stderr).toContain(
      "interrupted; what is finished is kept\n  fix: run the same command again to continue: losslab run",
    )
    expect(stderr).not.toContain("    at ")
    expect(events("stopped").slice(-2)).toEqual(["started epochs=8", "interrupted epochs=8"])
    expect(readdirSync(at("runs/stopped"))).not.toContain(".lease")
    const finished = statSync(cellFile("stopped", "epochs=1", "result.json")).mtimeMs

    const alone = await cellAlone("unbroken", 8)
    const [second, unbroken] = await Promise.all([cli(folder.path, command), cli(folder.path, alone)])
    expect(second.code).toBe(0)
    expect(second.stderr).toContain("epochs=1  done before, kept")
    expect(second.stderr).toMatch(/epochs=8 {2}goes on after epoch [2-8]\n/)
    expect(statSync(cellFile("stopped", "epochs=1", "result.json")).mtimeMs).toBe(finished)
    const rows = readFileSync(cellFile("stopped", "epochs=8", "loss.csv"), "utf8")
      .trimEnd()
      .split("\n")
    expect(rows.slice(1).map((row) => Number(row.split(",")[0]))).toEqual(
      Array.from({ length: 8 }, (_, i) => i + 1),
    )

    // Bit for bit what an unbroken run gives.
    const weights = (run: string) =>
      readFileSync(cellFile(run, "epochs=8", "checkpoints/weights.safetensors"))
    expect(unbroken.code).toBe(0)
    expect(weights("unbroken").equals(weights("stopped"))).toBe(true)
  })

  it("goes on with the other cells when one is killed, says so with 5, and tries it again the next time", async () => {
    const command = experiment("killed", 5, 2)
    const first = startCli(folder.path, command)
    await first.says("epoch 1/5")
    const [cell] = childrenOf(first.process.pid!)
    process.kill(cell!, "SIGKILL")
    const { code, stdout, stderr } = await first.ended
    expect({ code, stdout }).toEqual({ code: 5, stdout: "runs/killed/report/index.html\n" })
    expect(stderr).toContain("cell epochs=5 failed:\nthe cell's process was killed by SIGKILL")
    expect(stderr).toContain("1 of 2 cells failed; the report names them")
    expect(events("killed").slice(1)).toEqual([
      "started epochs=5",
      "failed epochs=5",
      "started epochs=2",
      "done epochs=2",
      "reported",
    ])
    const failure = JSON.parse(readFileSync(cellFile("killed", "epochs=5", "failure.json"), "utf8"))
    expect(failure).toMatchObject({
      kind: "environment",
      problems: [{ message: "the cell's process was killed by SIGKILL" }],
    })
    expect(readFileSync(at("runs/killed/report/index.html"), "utf8")).toContain("was killed by SIGKILL")

    const second = await cli(folder.path, command)
    expect(second.code).toBe(0)
    expect(second.stderr).toContain("epochs=2  done before, kept")
    expect(second.stderr).toContain("epochs=5  goes on after epoch")
    expect(readdirSync(join(cellFile("killed", "epochs=5", "result.json"), ".."))).not.toContain(
      "failure.json",
    )
  })

  it("leaves no child behind when it is killed itself, and its directory to the next run", async () => {
    const command = experiment("orphan", 4000)
    const first = startCli(folder.path, command)
    await first.says("epoch 1/4000")
    const [cell] = childrenOf(first.process.pid!)
    expect(isAlive(cell!)).toBe(true)
    first.process.kill("SIGKILL")
    await hasEnded(cell!)
    await first.ended

    const second = startCli(folder.path, command)
    await second.says("goes on after epoch")
    second.process.kill("SIGTERM")
    await second.says("stopping")
    const [child] = childrenOf(second.process.pid!)
    for (let i = 0; i < 3; i++) second.process.kill("SIGINT")
    expect((await second.ended).code).toBe(75)
    if (child !== undefined) await hasEnded(child)
  })

  it("ends with 75 however often, and however late, it is told to end", async () => {
    const cell = startCli(folder.path, await cellAlone("hurried", 4000))
    let again: NodeJS.Timeout | undefined
    cell.process
      .stdout!.once("data", () => cell.process.kill("SIGINT"))
      .on("data", (text: string) => {
        // From its last words on.
        if (text.includes('"failed"')) again = setInterval(() => cell.process.kill("SIGINT"), 1)
      })
    const { code } = await cell.ended
    clearInterval(again)
    expect(code).toBe(75)
  })
})
