/** Makes each item while whoever takes them is busy with the one before: in order, and never more than one ahead.
 *  @param make is started as soon as the item before is taken; it should leave the event loop free now and then */
export async function* ahead<I, O>(
  items: Iterable<I>,
  make: (item: I) => Promise<O>,
): AsyncGenerator<O, void, undefined> {
  let coming: Promise<O> | undefined
  for (const item of items) {
    const made = coming
    coming = make(item)
    // Whoever stops early never asks for it; whoever does not still sees why it failed.
    coming.catch(() => undefined)
    if (made !== undefined) yield await made
  }
  if (coming !== undefined) yield await coming
}
