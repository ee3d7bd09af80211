import { CircleAlert, CircleCheck, CircleDashed, FlaskConical, Lock } from 'lucide-react'
import type { StoredConnection } from '../api/connections-api.ts'
import { Pill } from '../ui/pill.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useConnections, type TestState } from './connection-store.ts'

/** How a connection stands, as far as this window knows. */
export function ConnectionStatus({ connection }: { readonly connection: StoredConnection }) {
  const test = useConnections((state) => state.tests.get(connection.id))
  if (connection.isLocked) {
    return (
      <Pill tone="warning" icon={<Lock size={11} aria-hidden />}>
        locked
      </Pill>
    )
  }
  if (test === undefined && connection.isBuiltIn) {
    return <Pill icon={<FlaskConical size={11} aria-hidden />}>built in</Pill>
  }
  return <TestPill test={test} />
}

function TestPill({ test }: { readonly test: TestState | undefined }) {
  if (test === undefined)
    return <Pill icon={<CircleDashed size={11} aria-hidden />}>not tested</Pill>
  if (test.status === 'testing') return <Pill icon={<Spinner size={11} />}>testing</Pill>
  if (test.status === 'tested' && test.result.ok) {
    return (
      <Pill tone="ok" icon={<CircleCheck size={11} aria-hidden />}>
        works
      </Pill>
    )
  }
  return (
    <Pill tone="error" icon={<CircleAlert size={11} aria-hidden />}>
      fails
    </Pill>
  )
}
