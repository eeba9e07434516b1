import * as tf from "@tensorflow/tfjs-core"
import { NotTraceable } from "./tensorflow/notTraceable.ts"

/** Tensors taken out of a value of nested records and arrays. */
export interface Structure {
  /** In the order of keys and indices. */
  readonly tensors: readonly tf.Tensor[]
  /** All but the contents of the tensors: shapes, types, options, names. Equal keys, equal functions. A record without
   *  anything in it does not count: checkpoints do not keep such branches. */
  readonly key: string
  /** The value once more, around other tensors in the same order. */
  readonly around: (tensors: readonly tf.Tensor[]) => unknown
}

/** Takes a value apart. Booleans, texts, null and undefined are options and become part of the key.
 *  Throws NotTraceable for a number, and TypeError for what is none of these (a function, a class' instance).
 *  @param path what the value is called in errors */
export const structureOf = (value: unknown, path: string): Structure => {
  if (value instanceof tf.Tensor)
    return {
      tensors: [value],
      key: `${value.dtype}[${value.shape.join()}]`,
      around: ([tensor]) => tensor,
    }
  if (typeof value === "object" && value !== null && (Array.isArray(value) || isPlain(value))) {
    const entries = Object.entries(value)
    const [open, close] = Array.isArray(value) ? "[]" : "{}"
    const parts = entries.map(([name, part]) => structureOf(part, path === "" ? name : `${path}.${name}`))
    return {
      tensors: parts.flatMap(({ tensors }) => tensors),
      key: `${open}${entries.flatMap(([name], i) => (parts[i]!.key === "{}" ? [] : [`${JSON.stringify(name)}:${parts[i]!.key}`])).join()}${close}`,
      around: (tensors) => {
        let from = 0
        const rebuilt = parts.map((part) => {
          const own = tensors.slice(from, from + part.tensors.length)
          from += own.length
          return part.around(own)
        })
        return Array.isArray(value)
          ? rebuilt
          : Object.fromEntries(entries.map(([name], i) => [name, rebuilt[i]]))
      },
    }
  }
  if (typeof value === "number" || typeof value === "bigint") throw NotTraceable.hostNumber(path, value)
  if (value === null || ["undefined", "boolean", "string"].includes(typeof value))
    return { tensors: [], key: JSON.stringify(value) ?? "undefined", around: () => value }
  throw new TypeError(`${path} is ${typeof value}: neither a tensor nor a record, a list or an option`)
}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype
