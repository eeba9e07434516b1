import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { cp } from "node:fs/promises"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { beforeAll, describe, expect, it } from "vitest"
import { spacingAffine } from "../../src/data/nifti/orientation.ts"
import { writeNiftiFile } from "../../src/data/nifti/writeNifti.ts"
import { phantomSource } from "../../src/data/phantom/phantomSource.ts"
import { cli, type Ended } from "../support/cli.ts"
import { phantom, sharedFolder, sweepOfEpochs } from "../support/experimentFiles.ts"

const folder = sharedFolder()
const at = (...path: readonly string[]) => join(folder.path, ...path)

/** A sound dataset of five training patients and one test patient, in the published layout. */
let sound: string
beforeAll(async () => {
  const source = phantomSource({
    train: 5,
    test: 1,
    slices: 2,
    rows: 32,
    columns: 46,
    seed: 1,
    cacheFolder: at("sound"),
  })
  await source.read("microUS_train_01")
  const [cache] = readdirSync(at("sound"))
  sound = at("sound", cache!)
})

const run = (data: string, split = "{}"): Promise<Ended> => {
  const source = `{ kind: microUltrasound, folder: ${data}, train: 5, test: 1 }`
  folder.write("tiny.yaml", sweepOfEpochs(1, 2).replace(phantom, `${source}\n  split: ${split}`))
  return cli(folder.path, ["run", "tiny.yaml", "--out", `runs/${data}`, "--backend", "javascript"])
}

/** A copy of the sound dataset, and the way to the file of a kind and patient in it. */
const copied = async (name: string): Promise<(kind: string, patient: string) => string> => {
  await cp(sound, at(name), { recursive: true })
  return (kind, patient) => {
    const end = `_${patient}.nii.gz`
    const files = readdirSync(at(name), { recursive: true, encoding: "utf8" })
    return at(name, files.find((file) => file.includes(`train/${kind}/`) && file.endsWith(end))!)
  }
}

const expectNoTrace = ({ stderr }: Ended): void => expect(stderr).not.toContain("    at ")

describe("run, given data that cannot be used", () => {
  it("says where the data are published when their folder is absent, and makes no run directory of it", async () => {
    const ended = await run("nowhere")
    expect(ended).toMatchObject({ code: 3, stdout: "" })
    expect(ended.stderr).toContain(`${at("nowhere")}  `)
    expect(ended.stderr).toContain("Zenodo, record 10475293")
    expect(readdirSync(folder.path)).not.toContain("runs")
    expectNoTrace(ended)
  })

  it("names the patient whose mask is missing", async () => {
    const file = await copied("incomplete")
    rmSync(file("expert_annotations", "02"))
    const ended = await run("incomplete")
    expect(ended).toMatchObject({ code: 3, stdout: "" })
    expect(ended.stderr).toMatch(
      /train\/expert_annotations {2}expert_annotations has no file for patients? 2\n/,
    )
    expectNoTrace(ended)
  })

  it("names every line of a split file that does not fit the data, before any training", async () => {
    await copied("split")
    folder.write(
      "split.csv",
      "patient,split\nmicroUS_tran_01,train\nmicroUS_test_01,test\nmicroUS_train_02,val\n",
    )
    const ended = await run("split", "{ file: split.csv }")
    expect(ended).toMatchObject({ code: 3, stdout: "" })
    for (const said of [
      `${at("split.csv")}:2:1  the data have no patient microUS_tran_01\n`,
      "did you mean `microUS_train_01`?",
      `${at("split.csv")}:4:18  this is no split\n`,
      "did you mean `validation`?",
      "2 problems",
    ])
      expect(ended.stderr).toContain(said)
    expectNoTrace(ended)
  })

  it("names every fault of every file at once, before any training, and still reports", async () => {
    const file = await copied("damaged")
    const geometry = { shape: [3, 2, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) } as const
    const faults: Record<string, string> = {}

    faults.shape = file("expert_annotations", "01")
    await writeNiftiFile(faults.shape, { geometry, datatype: "uint8", voxels: new Uint8Array(12) })

    faults.labels = file("expert_annotations", "02")
    const mask = gunzipSync(readFileSync(faults.labels))
    mask.fill(7, mask.length - 9)
    writeFileSync(faults.labels, gzipSync(mask))

    faults.truncated = file("micro_ultrasound_scans", "03")
    writeFileSync(faults.truncated, readFileSync(faults.truncated).subarray(0, -200))

    faults.crc = file("micro_ultrasound_scans", "04")
    const bytes = readFileSync(faults.crc)
    bytes[bytes.length - 6]! ^= 1
    writeFileSync(faults.crc, bytes)

    faults.bomb = file("micro_ultrasound_scans", "05")
    const header = gunzipSync(readFileSync(faults.bomb))
    writeFileSync(faults.bomb, gzipSync(Buffer.concat([header, Buffer.alloc(100_000_000)])))

    const ended = await run("damaged")
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({
      code: 3,
      stdout: "runs/damaged/report/index.html\n",
    })
    for (const [name, path] of Object.entries(faults)) expect(ended.stderr, name).toContain(path)
    for (const patient of ["01", "02", "03", "04", "05"])
      expect(ended.stderr).toContain(`case microUS_train_${patient}`)
    expect(ended.stderr).toContain("\ncells epochs=1, epochs=2 failed:\n")
    expect(ended.stderr.split("the mask holds more than 0 and one other value\n  at:")).toHaveLength(2)
    expect(ended.stderr).toContain("2 of 2 cells failed")
    expectNoTrace(ended)

    const cells = readdirSync(at("runs/damaged/cells"))
    expect(cells).toHaveLength(2)
    for (const cell of cells) {
      const { kind, problems } = JSON.parse(
        readFileSync(at("runs/damaged/cells", cell, "failure.json"), "utf8"),
      )
      expect(kind).toBe("data")
      expect(problems.length).toBeGreaterThanOrEqual(5)
    }
    expect(readFileSync(at("runs/damaged/journal.jsonl"), "utf8")).not.toContain('"started"')
    expect(readFileSync(at("runs/damaged/report/index.html"), "utf8")).toContain(faults.crc)
  })
})
