import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'

/**
 * Several controls in one field: none of them takes the field's name or its validity, since what is
 * wrong with one is not wrong with the others.
 */
export function FieldScope({ children }: { readonly children: ReactNode }) {
  return <Base.Root render={<div style={{ display: 'contents' }} />}>{children}</Base.Root>
}
