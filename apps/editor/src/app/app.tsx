import { Compass } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Toaster } from 'sonner'
import { ConnectionsPage } from '../connections/connections-page.tsx'
import { FlowsPage } from '../flows/flows-page.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TooltipProvider } from '../ui/tooltip.tsx'
import styles from './app.module.css'
import { ErrorBoundary } from './error-boundary.tsx'
import { navigate, useRoute, type Route } from './router.ts'
import { useTheme, type ThemeChoice } from './theme.ts'

const DesignerPage = lazy(async () => ({
  default: (await import('./designer-page.tsx')).DesignerPage,
}))

/** The whole editor. */
export function App() {
  const route = useRoute()
  const theme = useTheme(selectChoice)
  return (
    <TooltipProvider>
      <ErrorBoundary name="The editor">
        <Suspense fallback={<Loading />}>
          <Page route={route} />
        </Suspense>
      </ErrorBoundary>
      <Toaster theme={theme} position="bottom-center" className={styles.toaster ?? ''} />
    </TooltipProvider>
  )
}

function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'flows':
      return <FlowsPage />
    case 'connections':
      return <ConnectionsPage />
    case 'designer':
      return (
        <DesignerPage key={route.flowId} flowId={route.flowId} isExampleRun={route.isExampleRun} />
      )
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

function Loading() {
  return (
    <main className={styles.centre} aria-busy>
      <h1 className={styles.loading}>
        <Spinner /> Loading the designer…
      </h1>
    </main>
  )
}

function selectChoice(state: { readonly choice: ThemeChoice }): ThemeChoice {
  return state.choice
}
