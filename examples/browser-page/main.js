import { compile, runFlow } from '@millrace/engine'
import * as mine from './nodes.js'

const response = await fetch('flow.json')
const plan = compile(await response.json(), [mine])

const form = document.querySelector('form')
const list = document.querySelector('ol')
const status = document.querySelector('[role=status]')

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  list.replaceChildren()
  const run = runFlow(plan, { input: { text: new FormData(form).get('text') } })
  for await (const value of run.values()) list.append(itemOf(value))
  status.textContent = 'The run is complete.'
})
form.querySelector('button').disabled = false

function itemOf(text) {
  const item = document.createElement('li')
  item.textContent = text
  return item
}
