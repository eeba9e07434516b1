import type { InstallProgress } from "./install.ts"

/** process.stderr, or what stands in for it. */
export interface Terminal {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const words = { downloading: "downloading TensorFlow", unpacking: "unpacking TensorFlow" } as const

/** Shows an installation: one live line on a terminal; a line per quarter elsewhere, so that a log stays short. */
export const installProgress = (
  terminal: Terminal,
): { readonly show: (progress: InstallProgress) => void; readonly end: () => void } => {
  let shown = ""
  const megabytes = (bytes: number) => Math.round(bytes / 1e6)
  return {
    show: ({ phase, bytes, total }) => {
      const percent = Math.floor((100 * bytes) / total)
      const step = terminal.isTTY ? percent : percent - (percent % 25)
      const key = `${phase} ${step}`
      if (key === shown) return
      shown = key
      const text = `${words[phase]}: ${step} % of ${megabytes(total)} MB`
      terminal.write(terminal.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
    },
    end: () => {
      if (terminal.isTTY && shown !== "") terminal.write("\r\u001b[K")
    },
  }
}
