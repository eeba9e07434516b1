import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readNifti } from "../src/data/nifti/readNifti.ts"
import { writeNiftiFile } from "../src/data/nifti/writeNifti.ts"
import { assertSame } from "./assertSame.ts"
import { benchArguments } from "./benchArguments.ts"
import { type LoadTimes, loadTimes } from "./loadTimes.ts"
import { machineOf } from "./machine.ts"
import { type Peer, startPeer } from "./peer.ts"
import { printResult } from "./printResult.ts"
import { scanOf } from "./scan.ts"
import { markdownTable, spreadText } from "./table.ts"
import { alternate, type Comparison, milliseconds, peerCalls } from "./timing.ts"

const volumes = [
  { name: "uint8", datatype: "uint8", shape: [300, 400, 40] },
  { name: "float32", datatype: "float32", shape: [300, 400, 40] },
  { name: "micro-ultrasound", datatype: "uint8", shape: [1372, 962, 30] },
] as const

const endings = [".nii", ".nii.gz"] as const

interface Result extends Comparison {
  readonly name: string
  readonly shape: readonly number[]
  readonly datatype: string
  readonly ending: string
  readonly megabytes: number
}

const timeFile = async (
  volume: (typeof volumes)[number],
  ending: string,
  peer: Peer,
  { folder, rounds }: { readonly folder: string; readonly rounds: number },
): Promise<Result> => {
  const file = join(folder, `${volume.name}${ending}`)
  await writeNiftiFile(file, scanOf(volume.shape, volume.datatype))
  const { mean } = await peer.ask<{ mean: number }>({ prepare: file })
  const { voxels } = await readNifti(file)
  let sum = 0
  for (const value of voxels) sum += value
  assertSame(`${volume.name}${ending}`, "mean", sum / voxels.length, mean, 1e-9)
  return {
    ...volume,
    ending,
    megabytes: (await stat(file)).size / 1e6,
    ...(await alternate(
      milliseconds(() => readNifti(file)),
      peerCalls(peer),
      { rounds, callsPerTurn: 2 },
    )),
  }
}

const table = (results: readonly Result[]): string =>
  markdownTable(
    ["file", "MB", "losslab, ms", "nibabel, ms", "ratio"],
    results.map(({ shape, datatype, ending, megabytes, losslab, peer, ratio }) => [
      `${shape.join(" x ")} ${datatype}, ${ending}`,
      megabytes.toFixed(1),
      spreadText(losslab, 1),
      spreadText(peer, 1),
      spreadText(ratio, 2),
    ]),
  )

const loadTable = (times: LoadTimes): string =>
  markdownTable(
    ["load of experiments/adaptive.yaml", "ms"],
    Object.entries(times).map(([part, ms]) => [part, ms.toFixed(0)]),
  )

/** Times reading NIfTI files, with every check, against nibabel's np.asarray(image.dataobj), in turns; then says what
 *  the stage `load` of the shipped experiment spends its time on.
 *  npm run bench -- loader [--json] [--quick] [--rounds N] [VOLUME...] */
export const loader = async (args: readonly string[]): Promise<void> => {
  const { json, quick, numbers, names } = benchArguments(
    "loader",
    args,
    { rounds: 8 },
    volumes.map(({ name }) => name),
  )
  const peer = await startPeer("loader.py")
  const folder = await mkdtemp(join(tmpdir(), "losslab-bench-"))
  try {
    const results: Result[] = []
    for (const volume of volumes.filter(({ name }) => names.includes(name)))
      for (const ending of endings)
        results.push(await timeFile(volume, ending, peer, { folder, rounds: quick ? 2 : numbers.rounds }))
    const load = await loadTimes()
    const note = "minimum, median (quartiles) of all calls, in turns; ratios above 1: losslab is slower"
    printResult(json, `${table(results)}\n${note}\n\n${loadTable(load)}`, {
      machine: machineOf(peer.versions),
      results,
      load,
    })
  } finally {
    peer.end()
    await rm(folder, { recursive: true, force: true })
  }
}
