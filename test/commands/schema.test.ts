import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { schema } from "../../src/commands/schema.ts"
import { loadExperiment } from "../../src/config/experiment/loadExperiment.ts"
import { accepted } from "../config/outcome.ts"
import { schemaAccepts } from "../config/schemaAccepts.ts"
import { useFolder } from "../support/folder.ts"

const root = process.cwd()
const committed = readFileSync("schemas/experiment.schema.json", "utf8")
const yamlIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith(".yaml") ? [join(folder, entry.name)] : [],
  )
const experiments = ["experiments", "experiments/paper"].flatMap(yamlIn)
const bases = yamlIn("experiments/base")

describe("the JSON Schema", () => {
  it("in schemas/ is current: otherwise run `npm run schemas`", async () => {
    let text = ""
    await schema({
      out: (more) => {
        text += more
      },
    })
    expect(committed).toBe(text)
  })

  it.each([...experiments, ...bases])("accepts %s", (file) => {
    expect(schemaAccepts(JSON.parse(committed), parse(readFileSync(file, "utf8")))).toBe(true)
  })

  it("refuses an unknown key", () => {
    expect(schemaAccepts(JSON.parse(committed), { name: "a", train: { epoch: 1 } })).toBe(false)
  })
})

describe("an experiment that comes with losslab", () => {
  it.each(experiments)("%s is right", (file) => {
    accepted(loadExperiment(join(root, file), []))
  })
})

describe("schema --out", () => {
  useFolder()

  it("writes the file and says where", async () => {
    let text = ""
    await schema({
      folder: "a/b",
      out: (more) => {
        text += more
      },
    })
    expect(text).toBe("a/b/experiment.schema.json\n")
    expect(readFileSync("a/b/experiment.schema.json", "utf8")).toBe(committed)
  })
})
