import type { ImportText } from './read-import.ts'

/** The texts of what was dropped or pasted: those of its files, or the text itself. */
export function droppedTexts(data: DataTransfer): Promise<readonly ImportText[]> {
  // At once: the list of files is gone when the event is over.
  const files = [...data.files]
  if (files.length > 0) return textsOfFiles(files)
  const text = data.getData('text/plain')
  return Promise.resolve(text.trim() === '' ? [] : [{ name: undefined, text }])
}

/** The texts of files, under their names. */
export function textsOfFiles(files: Iterable<File>): Promise<readonly ImportText[]> {
  return Promise.all(
    Array.from(files, async (file) => ({ name: file.name, text: await file.text() })),
  )
}
