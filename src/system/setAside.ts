import { rename, stat } from "node:fs/promises"

/** Renames a damaged file or folder to the first free `<path>.corrupt-<n>`, which is returned. */
export const setAside = async (path: string): Promise<string> => {
  for (let i = 1; ; i++) {
    const name = `${path}.corrupt-${i}`
    const free = await stat(name).then(
      () => false,
      () => true,
    )
    if (!free) continue
    await rename(path, name)
    return name
  }
}
