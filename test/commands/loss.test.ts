import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { type LossCommand, lossCommand } from "../../src/commands/loss.ts"
import { readNpy, writeNpy } from "../../src/data/files/npy.ts"
import { golden } from "../losses/golden.ts"
import { expectClose } from "../support/close.ts"

let folder = ""
const at = (name: string): string => join(folder, name)

const save = async (
  name: string,
  values: readonly number[],
  shape: readonly number[],
  Type: typeof Float32Array | typeof Float64Array | typeof Uint8Array = Float64Array,
) => {
  await writeFile(at(name), writeNpy({ shape, data: Type.from(values) }))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "losslab-loss-"))
  await save("z.npy", golden.logits, [1, 2, 4])
  await save("z32.npy", golden.logits, [1, 2, 4, 1], Float32Array)
  await save("y.npy", golden.mask, [1, 2, 4], Uint8Array)
  await save("n.npy", golden.second, [1, 2, 4, 1], Uint8Array)
})
afterAll(() => rm(folder, { recursive: true }))

/** What the command prints. */
const printed = async (spec: string, options: Partial<LossCommand> = {}): Promise<string> => {
  let text = ""
  await lossCommand(spec, {
    logits: at("z.npy"),
    target: at("y.npy"),
    json: false,
    backend: "javascript",
    out: (more) => {
      text += more
    },
    ...options,
  })
  return text
}

describe("losslab loss", () => {
  it("prints the value of a loss that is named", async () => {
    const text = await printed("bce")
    expectClose(Number(text), 0.3269986404, { absolute: 1e-7 })
    expect(text.endsWith("\n")).toBe(true)
  })

  it("prints one object with --json", async () => {
    const object = JSON.parse(
      await printed("{ kind: pyTorchFocal, preset: as-trained }", { json: true }),
    ) as {
      value: number
    }
    expect(object).toEqual({ loss: "pyTorchFocal", value: object.value })
    expectClose(object.value, 0.032031651, { absolute: 1e-7 })
  })

  it("reads a YAML file, and resolves a module next to it", async () => {
    const module = fileURLToPath(new URL("../fixtures/modules/scaledBrier.ts", import.meta.url))
    await writeFile(at("loss.yaml"), "kind: agBce\nkernel: 1\n")
    expectClose(Number(await printed(at("loss.yaml"), { second: at("n.npy") })), 0.0462689699, {
      absolute: 1e-7,
    })
    await writeFile(
      at("own.mjs"),
      "export default ({ value }) => (logits) => logits.sum().mul(0).add(value)\n",
    )
    await writeFile(at("own.yaml"), "kind: module\npath: ./own.mjs\noptions: { value: 3 }\n")
    expect(Number(await printed(at("own.yaml")))).toBe(3)
    expect(
      Number(
        await printed(`{ kind: module, path: "${module}", options: { factor: 0 } }`, { second: at("n.npy") }),
      ),
    ).toBe(0)
  })

  it("gives the signed distance of the target to a loss that needs it", async () => {
    await save("row.npy", [0, 0, 0, 0, 0, 0], [1, 1, 6])
    await save("inside.npy", [0, 1, 1, 1, 1, 1], [1, 1, 6], Uint8Array)
    // 1 0 -1 -2 -3 -4
    await writeFile(
      at("far.mjs"),
      "export const needs = { distance: true }\nexport default () => (_, { distance }) => distance.sum()\n",
    )
    const arrays = { logits: at("row.npy"), target: at("inside.npy") }
    expect(Number(await printed(`{ kind: module, path: "${at("far.mjs")}" }`, arrays))).toBe(-9)
    expectClose(Number(await printed("boundary")), 0.0958166622, { absolute: 1e-8 })
  })

  it("says where to put a module that imports a package which is not there", async () => {
    await writeFile(at("lost.mjs"), 'import "nobody-has-this-package"\nexport default () => () => 0\n')
    await expect(printed(`{ kind: module, path: "${at("lost.mjs")}" }`)).rejects.toMatchObject({
      kind: "config",
      problems: [{ fix: expect.stringContaining("put the module inside the checkout") as string }],
    })
  })

  it("writes the gradient in the shape and type of the logits", async () => {
    const row = [0.00021824, 0.00843135, -0.02427867, -0.0143167]
    const options = { second: at("n.npy"), gradient: at("g.npy") }
    await printed("{ kind: adaptiveFocal, kernel: 1 }", options)
    const wide = await readNpy(at("g.npy"))
    expect([wide.dtype, wide.shape]).toEqual(["f8", [1, 2, 4]])
    expectClose(wide.data.slice(0, 4), row, { absolute: 1e-7 })
    await printed("{ kind: adaptiveFocal, kernel: 1 }", { ...options, logits: at("z32.npy") })
    const narrow = await readNpy(at("g.npy"))
    expect([narrow.dtype, narrow.shape]).toEqual(["f4", [1, 2, 4, 1]])
    expectClose(narrow.data.slice(0, 4), row, { absolute: 1e-7 })
  })

  it("warns on stderr of an engine that nobody asked for", async () => {
    for (const name of ["LOSSLAB_TENSORFLOW", "XDG_CACHE_HOME", "PATH"]) vi.stubEnv(name, "/nowhere")
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true)
    const text = await printed("bce", { backend: "auto" })
    const said = stderr.mock.calls.map(([line]) => line)
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    expect(said).toEqual([expect.stringMatching(/^warning: using the slow engine "javascript"[^\n]+\n$/)])
    expectClose(Number(text), 0.3269986404, { absolute: 1e-7 })
  })

  it("says which loss was probably meant", async () => {
    await expect(printed("agBse")).rejects.toMatchObject({
      kind: "config",
      problems: [{ message: "kind: unknown loss", suggestion: "agBce", file: "<spec>", line: 1 }],
    })
    await expect(printed("{ kind: agBce, kernl: 2 }")).rejects.toMatchObject({
      kind: "config",
      problems: [{ suggestion: "kernel", column: 16 }],
    })
    await expect(printed(at("absent.yaml"))).rejects.toMatchObject({ kind: "config" })
  })

  it("says what the command line lacks", async () => {
    await expect(printed("agBce")).rejects.toMatchObject({
      kind: "usage",
      problems: [{ message: "agBce needs the second annotator's mask", fix: "add --second FILE.npy" }],
    })
    await expect(printed("{ kind: deepSupervised, loss: { kind: bce } }")).rejects.toMatchObject({
      kind: "usage",
    })
  })

  it("names all that is wrong with the arrays at once, both shapes among it", async () => {
    await save("bad.npy", [0, Number.NaN, 1, 1e300], [1, 2, 2])
    await save("grey.npy", [0, 0.5, 1, 1, 1, 1, 1, 0], [2, 1, 4])
    await expect(printed("bce", { target: at("grey.npy") })).rejects.toMatchObject({
      kind: "data",
      problems: [
        { expected: `[1, 2, 4] as in ${at("z.npy")}`, found: "[2, 1, 4]", file: at("grey.npy") },
        { message: "the mask holds more than 0 and 1", found: "0.5 at [0, 0, 1]" },
      ],
    })
    await expect(printed("bce", { logits: at("bad.npy") })).rejects.toMatchObject({
      kind: "data",
      problems: [{ message: "the logits are not finite", found: "NaN at [0, 0, 1]" }, { found: "[1, 2, 4]" }],
    })
    await save("flat.npy", [0, 1], [2])
    await save("none.npy", [], [0, 2, 2])
    await save("whole.npy", golden.mask, [1, 2, 4], Uint8Array)
    const found = async (logits: string) =>
      printed("bce", { logits: at(logits) }).catch((error: unknown) => String(error))
    expect(await found("flat.npy")).toContain("the array is not a batch of images")
    expect(await found("none.npy")).toContain("the array is empty")
    expect(await found("whole.npy")).toContain("the logits are not floating-point numbers")
    expect(await found("absent.npy")).toContain("there is no such file")
  })

  it("does not print what is not finite", async () => {
    await save("huge.npy", new Array<number>(8).fill(3e38), [1, 2, 4])
    await save("empty.npy", new Array<number>(8).fill(0), [1, 2, 4])
    await writeFile(at("nan.mjs"), "export default () => (logits) => logits.mul(NaN).sum()\n")
    await expect(printed(`{ kind: module, path: "${at("nan.mjs")}" }`)).rejects.toMatchObject({
      kind: "numerics",
      problems: [{ found: "NaN" }],
    })
    expectClose(Number(await printed("bce", { logits: at("huge.npy"), target: at("empty.npy") })), 3e38, {
      relative: 1e-6,
    })
  })
})
