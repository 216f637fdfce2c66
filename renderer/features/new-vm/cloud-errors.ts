/** What is wrong with what was typed for cloud-init, told while it is typed. */
import {
  isAddressWithPrefix,
  isIpAddress,
  packageName,
  sshPublicKey,
} from '../../../shared/model/new-vm/cloud'
import { keyLines, wordsOf } from '../../../shared/model/new-vm/cloud-wish'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { problemText } from './steps'

interface Schema {
  safeParse(value: unknown): { readonly error?: { readonly issues: readonly { readonly message: string }[] } }
}

/** Undefined as long as nothing is typed: that something is missing is told later. */
export function typedError(schema: Schema, text: string): string | undefined {
  const value = text.trim()
  return value === '' ? undefined : schema.safeParse(value).error?.issues[0]?.message
}

export function packagesError(text: string): string | undefined {
  const wrong = wordsOf(text).find((word) => typedError(packageName, word) !== undefined)
  return wrong === undefined ? undefined : `"${wrong}" is no name of a package`
}

export function keysError(text: string): string | undefined {
  const lines = keyLines(text)
  const at = lines.findIndex((line) => typedError(sshPublicKey, line) !== undefined)
  if (at < 0) return undefined
  const message = typedError(sshPublicKey, lines[at] ?? '')
  return lines.length === 1 ? message : `Key ${at + 1}: ${message}`
}

export function addressError(text: string, form: 'plain' | 'with-prefix' | 'several'): string | undefined {
  const value = text.trim()
  if (value === '') return undefined
  if (form === 'with-prefix')
    return isAddressWithPrefix(value) ? undefined : 'Enter an address with its length, such as 192.0.2.10/24'
  const wrong = (form === 'several' ? wordsOf(value) : [value]).find((word) => !isIpAddress(word))
  return wrong === undefined ? undefined : `"${wrong}" is no address such as 192.0.2.1`
}

/** What is wrong at this place, or with one of those below it. */
export function errorBelow(problems: readonly PlanProblem[], field: string): string | undefined {
  const found = problems.find(
    (one) => one.level === 'error' && (one.field === field || one.field?.startsWith(`${field}.`)),
  )
  return found && problemText(found)
}
