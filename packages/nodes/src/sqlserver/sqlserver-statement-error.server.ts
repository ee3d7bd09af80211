import { FlowError, nearestName, type ErrorDetails, type SqlParameter } from '@millrace/flow'
import { chainOf } from './error-chain.ts'
import { lostError, unavailableNumbers, type SqlServerSubject } from './lost-session.ts'
import { StatementErrors } from './sqlserver-statement.server.ts'

/** A statement as a designer wrote it, and the values that were bound: none may stand in a message. */
interface SentStatement {
  readonly statement: string
  readonly parameters: readonly SqlParameter<unknown>[]
}

/** What the server said about a statement, as an error of ours with the line in the designer's text. */
export function sqlServerStatementError(
  thrown: unknown,
  sent: SentStatement,
  subject: SqlServerSubject,
): FlowError {
  if (thrown instanceof FlowError) return thrown
  const errors = (thrown instanceof StatementErrors ? thrown.errors : [thrown]).flatMap(chainOf)
  const own = errors.find((error) => error instanceof FlowError)
  if (own !== undefined) return own
  const said = errors.map(partsOf).find(({ number }) => number !== undefined)
  if (said?.number === undefined) return lostError(thrown, subject)
  const { number, line, procedure, message } = said
  if (unavailableNumbers.has(number)) return lostError(thrown, subject, number)
  const where = line === undefined ? '' : ` (line ${line})`
  const words = withoutValues(subject.withoutSecrets(message), sent.parameters)
  return new FlowError(
    'database_failed',
    `"${subject.name}" refused the statement${where}: ${words}. ${remedyFor(number, message, sent)}`,
    {
      retryable: retryableNumbers.has(number),
      details: {
        number,
        ...(line === undefined ? {} : { line }),
        ...(procedure === undefined ? {} : { procedure }),
        ...missingIn(number, message),
      },
      cause: thrown,
    },
  )
}

/** Deadlocks, lock timeouts, and conflicts of snapshots. */
const retryableNumbers = new Set([1205, 1222, 3960, 41_302, 41_305, 41_325])

/** The name that was not found, for whoever can look for near ones. */
function missingIn(number: number, message: string): ErrorDetails {
  const missingName = /'([^']*)'/.exec(message)?.[1]
  if (missingName === undefined) return {}
  if (number === 208) return { reason: 'no_table', missingName }
  return number === 207 ? { reason: 'no_column', missingName } : {}
}

function remedyFor(number: number, message: string, { parameters }: SentStatement): string {
  if (number !== 137) return remedies.get(number) ?? 'Change the statement or its values.'
  const name = /@([^"']+)/.exec(message)?.[1] ?? ''
  const nearest = nearestName(
    name,
    parameters.map((parameter) => parameter.name),
  )
  return nearest === undefined
    ? 'Add it to the parameters, or declare it in the statement.'
    : `Did you mean @${nearest}?`
}

const remedies: ReadonlyMap<number, string> = new Map([
  [102, 'Correct it at this place.'],
  [105, 'Close the quoted text.'],
  [156, 'Correct it at this place.'],
  [195, 'Check the name of the function.'],
  [207, 'Check the name of the column.'],
  [208, 'Check the name of the table, and its schema.'],
  [229, 'Let the owner of the table grant the user of the connection the right to do this.'],
  [230, 'Let the owner of the table grant the user of the connection the right to do this.'],
  [241, 'Check the values that are bound to it, and the types of its parameters.'],
  [245, 'Check the values that are bound to it, and the types of its parameters.'],
  [248, 'The number is too large for the column.'],
  [257, 'Convert the value in the statement, by CONVERT.'],
  [266, 'End the transaction in the same statement that begins it.'],
  [271, 'The database computes the column: leave it out.'],
  [272, 'The database writes the column: leave it out.'],
  [273, 'The database writes the column: leave it out.'],
  [515, 'Give the column a value.'],
  [544, 'The database numbers the column: leave it out, or choose a row that is there.'],
  [547, 'Change the values so that the rule of the table holds.'],
  [1205, 'Another transaction was in the way. Run it again.'],
  [1222, 'Another transaction holds the rows. Run it again.'],
  [2601, 'There is a row with this key already: use Insert or update row, or another key.'],
  [2627, 'There is a row with this key already: use Insert or update row, or another key.'],
  [2628, 'Shorten the value, or make the column wider.'],
  [2714, 'Choose another name, or use the table that is there.'],
  [2812, 'Check the name of the procedure, and its schema.'],
  [8102, 'The database numbers the column: leave it out, or make it a key.'],
  [8114, 'Check the values that are bound to it, and the types of its parameters.'],
  [8115, 'The number is too large for the column.'],
  [8152, 'Shorten the value, or make the column wider.'],
])

/** How the server quotes the values that it could not take. */
const quotedValues: readonly RegExp[] = [
  /(?<=value is )\(.*\)/s,
  /(?<=value:? )'.*'(?= to | overflow|\.?$)/s,
]

function withoutValues(message: string, parameters: readonly SqlParameter<unknown>[]): string {
  const unquoted = quotedValues.reduce((text, pattern) => text.replace(pattern, '…'), message)
  return parameters
    .flatMap(({ value }) => (typeof value === 'string' && value.length > 3 ? [value] : []))
    .reduce((text, value) => text.replaceAll(value, '…'), unquoted)
    .slice(0, 300)
    .replace(/\.$/, '')
}

interface ErrorParts {
  readonly number: number | undefined
  readonly line: number | undefined
  readonly procedure: string | undefined
  readonly message: string
}

/** What the driver puts beside a message: not all of its errors have it. */
type DriverError = Error & {
  readonly number?: unknown
  readonly lineNumber?: unknown
  readonly procName?: unknown
}

function partsOf({ number, lineNumber, procName, message }: DriverError): ErrorParts {
  return {
    number: typeof number === 'number' ? number : undefined,
    line: typeof lineNumber === 'number' && lineNumber > 0 ? lineNumber : undefined,
    procedure: typeof procName === 'string' && procName !== '' ? procName : undefined,
    message,
  }
}
