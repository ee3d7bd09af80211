import { lazy, Suspense } from 'react'
import { whenIdle } from '../app/when-idle.ts'

const Settings = lazy(async () => {
  await new Promise<void>((resolve) => whenIdle(resolve))
  return { default: (await import('./flow-settings-form.tsx')).FlowSettingsForm }
})

/** The settings of the flow. They stand beside a flow that was just opened, and come after it. */
export function LazyFlowSettings() {
  return (
    <Suspense>
      <Settings />
    </Suspense>
  )
}
