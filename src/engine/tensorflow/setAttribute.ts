import type { TFEOpAttr } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import { attributeKind, textBytes } from "./dataType.ts"
import { dims } from "./status.ts"

/** The C API's functions that set an attribute, of an operation to run or of one to add to a graph. */
export interface AttributeSetters<P> {
  readonly type: (operation: P, name: string, value: number) => void
  readonly bool: (operation: P, name: string, value: number) => void
  readonly float: (operation: P, name: string, value: number) => void
  readonly int: (operation: P, name: string, value: number) => void
  readonly intList: (operation: P, name: string, values: BigInt64Array, count: number) => void
  readonly string: (operation: P, name: string, value: Uint8Array, bytes: number) => void
  readonly shape: (operation: P, name: string, dims: BigInt64Array, rank: number, title: string) => void
}

/** Sets an attribute of tfjs-node's kernels.
 *  @param title TensorFlow's name of the operation, for errors */
export const setAttribute = <P>(
  set: AttributeSetters<P>,
  operation: P,
  title: string,
  { name, type, value }: TFEOpAttr,
): void => {
  if (type === attributeKind.TYPE) set.type(operation, name, value as number)
  else if (type === attributeKind.BOOL) set.bool(operation, name, value ? 1 : 0)
  else if (type === attributeKind.FLOAT) set.float(operation, name, value as number)
  else if (type === attributeKind.INT) {
    if (Array.isArray(value)) set.intList(operation, name, dims(value), value.length)
    else set.int(operation, name, value as number)
  } else if (type === attributeKind.STRING) {
    const bytes = textBytes(value)
    set.string(operation, name, bytes, bytes.length)
  } else if (type === attributeKind.SHAPE) {
    const shape = value as number[]
    set.shape(operation, name, dims(shape), shape.length, title)
  } else throw new Error(`attribute ${name} of ${title} has a kind that is not supported: ${type}`)
}
