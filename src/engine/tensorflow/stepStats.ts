/** What one operation of a profiled run took. */
export interface OperationTime {
  /** The node's name in the graph as TensorFlow rewrote it. */
  readonly name: string
  /** TensorFlow's operation, "Conv2D". */
  readonly operation: string
  /** Since some time in the past, the same for all of a run. */
  readonly startMicros: number
  readonly micros: number
  /** Of TensorFlow's, as the system numbers it. */
  readonly thread: number
}

type Field = readonly [number: number, value: number | Uint8Array]

/** The fields of a protocol buffer message, one after the other: varints and lengths. Fixed numbers, of which there are
 *  none that we want, are passed over. */
function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0
  const varint = (): number => {
    // Numbers above 2^53 (none here that matters) lose their last digits.
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const field = tag >>> 3
    switch (tag & 7) {
      case 0:
        yield [field, varint()]
        break
      case 1:
        at += 8
        break
      case 2: {
        const length = varint()
        yield [field, bytes.subarray(at, at + length)]
        at += length
        break
      }
      case 5:
        at += 4
        break
      default:
        throw new Error(`a protocol buffer's field ${field} has the wire type ${tag & 7}`)
    }
  }
}

const within = (bytes: Uint8Array, field: number): Uint8Array[] =>
  [...fieldsOf(bytes)].flatMap(([number, value]) =>
    number === field && value instanceof Uint8Array ? [value] : [],
  )

const text = (bytes: unknown): string => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : "")

/** The operations of tensorflow.RunMetadata's step_stats (tensorflow/core/framework/step_stats.proto). */
export const operationTimes = (runMetadata: Uint8Array): OperationTime[] =>
  within(runMetadata, 1)
    .flatMap((stepStats) => within(stepStats, 1))
    .flatMap((device) => within(device, 2))
    .map((node) => {
      const fields = new Map(fieldsOf(node))
      const number = (field: number) => (fields.get(field) ?? 0) as number
      const label = text(fields.get(8)) // "name = Operation(inputs)"
      return {
        name: text(fields.get(1)),
        operation: /= ([^(]+)\(/.exec(label)?.[1] ?? label,
        startMicros: number(2) + number(3),
        micros: number(4) - number(3),
        thread: number(10),
      }
    })
