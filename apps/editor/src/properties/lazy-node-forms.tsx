import type { FlowNode } from '@millrace/flow'
import { lazy, Suspense } from 'react'
import type { NodeFormProps } from './node-form.tsx'

/** Fetches the forms of nodes. */
export const loadNodeForms = () => import('./node-forms.ts')

const One = lazy(async () => ({ default: (await loadNodeForms()).NodeForm }))
const Several = lazy(async () => ({ default: (await loadNodeForms()).SeveralForm }))

/** The form of the selected node, fetched while the canvas is looked at first. */
export function LazyNodeForm(props: NodeFormProps) {
  return (
    <Suspense>
      <One {...props} />
    </Suspense>
  )
}

/** The form of all selected nodes. */
export function LazySeveralForm(props: { readonly nodes: readonly FlowNode[] }) {
  return (
    <Suspense>
      <Several {...props} />
    </Suspense>
  )
}
