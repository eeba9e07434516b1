import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { describe, expect, it } from "vitest"

const root = resolve(import.meta.dirname, "../src")

/** Folder -> folders it may import; docs/architecture.md draws the same arrows. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  failure: [],
  system: ["failure"],
  tensor: [],
  statistics: ["failure"],
  figures: [],
  metrics: ["statistics", "tensor", "failure"],
  losses: ["tensor", "metrics", "failure"],
  laws: ["losses", "metrics", "tensor"],
  models: ["tensor", "failure"],
  optimizers: ["tensor", "failure"],
  augmentations: ["tensor", "failure"],
  data: ["statistics", "tensor", "failure", "system"],
  engine: ["tensor", "failure", "system"],
  config: ["tensor", "losses", "laws", "metrics", "models", "optimizers", "augmentations", "data", "failure"],
  stages: [
    ...["tensor", "losses", "metrics", "models", "optimizers", "augmentations", "data", "engine"],
    ...["statistics", "figures", "failure", "system"],
  ],
  pipeline: [
    ...["stages", "config", "tensor", "losses", "metrics", "models", "optimizers", "augmentations", "data"],
    ...["engine", "failure", "system"],
  ],
  scoring: ["metrics", "data", "statistics", "tensor", "failure", "system"],
  terminal: ["failure"],
  sweep: [
    ...["pipeline", "stages", "config", "data", "metrics", "statistics", "engine"],
    ...["terminal", "failure", "system"],
  ],
  commands: [
    ...["sweep", "pipeline", "stages", "config", "engine", "data", "losses", "laws", "metrics"],
    ...["statistics", "scoring", "terminal", "tensor", "failure", "system"],
  ],
  main: ["commands", "failure", "engine", "sweep", "system"],
}

const pureFolders = [
  "losses",
  "laws",
  "metrics",
  "models",
  "optimizers",
  "augmentations",
  "statistics",
  "tensor",
  "figures",
]

interface Import {
  readonly from: string
  readonly folder: string
  readonly specifier: string
}

const importsOf = (file: string): Import[] => {
  const path = relative(root, file)
  const folder = path.includes("/") ? path.split("/")[0]! : "main"
  return [...readFileSync(file, "utf8").matchAll(/(?:from|import\(?)\s*["']([^"']+)["']/g)].map((match) => ({
    from: path,
    folder,
    specifier: match[1]!,
  }))
}

const imports = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => importsOf(join(root, name)))

const targetFolder = ({ from, specifier }: Import): string =>
  relative(root, resolve(root, dirname(from), specifier)).split("/")[0]!

describe("imports", () => {
  it("point one way", () => {
    const wrong = imports
      .filter(({ specifier }) => specifier.startsWith("."))
      .filter((one) => targetFolder(one) !== one.folder && !allowed[one.folder]?.includes(targetFolder(one)))
      .map(({ from, specifier }) => `${from} imports ${specifier}`)
    expect(wrong).toEqual([])
  })

  it("keep effects, YAML and Node out of the pure folders", () => {
    const wrong = imports
      .filter(({ folder }) => pureFolders.includes(folder))
      .filter(({ specifier }) => /^(node:|effect|io-ts|fp-ts|yaml)/.test(specifier))
      .map(({ from, specifier }) => `${from} imports ${specifier}`)
    expect(wrong).toEqual([])
  })

  it("keep yaml, io-ts and fp-ts in config", () => {
    const wrong = imports
      .filter(({ folder }) => folder !== "config")
      .filter(({ specifier }) => /^(yaml|io-ts|fp-ts)(\/|$)/.test(specifier))
      .map(({ from, specifier }) => `${from} imports ${specifier}`)
    expect(wrong).toEqual([])
  })

  it("never start a tensor engine in the parent: only cells, loss, validate, predict and doctor may", () => {
    const wrong = imports
      .filter(({ from }) => from.startsWith("sweep/") || from === "commands/run.ts" || from === "main.ts")
      .filter(({ specifier }) => /engine\/(startEngine|tensorflow|javascript)/.test(specifier))
      .map(({ from, specifier }) => `${from} imports ${specifier}`)
    expect(wrong).toEqual([])
  })
})
