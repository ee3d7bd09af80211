import { Mark } from '../app/mark.tsx'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in.module.css'

/** What stands in the place of every page until the operator is signed in. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  return (
    <main className={styles.page}>
      <title>Sign in · Millrace</title>
      <div className={styles.card}>
        <h1>
          <Mark />
          Sign in to Millrace
        </h1>
        <SignInForm onSignedIn={onSignedIn} />
      </div>
    </main>
  )
}
