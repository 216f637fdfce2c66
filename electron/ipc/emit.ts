import { channelName, type Contract, type Emitters } from '../../shared/ipc/define'

/** Main's side of events, derived from the contract: `emit.vms.changed(payload)` reaches every window. */
export function emitters<C extends Contract>(
  contract: C,
  send: (channel: string, payload: unknown) => void,
): Emitters<C> {
  const groups: Record<string, Record<string, (payload: unknown) => void>> = {}
  for (const [group, entries] of Object.entries(contract)) {
    const events: Record<string, (payload: unknown) => void> = {}
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.kind === 'event') events[name] = (payload) => send(channelName(group, name), payload)
    }
    groups[group] = events
  }
  return groups as Emitters<C>
}
