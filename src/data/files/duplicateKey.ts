/** The first key that an object in the text has twice, or null. JSON.parse would silently keep the last.
 *  @param json valid JSON */
export const duplicateKey = (json: string): string | null => {
  const objects: Set<string>[] = []
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}:]/g) ?? []
  for (const [i, token] of tokens.entries()) {
    if (token === "{") objects.push(new Set())
    else if (token === "}") objects.pop()
    else if (token !== ":" && tokens[i + 1] === ":") {
      const key = JSON.parse(token) as string
      const keys = objects.at(-1)!
      if (keys.has(key)) return key
      keys.add(key)
    }
  }
  return null
}
