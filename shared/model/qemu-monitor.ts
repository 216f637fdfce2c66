import { z } from 'zod'
import type { ErrorData } from '../errors'
import { vmRef } from './ids'

/** Whether the emulator of a VM can be talked to right now. */
export type MonitorOffer =
  | { readonly kind: 'available' }
  | { readonly kind: 'none'; readonly why: 'shut-off' | 'no-monitor'; readonly error: ErrorData }

/** HMP: words for people. QMP: JSON for programs. https://www.qemu.org/docs/master/system/monitor.html */
export const monitorLanguages = ['hmp', 'qmp'] as const
export type MonitorLanguage = (typeof monitorLanguages)[number]

export const monitorCommandInput = vmRef.extend({
  language: z.enum(monitorLanguages),
  command: z.string().trim().min(1).max(65_536),
})
export type MonitorCommandInput = z.infer<typeof monitorCommandInput>

export interface MonitorReply {
  readonly text: string
  /** QMP says so itself; HMP only in words. */
  readonly isError: boolean
}

/**
 * What is sent for a line of QMP: JSON as it is, or the bare name of a command that needs nothing else. The reason for what
 * is neither.
 */
export function qmpCommand(line: string): { readonly json: string } | { readonly problem: string } {
  const text = line.trim()
  if (/^[A-Za-z][\w-]*$/.test(text)) return { json: JSON.stringify({ execute: text }) }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { problem: `This is no JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
  const isCommand = typeof value === 'object' && value !== null && ('execute' in value || 'exec-oob' in value)
  if (!isCommand) return { problem: 'A command is an object with “execute”: {"execute": "query-status"}' }
  return { json: JSON.stringify(value) }
}

/** A reply of QMP, laid out to be read. */
export function qmpReply(reply: string): MonitorReply {
  let value: unknown
  try {
    value = JSON.parse(reply)
  } catch {
    return { text: reply, isError: false }
  }
  if (typeof value !== 'object' || value === null) return { text: reply, isError: false }
  // libvirt numbers its requests; that says nothing to anybody else
  const { id: _, ...rest } = value as Record<string, unknown>
  const isError = 'error' in rest
  return {
    text: JSON.stringify('return' in rest ? rest['return'] : (rest['error'] ?? rest), null, 2),
    isError,
  }
}
