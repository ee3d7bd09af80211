import { Compass } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { loadToasts, useToasts } from '../ui/toast.ts'
import { TooltipProvider } from '../ui/tooltip.tsx'
import styles from './app.module.css'
import { ErrorBoundary } from './error-boundary.tsx'
import { Loading } from './loading.tsx'
import { RegistryGate } from './registry-gate.tsx'
import { navigate, useRoute, type Route } from './router.ts'
import { useTheme, type ThemeChoice } from './theme.ts'
import { whenIdle } from './when-idle.ts'

const FlowsPage = lazy(async () => ({
  default: (await import('../flows/flows-page.tsx')).FlowsPage,
}))
const ConnectionsPage = lazy(async () => ({
  default: (await import('../connections/connections-page.tsx')).ConnectionsPage,
}))
const VariablesPage = lazy(async () => ({
  default: (await import('../variables/variables-page.tsx')).VariablesPage,
}))
const KeysPage = lazy(async () => ({
  default: (await import('../keys/keys-page.tsx')).KeysPage,
}))
const RunsPage = lazy(async () => ({
  default: (await import('../runs/runs-page.tsx')).RunsPage,
}))
const ApiDocsPage = lazy(async () => ({
  default: (await import('../api-docs/api-docs-page.tsx')).ApiDocsPage,
}))
const DesignerPage = lazy(async () => ({
  default: (await import('./designer-page.tsx')).DesignerPage,
}))

/** The whole editor. */
export function App() {
  const route = useRoute()
  const theme = useTheme(selectChoice)
  const { Toasts } = useToasts()
  // Early: what they tell may be that the server is away, and then they cannot be fetched any more.
  useEffect(() => whenIdle(() => void loadToasts().catch(() => undefined)), [])
  return (
    <TooltipProvider>
      <ErrorBoundary name="The editor">
        {route.page === 'docs' ? (
          // Whoever writes a client may read it: it needs nothing that only designers may ask for.
          <Suspense fallback={<Loading />}>
            <ApiDocsPage />
          </Suspense>
        ) : (
          <RegistryGate>
            <Suspense fallback={<Loading />}>
              <Page route={route} />
            </Suspense>
          </RegistryGate>
        )}
      </ErrorBoundary>
      {Toasts !== undefined && <Toasts theme={theme} />}
    </TooltipProvider>
  )
}

function Page({ route }: { readonly route: Exclude<Route, { page: 'docs' }> }) {
  switch (route.page) {
    case 'flows':
      return <FlowsPage />
    case 'connections':
      return <ConnectionsPage />
    case 'variables':
      return <VariablesPage />
    case 'keys':
      return <KeysPage />
    case 'runs':
      return <RunsPage query={route.query} />
    case 'designer':
      return (
        <DesignerPage
          key={route.flowId}
          flowId={route.flowId}
          isExampleRun={route.isExampleRun}
          runId={route.runId}
          comparedId={route.comparedId}
        />
      )
    case 'versions':
      // The same page, so that the flow stays open from the one to the other.
      return <DesignerPage key={route.flowId} flowId={route.flowId} view="versions" />
    case 'api':
      return <DesignerPage key={route.flowId} flowId={route.flowId} view="api" />
    case 'unknown':
      return (
        <main className={styles.centre}>
          <EmptyState
            size="page"
            icon={<Compass size={24} aria-hidden />}
            title="There is nothing at this address"
            actions={
              <Button variant="primary" onClick={() => navigate('/')}>
                Go to Flows
              </Button>
            }
          >
            “{route.path}” is no page of Millrace.
          </EmptyState>
        </main>
      )
  }
}

function selectChoice(state: { readonly choice: ThemeChoice }): ThemeChoice {
  return state.choice
}
