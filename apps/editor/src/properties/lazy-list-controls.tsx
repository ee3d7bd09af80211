import { lazy, Suspense } from 'react'
import type { ControlProps } from './control-props.ts'
import styles from './lazy-list-controls.module.css'

// One chunk of both: few nodes have either, and what suggests names while they are typed is large.
const load = () => import('./list-controls.ts')
const CasesControl = lazy(async () => ({ default: (await load()).CasesControl }))
const NamedValuesControl = lazy(async () => ({ default: (await load()).NamedValuesControl }))

export function LazyCasesControl(props: ControlProps<'cases'>) {
  return (
    <Suspense fallback={<div className={styles.standIn} aria-busy />}>
      <CasesControl {...props} />
    </Suspense>
  )
}

export function LazyNamedValuesControl(props: ControlProps<'namedValues'>) {
  return (
    <Suspense fallback={<div className={styles.standIn} aria-busy />}>
      <NamedValuesControl {...props} />
    </Suspense>
  )
}
