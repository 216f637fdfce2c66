import { useEffect, useState } from 'react'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { TextDevice } from '../../../shared/model/text-console'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { useHost } from '../../stores/hosts'
import { useVm } from '../../stores/vms'
import { EmptyState } from '../../ui/EmptyState'
import { TerminalIcon } from '../../ui/icons/hardware'
import { VmTextConsole } from './VmTextConsole'

interface Props {
  readonly target: VmRef
  /** Of one of its devices. */
  readonly device: string
  /** What it is called, for the title of the window. */
  readonly onLabel: (label: string) => void
}

/** A text console that has a window for itself. */
export function OwnTextConsole({ target, device, onLabel }: Props) {
  const record = useVm(vmKey(target))
  const isConnected = useHost(target.host)?.status.kind === 'connected'
  // asked anew when the VM starts: a device that is new has its alias from then on
  const key = `${vmKey(target)} ${isConnected} ${record?.state}`
  const devices = useAnswer(`text devices ${key}`, () => api.textConsole.devices(target), {
    isWanted: isConnected,
  })
  const monitor = useAnswer(`monitor offer ${key}`, () => api.qemuMonitor.offer(target), {
    isWanted: isConnected,
  })
  const now = devices.value?.find(({ id }) => id === device)
  // while they are asked anew, and while the host is away, it is the one from before
  const [last, setLast] = useState<TextDevice>()
  if (now !== undefined && now !== last) setLast(now)
  const label = last?.label
  useEffect(() => {
    if (label !== undefined) onLabel(label)
  }, [label, onLabel])
  if (last) {
    return (
      <VmTextConsole
        target={target}
        record={record}
        device={last}
        hasMonitor={monitor.value?.kind === 'available'}
        where="window"
      />
    )
  }
  if (devices.value === undefined && devices.error === undefined && isConnected) return null
  return (
    <EmptyState icon={TerminalIcon} title="This console is not there">
      {isConnected
        ? 'The device was removed from the VM, or the VM is gone.'
        : 'The host is not connected. The console opens when it is.'}
    </EmptyState>
  )
}
