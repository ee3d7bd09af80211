import { FlowError, type ConnectionDefinition } from '@millrace/flow'
import type { Principal } from '../access/principal.ts'
import { splitFields } from '../connections/connection-fields.ts'
import type { FindVariableUses } from './variable-uses.ts'
import { isTextWithVariables } from './resolve-fields.ts'

/*
 * Secrets go where the operator in person points them. A program that designs may make connections of
 * its own secrets, and can neither send those of others elsewhere nor take them to its own addresses.
 */

/** Throws `forbidden` for a program that would give a variable which decides where secrets go. */
export async function expectMayChange(
  principal: Principal,
  { name, findUses }: { readonly name: string; readonly findUses: FindVariableUses },
): Promise<void> {
  if (principal.kind !== 'key') return
  const uses = (await findUses()).get(name) ?? []
  const guided = uses.find(({ guidesSecrets }) => guidesSecrets)
  if (guided === undefined) return
  throw new FlowError(
    'forbidden',
    `The variable "${name}" decides where the connection "${guided.name}" sends its secrets, so no API key may change it. Sign in to the editor and change it on the page Variables.`,
    { details: { variable: name, connection: guided.id } },
  )
}

/** Throws `forbidden` for a program that would put a variable into a secret field of a connection. */
export function expectOwnSecrets(
  principal: Principal,
  {
    definition,
    fields,
  }: {
    /** `undefined` for a kind that there is not, which is refused elsewhere. */
    readonly definition: ConnectionDefinition | undefined
    readonly fields: Readonly<Record<string, unknown>>
  },
): void {
  if (principal.kind !== 'key' || definition === undefined) return
  for (const [place, text] of splitFields(definition, fields).secrets) {
    if (!isTextWithVariables(text)) continue
    throw new FlowError(
      'forbidden',
      `No API key may put a variable into the secret "${place}" of a connection: it would take the variable's value to an address of its choice. Sign in to the editor and enter it there.`,
      { property: `fields.${place}` },
    )
  }
}
