import { LogIn } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import { toApiError, type ApiError } from '../api/api-error.ts'
import { signIn } from '../api/session-api.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { TextField } from '../ui/text-field.tsx'
import styles from './sign-in.module.css'

/** Asks for the operator's password. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<ApiError>()
  const [isBusy, setIsBusy] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setIsBusy(true)
    try {
      await signIn(password)
      onSignedIn()
    } catch (thrown) {
      setFailure(toApiError(thrown))
      setIsBusy(false)
    }
  }

  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <Field
        label="Operator’s password"
        help="It was set as MILLRACE_OPERATOR_PASSWORD when the server was started."
        error={failure?.message}
      >
        <TextField
          type="password"
          name="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onChange={(typed) => {
            setPassword(typed)
            setFailure(undefined)
          }}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        icon={<LogIn size={16} aria-hidden />}
        isBusy={isBusy}
        disabled={password === ''}
      >
        Sign in
      </Button>
      {/* For managers of passwords, which keep one for a name. */}
      <input type="text" name="username" autoComplete="username" value="operator" readOnly hidden />
    </form>
  )
}
