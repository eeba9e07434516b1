/** Prints what was measured: the table, or one JSON object that has the table beside the numbers. */
export const printResult = (json: boolean, table: string, result: object): void => {
  process.stdout.write(json ? `${JSON.stringify({ ...result, table })}\n` : table)
}
