/** The mark of a line that begins a block of code, where it is one. */
export function fenceOf(line: string): string | undefined {
  return /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
}

/** Whether a line ends the block of code that a mark began. */
export function endsFence(line: string, fence: string): boolean {
  const mark = line.trim()
  return fenceOf(line) === mark && mark.startsWith(fence)
}
