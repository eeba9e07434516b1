/** A span of time as a clock shows it: "0:07", "12:34", "1:02:03"; below nothing is nothing. */
export const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  const pad = (n: number) => String(n).padStart(2, "0")
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`
}
