/** What came of testing a connection; `message` is for the designer. */
export interface ConnectionTest {
  readonly ok: boolean
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}
