import { cpus, loadavg } from "node:os"

/** What a reader must know of the machine to repeat a measurement.
 *  @param versions of the programs that are compared */
export const machineOf = (versions: Readonly<Record<string, string>>) => ({
  cpu: `${cpus()[0]?.model ?? "unknown"} x ${cpus().length}`,
  load: loadavg()[0]!,
  node: process.version,
  ...versions,
})
