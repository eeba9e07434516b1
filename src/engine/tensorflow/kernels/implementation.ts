import type * as tf from "@tensorflow/tfjs-core"
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
import type { TFEOpAttr } from "@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js"
import { attributeKind, dataType } from "../dataType.ts"

/** What a kernel does on TensorFlow. A kernel of tfjs with one output returns it bare, one of ours as a list. */
export type Implementation = (
  backend: NodeJSKernelBackend,
  inputs: tf.NamedTensorMap,
  attributes: Readonly<Record<string, number>>,
) => tf.Tensor | tf.Tensor[]

export type Implementations = Readonly<Record<string, Implementation>>

/** Attributes of TensorFlow's operations; T is float32. */
export const float = (name: string, value: number): TFEOpAttr => ({ name, type: attributeKind.FLOAT, value })
export const bool = (name: string, value: boolean): TFEOpAttr => ({ name, type: attributeKind.BOOL, value })
export const string = (name: string, value: string): TFEOpAttr => ({
  name,
  type: attributeKind.STRING,
  value,
})
export const int = (name: string, value: number | number[]): TFEOpAttr => ({
  name,
  type: attributeKind.INT,
  value,
})
const type = (name: string, value: number): TFEOpAttr => ({ name, type: attributeKind.TYPE, value })
export const T = (name = "T"): TFEOpAttr => type(name, dataType.float32)
export const int32 = (name: string): TFEOpAttr => type(name, dataType.int32)
