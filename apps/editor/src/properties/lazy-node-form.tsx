import { lazy, Suspense } from 'react'
import type { NodeFormProps } from './node-form.tsx'

/** Fetches the form of a node. */
export const loadNodeForm = async () => ({ default: (await import('./node-form.tsx')).NodeForm })

const Form = lazy(loadNodeForm)

/** The form of the selected node, fetched while the canvas is looked at first. */
export function LazyNodeForm(props: NodeFormProps) {
  return (
    <Suspense>
      <Form {...props} />
    </Suspense>
  )
}
