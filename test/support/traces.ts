import { expect } from "vitest"
import type { Profile, TraceEvent } from "../../src/pipeline/profile/profile.ts"

export type Span = Extract<TraceEvent, { ph: "X" }>

export const spansOf = ({ traceEvents }: Profile): readonly Span[] =>
  traceEvents.filter((event) => event.ph === "X")

/** Nanoseconds: what numbers in microseconds since the start are good for. */
const tolerance = 1e-3

/** What a viewer of Chrome's trace event format asks of a trace: names for every track, spans with a start and a
 *  length, and on each track only spans that lie within one another. */
export const expectValidTrace = (profile: Profile): void => {
  const named = new Set(
    profile.traceEvents.flatMap((event) =>
      event.ph === "M" && event.name === "thread_name" ? [`${event.pid}/${event.tid}`] : [],
    ),
  )
  const spans = spansOf(profile)
  expect(spans.length).toBeGreaterThan(0)
  for (const { name, pid, tid, ts, dur } of spans) {
    expect(name).not.toBe("")
    expect(named).toContain(`${pid}/${tid}`)
    expect(ts).toBeGreaterThanOrEqual(0)
    expect(dur).toBeGreaterThanOrEqual(0)
  }
  for (const track of named) {
    const own = spans.filter(({ pid, tid }) => `${pid}/${tid}` === track)
    const ends: number[] = []
    for (const { name, ts, dur } of own.sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
      while (ends.length > 0 && ends.at(-1)! <= ts + tolerance) ends.pop()
      if (ends.length > 0) expect(ts + dur, `end of ${name}`).toBeLessThanOrEqual(ends.at(-1)! + tolerance)
      ends.push(ts + dur)
    }
  }
}
