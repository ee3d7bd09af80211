import { Dialog } from '../ui/dialog.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Over a page whose session ended: what stands there stays, and goes on once signed in. */
export function SessionDialog() {
  return (
    <Dialog
      isOpen
      isDismissible={false}
      size="small"
      onClose={ignore}
      title="You are signed out"
      description="Your session ended. What you changed is kept in this browser and saved once you sign in again."
    >
      <SignInForm onSignedIn={ignore} />
    </Dialog>
  )
}

/** It goes away with its reason. */
function ignore(): void {}
