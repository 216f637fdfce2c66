import { replaceDetached } from '../stores/detached'
import { api } from './client'

/** Keeps the list of consoles in windows of their own; both messages carry all of them, so the later one is right. */
export async function followDetached(): Promise<void> {
  let isChanged = false
  api.console.onDetachedChanged(({ vms }) => {
    isChanged = true
    replaceDetached(vms)
  })
  const vms = await api.console.detached()
  if (!isChanged) replaceDetached(vms)
}
