import { useState } from 'react'
import { navigate } from '../app/router.ts'
import { useDocument } from '../document/document-store.ts'
import { attempt } from '../flows/flow-actions.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { letGo, saveDeletedAgain } from './answers.ts'

/** Asks what becomes of a flow that is open here and no longer on the server. */
export function DeletedElsewhere() {
  const flow = useDocument((state) => state.flow)
  const [isBusy, setIsBusy] = useState(false)

  async function saveAgain(): Promise<void> {
    setIsBusy(true)
    await attempt(saveDeletedAgain)
    setIsBusy(false)
  }

  function discard(): void {
    letGo(flow)
    navigate('/')
  }

  return (
    <Dialog
      isOpen
      isDismissible={false}
      onClose={() => undefined}
      title={`“${flow.name}” was deleted elsewhere`}
      description="The flow is no longer on the server. This window still has all of it."
      footer={
        <>
          <Button onClick={discard}>Let it go</Button>
          <Button variant="primary" isBusy={isBusy} onClick={() => void saveAgain()}>
            Save it again
          </Button>
        </>
      }
    />
  )
}
