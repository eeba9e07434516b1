import { gzipSync } from "node:zlib"
import { inspect } from "../../src/commands/inspect.ts"
import { changed, good } from "../data/nifti/goodFile.ts"
import type { Scenario, Subject } from "./scenario.ts"

const inspected = (title: string, name: string, files: Scenario["files"] = {}): Scenario => ({
  title,
  command: `losslab inspect ${name}`,
  kind: "data",
  files,
  run: () => inspect(name, { json: false, out: () => undefined }),
})

/** A file of these bytes, under a name that suits them. */
const file = (title: string, bytes: Uint8Array, name = "scan.nii"): Scenario =>
  inspected(title, name, { [name]: bytes })

/** The good file after a change of its header. */
const header = (title: string, change: (view: DataView) => void): Scenario => file(title, changed(change))

const damaged = (): Uint8Array => {
  const bytes = gzipSync(good)
  bytes[bytes.length - 8]! ^= 1
  return bytes
}

export const volumes: Subject = {
  title: "NIfTI volumes",
  scenarios: [
    inspected("A volume that is absent", "scan.nii.gz"),
    inspected("A folder in place of a volume", "scans.nii", { "scans.nii/01.nii": good }),
    file("A volume by another name", good, "scan.img"),
    file("A name in capitals", good, "SCAN.NII"),
    file("A plain volume named as a compressed one", good, "scan.nii.gz"),
    file("A compressed volume named as a plain one", gzipSync(good)),
    file("A compressed volume cut short", gzipSync(good).subarray(0, -9), "scan.nii.gz"),
    file("A compressed volume with a flipped bit", damaged(), "scan.nii.gz"),
    file("A volume cut short", good.subarray(0, -1)),
    file("A volume with bytes left over", Buffer.concat([good, new Uint8Array(1)])),
    file("A text named as a volume", Buffer.from("hello ".repeat(100))),
    file("An empty volume", new Uint8Array(0)),
    header("Half of a pair", (view) => view.setUint8(345, "i".charCodeAt(0))),
    header("An ANALYZE file", (view) => view.setUint32(344, 0)),
    header("A number of dimensions that is none", (view) => view.setInt16(40, 9, true)),
    header("A side of no length", (view) => view.setInt16(44, 0, true)),
    header("A line in place of an image", (view) => view.setInt16(40, 1, true)),
    header("A series of volumes", (view) => {
      view.setInt16(40, 4, true)
      view.setInt16(48, 2, true)
    }),
    header("A volume of colours", (view) => view.setInt16(70, 128, true)),
    header("A datatype that there is not", (view) => view.setInt16(70, 999, true)),
    header("A bitpix that contradicts the datatype", (view) => view.setInt16(72, 8, true)),
    header("A spacing of zero", (view) => view.setFloat32(80, 0, true)),
    header("A unit of length that there is not", (view) => view.setUint8(123, 5)),
    header("Two spacings that contradict each other", (view) => view.setFloat32(80, 1.1, true)),
    header("Two orientations that contradict each other", (view) => view.setFloat32(280, -1, true)),
    header("An orientation that is none", (view) => view.setFloat32(256, 2, true)),
    header("An affine without an inverse", (view) => view.setFloat32(280, 0, true)),
    header("A scaling that is not finite", (view) => view.setFloat32(112, Number.POSITIVE_INFINITY, true)),
    header("Voxels that begin within the header", (view) => view.setFloat32(108, 348, true)),
    header("A volume that is too large", (view) => {
      for (const at of [42, 44, 46]) view.setInt16(at, 32767, true)
    }),
    header("A voxel that is not finite", (view) => view.setFloat32(352 + 4 * 5, Number.NaN, true)),
    header("Several faults of one header", (view) => {
      view.setInt16(70, 128, true)
      view.setFloat32(80, 0, true)
    }),
  ],
}
