import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { exitCode } from "../../src/failure/exitCode.ts"
import { renderProblems } from "../../src/failure/renderProblem.ts"
import { toFailure } from "../../src/failure/toFailure.ts"
import { cli } from "../support/cli.ts"
import type { Scenario, Subject, Told } from "./scenario.ts"

const checkout = resolve(import.meta.dirname, "../..")

/** Lets every scenario happen, each in a folder of its own. */
export const tellAll = async (
  subjects: readonly Subject[],
): Promise<readonly { readonly title: string; readonly told: readonly Told[] }[]> => {
  const scenarios = subjects.flatMap((subject) => subject.scenarios)
  // Those in this process come one by one, since each changes the current folder; children mind their own.
  const children = Promise.all(scenarios.filter(({ run }) => run === undefined).map(tell))
  const told: Told[] = []
  for (const scenario of scenarios) if (scenario.run !== undefined) told.push(await tell(scenario))
  const by = new Map([...told, ...(await children)].map((each) => [each.title, each]))
  return subjects.map(({ title, scenarios }) => ({
    title,
    told: scenarios.map((each) => by.get(each.title)!),
  }))
}

const tell = async (scenario: Scenario): Promise<Told> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "losslab-")))
  try {
    for (const [name, content] of Object.entries(scenario.files ?? {})) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    const { run } = scenario
    const ended = run === undefined ? await byCommand(scenario, folder) : await inFolder(folder, run)
    return { ...scenario, ...ended, text: everywhere(ended.text, folder) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Ended = Pick<Told, "exitCode" | "text" | "problems">

const byCommand = async ({ command }: Scenario, folder: string): Promise<Ended> => {
  const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)
  const { code, stderr } = await cli(folder, words.slice(1))
  return { exitCode: code, text: stderr.trimEnd(), problems: null }
}

/** As main.ts ends a command. */
const inFolder = async (folder: string, run: () => unknown): Promise<Ended> => {
  const home = process.cwd()
  process.chdir(folder)
  try {
    await run()
  } catch (error) {
    const { kind, problems } = toFailure(error)
    return { exitCode: exitCode[kind], text: renderProblems(problems), problems }
  } finally {
    process.chdir(home)
  }
  return { exitCode: 0, text: "", problems: [] }
}

const everywhere = (text: string, folder: string): string =>
  text.replaceAll(folder, "/home/you").replaceAll(checkout, "/losslab")
