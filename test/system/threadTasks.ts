/** What the threads of the tests are told to do. */
export const act = (task: string): string => {
  if (task === "die") process.exit(9)
  if (task === "throw") throw new TypeError("a bug")
  while (task === "loop");
  return `${task} done`
}
