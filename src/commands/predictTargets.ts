import { lstat, realpath } from "node:fs/promises"
import { dirname, join } from "node:path"
import { failure } from "../failure/failure.ts"

/** How many of the files that are in the way are named. */
const mostNamed = 5

/** Sees that writing the targets replaces no image, whatever links lead to it, and no other file unless that is asked
 *  for: a reference drawn by hand may bear its image's name, too. Throws Failure("usage"). */
export const assertTargets = async (
  images: readonly string[],
  targets: readonly string[],
  { out, overwrite }: { readonly out: string; readonly overwrite: boolean },
): Promise<void> => {
  await assertApart(images, targets, out)
  if (overwrite) return
  const there = await present(targets, (target) => lstat(target))
  if (there.length === 0) return
  const named = there.slice(0, mostNamed).map(([target]) => target)
  const more = there.length - named.length
  throw failure("usage", {
    message: "the predictions would replace files that are there",
    file: out,
    found: [...named, ...(more > 0 ? [`${more} more`] : [])].join(", "),
    fix: "choose another folder, or give --overwrite to replace them",
  })
}

/** A prediction has its image's name, and must not take its place. */
const assertApart = async (
  images: readonly string[],
  targets: readonly string[],
  out: string,
): Promise<void> => {
  const refuse = (file: string, found?: string) =>
    failure("usage", {
      message: "the predictions would overwrite the images",
      file,
      ...(found === undefined ? {} : { found }),
      fix: "choose another folder than that of the images with --out",
    })
  const own = await realpath(dirname(images[0]!))
  for (const [folder, real] of await present([out, join(out, "probabilities")], realpath))
    if (real === own) throw refuse(folder)
  const imageAt = new Map((await present(images, realpath)).map(([image, real]) => [real, image]))
  for (const [target, real] of await present(targets, realpath)) {
    const image = imageAt.get(real)
    if (image !== undefined) throw refuse(target, `it is the file of ${image}`)
  }
}

/** The paths that are there, each with what is found out about it. */
const present = async <A>(
  paths: readonly string[],
  find: (path: string) => Promise<A>,
): Promise<readonly (readonly [path: string, found: A])[]> => {
  const found: (readonly [string, A])[] = []
  for (const path of paths) {
    const one = await find(path).catch(() => null)
    if (one !== null) found.push([path, one])
  }
  return found
}
