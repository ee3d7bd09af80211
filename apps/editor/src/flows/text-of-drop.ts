/** The text of what was dropped: a file's, or the dragged text itself. */
export async function textOfDrop(data: DataTransfer): Promise<string> {
  const [file] = data.files
  return file === undefined ? data.getData('text/plain') : file.text()
}
