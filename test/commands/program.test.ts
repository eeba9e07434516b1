import { beforeEach, describe, expect, it, vi } from "vitest"
import { program } from "../../src/commands/program.ts"

/** What each verb was called with: its name first. */
const calls: unknown[][] = []
const verb = (name: string) => ({
  [name]: async (...given: readonly unknown[]) => void calls.push([name, ...given]),
})

vi.mock("../../src/commands/run.ts", () => verb("run"))
vi.mock("../../src/commands/validate.ts", () => verb("validate"))
vi.mock("../../src/commands/plan.ts", () => verb("planCommand"))
vi.mock("../../src/commands/show.ts", () => verb("show"))
vi.mock("../../src/commands/loss.ts", () => verb("lossCommand"))
vi.mock("../../src/commands/verify.ts", () => verb("verify"))
vi.mock("../../src/commands/evaluate.ts", () => verb("evaluate"))
vi.mock("../../src/commands/predict.ts", () => verb("predict"))
vi.mock("../../src/commands/inspect.ts", () => verb("inspect"))
vi.mock("../../src/commands/compare.ts", () => verb("compare"))
vi.mock("../../src/commands/schema.ts", () => verb("schema"))
vi.mock("../../src/commands/doctor.ts", () => verb("doctor"))
vi.mock("../../src/commands/setupTensorflow.ts", () => verb("setupTensorflow"))
vi.mock("../../src/commands/cell.ts", () => verb("cellCommand"))

beforeEach(() => void calls.splice(0))

/** What a command line calls. */
const called = async (...words: readonly string[]): Promise<readonly unknown[]> => {
  await program.parseAsync(words, { from: "user" })
  expect(calls).toHaveLength(1)
  return calls.pop()!
}

const out = expect.any(Function) as unknown
const auto = { backend: "auto" }
const evaluated = {
  ...{ predictions: "p", reference: "r", per: "volume", hd95: "pooled", empty: "skip" },
  ...{ agreement: "geometry", json: false },
}
const predicted = {
  ...{ input: "i", out: "o", probabilities: false, overwrite: false, threshold: "0.5", json: false },
  ...auto,
}

describe("the command line", () => {
  it.each([
    [
      ["run", "a.yaml"],
      ["run", { file: "a.yaml", sets: [], profile: false, ...auto }],
    ],
    [
      ["run", "a.yaml", "--set", "b=1", "--set", "c=2", "--out", "o", "--backend", "javascript", "--profile"],
      ["run", { file: "a.yaml", sets: ["b=1", "c=2"], out: "o", backend: "javascript", profile: true }],
    ],
    [
      ["validate", "a.yaml", "b.yaml"],
      ["validate", ["a.yaml", "b.yaml"], { ...auto, json: false, out }],
    ],
    [
      ["plan", "a.yaml"],
      ["planCommand", { file: "a.yaml", sets: [], json: false, print: out, ...auto }],
    ],
    [
      ["plan", "a.yaml", "--set", "b=1", "--out", "o", "--backend", "tensorflow", "--json"],
      [
        "planCommand",
        { file: "a.yaml", sets: ["b=1"], out: "o", backend: "tensorflow", json: true, print: out },
      ],
    ],
    [
      ["show", "a.yaml", "--set", "b=1"],
      ["show", "a.yaml", ["b=1"], { json: false, out }],
    ],
    [
      ["show", "a.yaml", "--json"],
      ["show", "a.yaml", [], { json: true, out }],
    ],
    [
      ["loss", "bce", "--logits", "z", "--target", "y"],
      ["lossCommand", "bce", { logits: "z", target: "y", json: false, out, ...auto }],
    ],
    [
      ["loss", "bce", "--logits", "z", "--target", "y", "--second", "n", "--gradient", "g", "--json"],
      [
        "lossCommand",
        "bce",
        { logits: "z", target: "y", second: "n", gradient: "g", json: true, out, ...auto },
      ],
    ],
    [["verify"], ["verify", undefined, { runs: "200", json: false, ...auto }, out]],
    [
      ["verify", "bce", "--law", "l", "--runs", "3", "--seed", "4", "--path", "5", "--json"],
      ["verify", "bce", { law: "l", runs: "3", seed: "4", path: "5", json: true, ...auto }, out],
    ],
    [
      ["verify", "--module", "m.ts", "--options", "{}"],
      ["verify", undefined, { module: "m.ts", options: "{}", runs: "200", json: false, ...auto }, out],
    ],
    [
      ["evaluate", "--predictions", "p", "--reference", "r"],
      ["evaluate", evaluated, out],
    ],
    [
      [
        ...["evaluate", "--predictions", "p", "--reference", "r", "--metrics", "dice", "--per", "slice"],
        ...["--hd95", "contour", "--tolerance-mm", "1", "--empty", "worst", "--labels", "1"],
        ...["--spacing-mm", "1,1", "--agreement", "shape", "--jobs", "3", "--csv", "c", "--json"],
      ],
      [
        "evaluate",
        {
          ...{
            ...evaluated,
            metrics: "dice",
            per: "slice",
            hd95: "contour",
            toleranceMm: "1",
            empty: "worst",
          },
          ...{ labels: "1", spacingMm: "1,1", agreement: "shape", jobs: "3", csv: "c", json: true },
        },
        out,
      ],
    ],
    [
      ["predict", "--input", "i", "--out", "o", "--run", "r"],
      ["predict", { ...predicted, run: "r" }, out],
    ],
    [
      [
        ...["predict", "--input", "i", "--out", "o", "--cell", "c", "--checkpoint", "w"],
        ...["--probabilities", "--overwrite", "--threshold", "0.3", "--json"],
      ],
      [
        "predict",
        {
          ...{ ...predicted, cell: "c", checkpoint: "w", probabilities: true, overwrite: true },
          ...{ threshold: "0.3", json: true },
        },
        out,
      ],
    ],
    [
      ["inspect", "a.nii", "--json"],
      ["inspect", "a.nii", { json: true, out }],
    ],
    [
      ["compare", "a.csv", "b.csv"],
      ["compare", ["a.csv", "b.csv"], { json: false, out }],
    ],
    [
      ["compare", "a.csv", "--metric", "dice", "--baseline", "m", "--json"],
      ["compare", ["a.csv"], { metric: "dice", baseline: "m", json: true, out }],
    ],
    [["schema"], ["schema", { out }]],
    [
      ["schema", "--out", "o"],
      ["schema", { folder: "o", out }],
    ],
    [["doctor"], ["doctor", { engine: false, json: false, out, ...auto }]],
    [
      ["doctor", "--engine", "--json"],
      ["doctor", { engine: true, json: true, out, ...auto }],
    ],
    [["setup-tensorflow"], ["setupTensorflow", {}]],
    [
      ["cell", "--plan", "p", "--index", "3"],
      ["cellCommand", { plan: "p", index: 3, supervised: false, loadOnly: false, profile: false }],
    ],
    [
      ["cell", "--plan", "p", "--index", "0", "--supervised", "--load-only", "--profile"],
      ["cellCommand", { plan: "p", index: 0, supervised: true, loadOnly: true, profile: true }],
    ],
  ])("%j calls the verb with what is said, and with the defaults of the rest", async (words, expected) => {
    expect(await called(...words)).toEqual(expected)
  })

  it("lets verbs write to stdout, doctor line by line", async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true)
    const [, options] = (await called("schema")) as [string, { out: (text: string) => void }]
    options.out("as it is")
    const [, more] = (await called("doctor")) as [string, { out: (text: string) => void }]
    more.out("a line")
    const written = write.mock.calls.map(([text]) => text)
    write.mockRestore()
    expect(written).toEqual(["as it is", "a line\n"])
  })

  it.each([
    [["run"], "missing required argument 'file'"],
    [["validate"], "missing required argument 'files'"],
    [["loss", "bce", "--logits", "z"], "required option '--target <file>' not specified"],
    [["loss", "bce", "--target", "y"], "required option '--logits <file>' not specified"],
    [["evaluate", "--predictions", "p"], "required option '--reference <path>' not specified"],
    [["evaluate", "--reference", "r"], "required option '--predictions <path>' not specified"],
    [["predict", "--input", "i"], "required option '--out <folder>' not specified"],
    [["predict", "--out", "o"], "required option '--input <path>' not specified"],
    [["cell", "--plan", "p"], "required option '--index <i>' not specified"],
    [["cell", "--index", "1"], "required option '--plan <file>' not specified"],
    [
      ["evaluate", "--predictions", "p", "--reference", "r", "--per", "x"],
      "Allowed choices are volume, slice.",
    ],
    [
      ["evaluate", "--predictions", "p", "--reference", "r", "--hd95", "x"],
      "Allowed choices are pooled, max-directed, contour.",
    ],
    [
      ["evaluate", "--predictions", "p", "--reference", "r", "--empty", "x"],
      "Allowed choices are skip, worst, undefined.",
    ],
    [
      ["evaluate", "--predictions", "p", "--reference", "r", "--agreement", "x"],
      "Allowed choices are geometry, shape.",
    ],
    [["predict", "--run", ""], "--run names nothing"],
    [["predict", "--checkpoint", ""], "--checkpoint names nothing"],
    [["predict", "--input", ""], "--input names nothing"],
    [["predict", "--out", ""], "--out names nothing"],
    [["verify", "--module", ""], "--module names nothing"],
    [["schema", "--out", ""], "--out names no folder"],
    [["cell", "--plan", "p", "--index", "x"], "--index is not the number of a cell"],
    [["rnu"], "unknown command 'rnu'\n(Did you mean run?)"],
  ])("%j calls nothing: %s", async (words, message) => {
    await expect(program.parseAsync(words, { from: "user" })).rejects.toThrow(message)
    expect(calls).toEqual([])
  })
})
