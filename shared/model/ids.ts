import { z } from 'zod'

/** Branded strings, so that a host id cannot be passed where a VM id is wanted. */
export const hostId = z.string().min(1).max(128).brand<'HostId'>()
export type HostId = z.infer<typeof hostId>

/** A VM's UUID in canonical lower-case form; unique on its host, not across hosts. */
export const vmId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .brand<'VmId'>()
export type VmId = z.infer<typeof vmId>

export const taskId = z.string().min(1).max(64).brand<'TaskId'>()
export type TaskId = z.infer<typeof taskId>

export const promptId = z.string().min(1).max(64).brand<'PromptId'>()
export type PromptId = z.infer<typeof promptId>

export const consoleId = z.string().min(1).max(64).brand<'ConsoleId'>()
export type ConsoleId = z.infer<typeof consoleId>

export const vmRef = z.object({ host: hostId, vm: vmId })
export type VmRef = z.infer<typeof vmRef>

/** One string naming a VM across all hosts: key of records and routes. */
export function vmKey(ref: VmRef): string {
  return `${ref.host}/${ref.vm}`
}
