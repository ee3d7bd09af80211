import type { IncomingMessage } from 'node:http'
import { errorForVisitor, errorOfShape, type FlowError } from '@millrace/flow'
import { credentialOf } from '../access/credential.ts'
import { visitorTokenPrefix } from './visitor-tokens.ts'

/** Where somebody becomes a visitor. */
export const arrivalPath = '/api/flows/:id/visitors'

/** A request, and its route where one was found. */
type RoutedRequest = IncomingMessage & { readonly route?: { readonly path: string } | undefined }

/** The error as who made a request is told it. */
export function toldTo(request: RoutedRequest, error: FlowError): FlowError {
  return isOfVisitor(request) ? errorOfShape(errorForVisitor(error.toShape())) : error
}

/** A token tells, good or not: so it is known of requests that are refused before all else, too. */
function isOfVisitor(request: RoutedRequest): boolean {
  return (
    credentialOf(request)?.startsWith(visitorTokenPrefix) === true ||
    request.route?.path === arrivalPath
  )
}
