import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open } from "node:fs/promises"
import { basename, join } from "node:path"
import type { Readable } from "node:stream"
import { openPromise } from "yauzl"
import { type Failure, failure } from "../../failure/failure.ts"
import type { Wheel } from "./wheel.ts"

/** Takes the pinned members out of a wheel, streaming, and checks every byte: the wheel's hash first, then
 *  each member's size and hash.
 *  Throws Failure("environment") when anything differs from what is pinned. */
export const unpackWheel = async (
  wheel: Wheel,
  file: string,
  folder: string,
  onBytes: (bytes: number) => void,
): Promise<void> => {
  const found = await digest(createReadStream(file))
  if (found !== wheel.sha256) throw damaged(wheel.fileName, wheel.sha256, found)
  const wanted = new Map(wheel.members.map((member) => [member.path, member]))
  let done = 0
  const zip = await openPromise(file, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const member = wanted.get(entry.fileName)
    if (member === undefined) continue
    wanted.delete(entry.fileName)
    const target = join(folder, basename(member.path))
    const memberDigest = await copy(await zip.openReadStreamPromise(entry), target, (bytes) => {
      done += bytes
      onBytes(done)
    })
    if (memberDigest !== member.sha256) throw damaged(member.path, member.sha256, memberDigest)
  }
  const [missing] = wanted.keys()
  if (missing !== undefined) throw damaged(wheel.fileName, `a member ${missing}`, "none")
}

const digest = async (stream: Readable): Promise<string> => {
  const hash = createHash("sha256")
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return hash.digest("hex")
}

/** Copies to a new file, hashing on the way, and makes it durable. */
const copy = async (stream: Readable, target: string, onChunk: (bytes: number) => void): Promise<string> => {
  const hash = createHash("sha256")
  const file = await open(target, "wx")
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk)
      await file.writeFile(chunk)
      onChunk(chunk.length)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return hash.digest("hex")
}

const damaged = (what: string, expected: string, found: string): Failure =>
  failure("environment", {
    message: `${what} is not the file that losslab pins`,
    expected,
    found,
    fix: "check the package index that pip uses (pip config list); nothing was installed",
  })
