/** Whether it is an error that Node.js names so: `ENOENT`, say. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
