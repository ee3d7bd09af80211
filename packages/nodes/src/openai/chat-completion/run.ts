import { implement, next } from '@millrace/engine'
import { runChat } from '../chat/run-chat.server.ts'
import { chatCompletion } from './definition.ts'

/** Asks the model, and gives its answer when all of it is there. */
export const runChatCompletion = implement(chatCompletion, (context) =>
  runChat(context, {
    delivery: 'whole',
    async read(call) {
      const response = await call.open()
      await call.readWhole(response)
      return next
    },
  }),
)
