import type { OperationTime } from "../../engine/tensorflow/stepStats.ts"
import type { TraceEvent } from "./profile.ts"

/** The operations of one run as a process of its own in the trace. TensorFlow does not say which of its threads ran
 *  an operation, so those that overlap lie on lanes of their own, as few as it takes; TensorFlow's own
 *  timeline does the same.
 *  @param pid number of that process   @param name what it is called
 *  @param endMicros when the run ended, on the trace's clock: TensorFlow's is another one */
export const operationEvents = (
  operations: readonly OperationTime[],
  { pid, name, endMicros }: { readonly pid: number; readonly name: string; readonly endMicros: number },
): readonly TraceEvent[] => {
  const ends: number[] = []
  const placed = [...operations]
    .sort((a, b) => a.startMicros - b.startMicros)
    .map((one) => {
      const free = ends.findIndex((end) => end <= one.startMicros)
      const thread = free < 0 ? ends.length : free
      ends[thread] = one.startMicros + one.micros
      return { ...one, tid: thread + 1 }
    })
  const last = Math.max(...ends)
  return [
    { ph: "M", name: "process_name", pid, tid: 0, args: { name } },
    { ph: "M", name: "process_sort_index", pid, tid: 0, args: { sort_index: pid } },
    ...ends.map(
      (_, i): TraceEvent => ({
        ph: "M",
        name: "thread_name",
        pid,
        tid: i + 1,
        args: { name: `TensorFlow lane ${i + 1}` },
      }),
    ),
    ...placed.map(
      ({ name, operation, startMicros, micros, tid }): TraceEvent => ({
        ph: "X",
        name: plainName(operation),
        cat: "operation",
        pid,
        tid,
        ts: startMicros - last + endMicros,
        dur: micros,
        args: { name, operation },
      }),
    ),
  ]
}

/** "Conv2D" of "_MklNativeConv2D", which oneDNN's kernel of it is called. */
export const plainName = (operation: string): string => operation.replace(/^_Mkl(Native)?/, "")
