export { Spinner } from '@millrace/chat-view/spinner'
