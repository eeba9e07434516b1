import { relu } from "../tensor/ops/relu.ts"
import { branch } from "./branch.ts"
import { conv } from "./conv.ts"
import { norm, type StatefulLayer } from "./norm.ts"

/** 3 x 3 convolution, batch norm, ReLU. Leaves: kernel, scale, offset; state: mean, variance.
 *  Without batch norm: kernel, bias. */
const convUnit = (from: number, to: number, batchNorm: boolean): StatefulLayer => {
  const linear = conv(3, from, to, { bias: !batchNorm })
  if (!batchNorm)
    return {
      params: linear.params,
      state: {},
      apply: (params, state, x) => ({ y: relu(linear.apply(params, x)), state }),
    }
  const { params, state, apply } = norm(to)
  return {
    params: { ...linear.params, ...params },
    state,
    apply: (params, state, x, training) => {
      const normal = apply(params, state, linear.apply(params, x), training)
      return { y: relu(normal.y), state: normal.state }
    },
  }
}

/** Two convolution units: [B, H, W, from] to [B, H, W, to]. Leaves below conv1 and conv2. */
export const convBlock = (
  from: number,
  to: number,
  options: { readonly batchNorm: boolean },
): StatefulLayer => {
  const first = convUnit(from, to, options.batchNorm)
  const second = convUnit(to, to, options.batchNorm)
  return {
    params: { conv1: first.params, conv2: second.params },
    state: { conv1: first.state, conv2: second.state },
    apply: (params, state, x, training) => {
      const half = first.apply(branch(params, "conv1"), branch(state, "conv1"), x, training)
      const whole = second.apply(branch(params, "conv2"), branch(state, "conv2"), half.y, training)
      return { y: whole.y, state: { conv1: half.state, conv2: whole.state } }
    },
  }
}
