/** An event of Chrome's trace event format: a name of a process or thread ("M"), or a span ("X").
 *  https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
export type TraceEvent =
  | {
      readonly ph: "M"
      readonly name: "process_name" | "process_sort_index" | "thread_name" | "thread_sort_index"
      readonly pid: number
      readonly tid: number
      readonly args: Readonly<Record<string, string | number>>
    }
  | {
      readonly ph: "X"
      readonly name: string
      readonly cat: "span" | "operation"
      readonly pid: number
      readonly tid: number
      /** Microseconds since the process began. */
      readonly ts: number
      /** Microseconds. */
      readonly dur: number
      readonly args?: Readonly<Record<string, string>>
    }

/** What all spans, or all operations, of one name took together. */
export interface ProfileTotal {
  readonly name: string
  readonly count: number
  readonly milliseconds: number
}

/** profile.json: Chrome's trace event format, and the sums of it, which also cover the spans that are not listed. */
export interface Profile {
  readonly traceEvents: readonly TraceEvent[]
  readonly displayTimeUnit: "ms"
  readonly otherData: {
    readonly cell: string
    /** Of the cell's evaluation. */
    readonly key: string
    readonly engine: string
    /** From the start of the process, without what profiling itself took. */
    readonly seconds: number
    readonly spans: readonly ProfileTotal[]
    readonly trainingStep: readonly ProfileTotal[]
    readonly forwardPass: readonly ProfileTotal[]
    /** What the trace lacks, and why. */
    readonly notes: readonly string[]
  }
}
