import { createHash } from "node:crypto"
import type { Json } from "../config/json.ts"

/** JSON with sorted keys and no white space: one text per value. */
export const canonicalJson = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`
  if (typeof value === "object" && value !== null) {
    const record = value as Readonly<Record<string, Json>>
    const fields = Object.keys(record).sort()
    return `{${fields.map((name) => `${JSON.stringify(name)}:${canonicalJson(record[name]!)}`).join(",")}}`
  }
  return JSON.stringify(value)
}

/** sha256 in hex of bytes, text, or JSON in canonical form. */
export const hashOf = (value: Json | Uint8Array): string =>
  createHash("sha256")
    .update(value instanceof Uint8Array ? value : canonicalJson(value))
    .digest("hex")
