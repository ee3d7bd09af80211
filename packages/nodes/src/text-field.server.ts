import { revealed, type Connection } from '@millrace/engine'

/** A field of a connection in clear, without the blanks around it; `undefined` when it is empty. */
export function textField({ fields }: Connection, key: string): string | undefined {
  const value = revealed(fields[key])
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
