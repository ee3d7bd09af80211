import { defineNode, property } from '@millrace/flow'

/** Starts a flow with what a user of a chat thinks of an answer. */
export const feedbackTrigger = defineNode({
  type: 'chat.feedbackTrigger',
  version: 1,
  kind: 'trigger',
  title: 'Chat feedback trigger',
  system: 'Chat',
  category: 'trigger',
  icon: 'thumbs-up',
  description:
    'Starts the flow when a user rates an answer of a chat, in the chat page or over /api/runs/{runId}/feedback. The flow that answered names this one as its Feedback flow, in its settings.',
  tags: ['feedback', 'rating', 'vote', 'thumbs', 'start', 'chat'],
  exec: { in: false, out: { next: { label: 'Next' } } },
  properties: {
    testData: property.json({
      label: 'Test data',
      help: 'What a run in the designer starts with: a JSON object with sessionId, question, completionText, feedback and comment. Clients never see it.',
      placeholder:
        '{ "sessionId": "test", "question": "Hello?", "completionText": "Hi!", "feedback": "up" }',
    }),
    outputVariable: property.variableName({
      label: 'Output variable name',
      help: 'The variable that holds the feedback: the vote (up, down, or none when one is taken back), the comment, and the question and answer that it is about.',
      required: true,
      default: 'chatCompletionFeedbackRequest',
    }),
  },
  outputs: { feedback: { nameFrom: 'outputVariable', type: 'chatFeedback' } },
})
