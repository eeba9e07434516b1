import { resolve } from "node:path"
import { beforeEach, describe, expect, it, vi } from "vitest"
import type { ExpandedCell } from "../../src/config/experiment/cellSpec.ts"
import { Failure } from "../../src/failure/failure.ts"
import { makePlan } from "../../src/sweep/makePlan.ts"
import { refusal } from "../data/support/refusal.ts"

/** How often each source was asked for its fingerprint and for its cases. */
const asked: string[] = []

/** The parts of a cell whose spec names them: a source, and how many patients train. */
vi.mock("../../src/pipeline/parts.ts", () => ({
  buildParts: async ({ source, train, fault }: { source: string; train: number; fault?: Error }) => {
    if (fault !== undefined) throw fault
    const note = (what: string) => void asked.push(`${what} of ${source}`)
    const value = {
      description: `the source ${source}`,
      fingerprint: async () => {
        note("fingerprint")
        return `fingerprint of ${source}`
      },
      cases: async () => {
        note("cases")
        return ["p", "q", "r"].map((patient) => ({ id: patient, patient, group: null }))
      },
    }
    const split = { train, validation: 0, test: 1, seed: 0 }
    return { source: { spec: { source }, value }, split: { spec: split, value: { ...split, table: null } } }
  },
}))
vi.mock("../../src/pipeline/keys.ts", () => ({
  cellKeys: (spec: unknown, _parts: unknown, fingerprint: string, engine: string) => ({
    evaluate: `0123456789 ${JSON.stringify(spec)} ${fingerprint} ${engine}`,
  }),
}))

beforeEach(() => void asked.splice(0))

interface Spec {
  readonly source: string
  readonly train: number
  readonly fault?: Error
}

const cellOf = (label: string, spec: Spec): ExpandedCell => ({
  label,
  factors: { loss: label },
  blocks: ["seed"],
  method: `method of ${label}`,
  spec: spec as unknown as ExpandedCell["spec"],
})

const planOf = (...cells: readonly ExpandedCell[]) =>
  makePlan({
    ...{ experiment: "tiny", cells, command: "losslab run tiny.yaml" },
    ...{ backend: "javascript", engine: "an engine", store: "some/store" },
  })

const faulty = (kind: Failure["kind"], ...messages: readonly string[]) =>
  new Failure(
    kind,
    messages.map((message) => ({ message })),
  )

describe("makePlan", () => {
  it("gives every cell its place, its keys and a folder named after both", async () => {
    const specs = [
      { source: "a", train: 1 },
      { source: "a", train: 2 },
    ]
    expect(await planOf(cellOf("bce", specs[0]!), cellOf("bce: 2", specs[1]!))).toEqual({
      ...{ format: 1, experiment: "tiny", command: "losslab run tiny.yaml", backend: "javascript" },
      ...{ engine: "an engine", store: resolve("some/store"), source: "the source a" },
      cells: specs.map((spec, index) => ({
        index,
        label: ["bce", "bce: 2"][index],
        factors: { loss: ["bce", "bce: 2"][index] },
        blocks: ["seed"],
        method: `method of ${["bce", "bce: 2"][index]}`,
        folder: ["cells/bce-01234567", "cells/bce-2-01234567"][index],
        keys: { evaluate: `0123456789 ${JSON.stringify(spec)} fingerprint of a an engine` },
        spec,
      })),
    })
  })

  it("fingerprints each source once, and splits it once in each way", async () => {
    await planOf(
      cellOf("one", { source: "a", train: 1 }),
      cellOf("two", { source: "a", train: 1 }),
      cellOf("three", { source: "b", train: 1 }),
      cellOf("four", { source: "b", train: 2 }),
    )
    expect(asked).toEqual([
      ...["fingerprint of a", "cases of a", "fingerprint of b", "cases of b", "cases of b"],
    ])
  })

  it("refuses data that cannot be split as a cell asks", async () => {
    const { kind, problems } = await refusal(
      planOf(cellOf("one", { source: "a", train: 1 }), cellOf("two", { source: "a", train: 3 })),
    )
    expect(kind).toBe("data")
    expect(problems.length).toBeGreaterThan(0)
  })

  it("tells the problems of all cells together, each once", async () => {
    const { kind, problems } = await refusal(
      planOf(
        cellOf("one", { source: "a", train: 1, fault: faulty("config", "no module", "no file") }),
        cellOf("two", { source: "a", train: 1 }),
        cellOf("three", { source: "a", train: 1, fault: faulty("config", "no file", "another") }),
      ),
    )
    expect(kind).toBe("config")
    expect(problems.map(({ message }) => message)).toEqual(["no module", "no file", "another"])
  })

  it("takes the kind of what failed", async () => {
    const failed = await refusal(
      planOf(cellOf("one", { source: "a", train: 1, fault: faulty("data", "no folder") })),
    )
    expect(failed.kind).toBe("data")
  })

  it("throws what is no failure at once", async () => {
    const fault = new TypeError("a bug")
    await expect(
      planOf(
        cellOf("one", { source: "a", train: 1, fault }),
        cellOf("two", { source: "a", train: 1, fault: faulty("data", "no folder") }),
      ),
    ).rejects.toBe(fault)
  })
})
