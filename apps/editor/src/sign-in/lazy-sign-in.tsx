import { lazy, Suspense } from 'react'
import { useSession } from '../api/session-state.ts'
import { Loading } from '../app/loading.tsx'
import { FetchedPart } from '../ui/fetched-part.tsx'

const SignInPage = lazy(async () => ({
  default: (await import('./sign-in-page.tsx')).SignInPage,
}))
const loadDialog = async () => ({ default: (await import('./session-dialog.tsx')).SessionDialog })
const noProps = {}

/** The page to sign in, fetched where it is needed. */
export function LazySignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  return (
    <Suspense fallback={<Loading />}>
      <SignInPage onSignedIn={onSignedIn} />
    </Suspense>
  )
}

/** The dialog to sign in again, over whatever is open. */
export function LazySessionDialog() {
  const isSignedOut = useSession((state) => state.isSignedOut)
  if (!isSignedOut) return null
  return <FetchedPart name="The sign-in" load={loadDialog} props={noProps} />
}
